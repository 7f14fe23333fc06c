const numbers = new WeakMap<object, number>();
let next = 0;

/** A number for each object, the same for as long as it lives: what two models have in common is the same object. */
export const objectNumber = (object: object): number => {
  const number = numbers.get(object) ?? next++;
  numbers.set(object, number);
  return number;
};
