/** Mixes a word into what was mixed so far; any change of either changes the upper bits. */
export const mixed = (sofar: number, word: number): number => {
  const product = Math.imul(sofar ^ word, 0x9e3779b1);
  return Math.imul(product ^ (product >>> 15), 0x85ebca6b);
};

/** The hash of the packed state at `at` of `states`: 32 bits with a sign, the upper ones good. */
export const hash = (states: Int32Array, at: number, words: number): number => {
  let all = 0;
  for (let i = 0; i < words; i++) all = mixed(all ^ (all >>> 13), states[at + i]);
  return all;
};
