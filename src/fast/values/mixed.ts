/** Mixes a word into what was mixed so far; any change of either changes the upper bits. */
export const mixed = (sofar: number, word: number): number => {
  const product = Math.imul(sofar ^ word, 0x9e3779b1);
  return Math.imul(product ^ (product >>> 15), 0x85ebca6b);
};
