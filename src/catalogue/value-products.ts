/** Combinations as a product: for each place the values that may stand there, each with each. */
export type Product = readonly (readonly string[])[];

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value) => b.includes(value));

/** Two products that differ in one place only, as one; undefined where they differ in more. */
const joined = (a: Product, b: Product): Product | undefined => {
  const differing = a.flatMap((values, place) => (same(values, b[place]) ? [] : [place]));
  if (differing.length !== 1) return undefined;
  const [at] = differing;
  return a.map((values, place) => (place === at ? [...new Set([...values, ...b[place]])] : values));
};

/**
 * Combinations, one value for each place, as few products: each combination is in exactly one of them, and nothing else is.
 * Few, not the fewest.
 */
export const productsOf = (combinations: readonly (readonly string[])[]): readonly Product[] => {
  const products: Product[] = [];
  for (const combination of combinations) {
    let next: Product = combination.map((value) => [value]);
    // What is joined may be joined to another.
    for (let place = 0; place < products.length;) {
      const both = joined(products[place], next);
      if (both === undefined) place++;
      else {
        products.splice(place, 1);
        next = both;
        place = 0;
      }
    }
    products.push(next);
  }
  return products;
};
