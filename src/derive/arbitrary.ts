import fc from "fast-check";
import { setSizeOf, sizeOf, type Domain, type Scope } from "../schema/domain.ts";
import { fold } from "../schema/fold.ts";

/** Any state of the domain, reachable or not, for fast-check. */
export const arbitraryOf = <S>(domain: Domain<S>, scope: Scope): fc.Arbitrary<S> =>
  fold<fc.Arbitrary<unknown>>({
    bool: () => fc.boolean(),
    int: ({ min, max }) => fc.integer({ min, max }),
    oneOf: ({ values }) => fc.nat({ max: values.length - 1 }).map((place) => values[place]),
    index: ({ family }) => fc.nat({ max: sizeOf(scope, family) - 1 }),
    set: ({ family }) => fc.nat({ max: 2 ** setSizeOf(scope, family) - 1 }),
    vector: ({ family, item }, go) => {
      const length = sizeOf(scope, family);
      return fc.array(go(item), { minLength: length, maxLength: length });
    },
    record: ({ fields }, go) =>
      fc.record(Object.fromEntries(Object.entries(fields).map(([name, node]) => [name, go(node)])), {
        noNullPrototype: true,
      }),
  })(domain.node) as fc.Arbitrary<S>;
