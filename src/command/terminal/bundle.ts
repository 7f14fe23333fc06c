/**
 * What a build writes last into the folder of its code (a URL that ends in a slash), so that whoever finds it finds all of
 * the code: what `list` and `explain` print, where each text is and the texts one after the other.
 */
export const recordIn = (folder: string): { readonly places: URL; readonly texts: URL } => ({
  places: new URL("recorded.json", folder),
  texts: new URL("recorded.txt", folder),
});
