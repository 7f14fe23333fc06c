/** The largest of some numbers, at least `least`; of any number of them, where `Math.max(...)` takes some ten thousand. */
export const largest = (numbers: readonly number[], least: number): number => {
  let most = least;
  for (const n of numbers) if (n > most) most = n;
  return most;
};
