/** How many of some results were kept from searches before; no line where none was. */
export const cachedLines = (results: readonly { readonly cached?: unknown }[]): readonly string[] => {
  const kept = results.filter(({ cached }) => cached !== undefined).length;
  if (kept === 0) return [];
  const of = kept === results.length ? "all of them" : `${kept} of them`;
  return [`Cached: ${of}, from searches before; --no-cache searches again.`];
};
