import type { Domain } from "../schema/domain.ts";
import { fold, leafCases } from "../schema/fold.ts";

type Copy = (value: unknown) => unknown;

const same: Copy = (value) => value;
const leaf = (): Copy => same;

/**
 * Copies values in the shape of a state, each own field read once: what has a getter, or shares objects, is a plain value
 * from then on. What does not fit the schema is copied as it is, to be refused where it is looked at.
 */
export const plainCopies = <S>({ node }: Domain<S>): ((state: S) => S) =>
  fold<Copy>({
    ...leafCases(leaf),
    vector: ({ item }, go) => {
      const member = go(item);
      return (value) => (Array.isArray(value) ? Array.from(value as unknown[], member) : value);
    },
    record: ({ fields }, go) => {
      const members = new Map(Object.entries(fields).map(([name, child]) => [name, go(child)]));
      return (value) =>
        typeof value === "object" && value !== null && !Array.isArray(value)
          ? Object.fromEntries(
              Object.entries(value).map(([name, inner]) => [name, (members.get(name) ?? same)(inner)]),
            )
          : value;
    },
  })(node) as (state: S) => S;
