/** Numbers for texts, in the order in which they are met. */
export const numbering = (): { readonly texts: string[]; readonly numberOf: (text: string) => number } => {
  const texts: string[] = [];
  const numbers = new Map<string, number>();
  return {
    texts,
    numberOf: (text) => {
      const known = numbers.get(text) ?? texts.push(text) - 1;
      numbers.set(text, known);
      return known;
    },
  };
};
