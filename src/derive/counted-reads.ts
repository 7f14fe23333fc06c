import { Accesses } from "./accesses.ts";

/** Whether a field of a part is one of the state, and not the length of a list. */
const isField = (part: object, key: string | symbol): boolean =>
  Object.hasOwn(part, key) && !(Array.isArray(part) && key === "length");

/**
 * Shows plain frozen states to what only reads them, and counts reads of fields: after `most` of one look what reads is
 * taken not to end. Each call begins a look.
 * @throws CheckError `endless`, from the read that is one too many.
 */
export const countedReads = <S>(most?: number): ((state: S) => S) => {
  const accesses = new Accesses(most);
  /** A part is one object as long as it lives. */
  const shown = new WeakMap<object, object>();
  const handler: ProxyHandler<object> = {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      if (typeof value === "object" && value !== null) return show(value);
      if (isField(target, key)) accesses.count();
      return value;
    },
    set: () => false,
    defineProperty: () => false,
    deleteProperty: () => false,
  };
  // The part itself is frozen, and a proxy of what is frozen must show its very values.
  const show = (part: object): object => {
    const before = shown.get(part);
    if (before !== undefined) return before;
    const one = new Proxy(Array.isArray(part) ? Array.from<unknown>(part) : { ...part }, handler);
    shown.set(part, one);
    return one;
  };
  return (state) => {
    accesses.begin();
    return show(state as object) as S;
  };
};
