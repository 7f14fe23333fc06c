import { replacedError } from "../errors.ts";
import type { Domain, LeafNode, Scope } from "../schema/domain.ts";
import { sizeOf } from "../schema/domain.ts";
import { fold } from "../schema/fold.ts";
import type { PathKey } from "../schema/path.ts";
import type { LeafValue } from "./leaf.ts";

/** What a view is wired to: the leaves of a state by number, in the order of the schema. */
export interface Access {
  readonly get: (leaf: number) => LeafValue;
  readonly set: (leaf: number, value: unknown) => void;
}

/**
 * An object in the shape of a state whose every leaf is read and written through `access`. Vectors are real arrays;
 * assigning a record or a vector throws a CheckError, and adding or deleting a field a TypeError.
 */
export const viewOf = <S>(domain: Domain<S>, scope: Scope, access: Access): S => {
  type Build = (path: readonly PathKey[]) => PropertyDescriptor;
  let leaves = 0;
  const leaf: (node: LeafNode) => Build = () => () => {
    const number = leaves++;
    return {
      get: () => access.get(number),
      set: (value) => access.set(number, value),
      enumerable: true,
    };
  };
  const inner = (target: object, path: readonly PathKey[]): PropertyDescriptor => {
    Object.freeze(target);
    return {
      get: () => target,
      set: () => {
        throw replacedError(path);
      },
      enumerable: true,
    };
  };
  const build = fold<Build>({
    bool: leaf,
    int: leaf,
    oneOf: leaf,
    index: leaf,
    set: leaf,
    vector: ({ family, item }, go) => {
      const member = go(item);
      return (path) => {
        const target: unknown[] = [];
        for (let i = 0; i < sizeOf(scope, family); i++)
          Object.defineProperty(target, i, member([...path, i]));
        return inner(target, path);
      };
    },
    record: ({ fields }, go) => {
      const members = Object.entries(fields).map(([name, child]) => [name, go(child)] as const);
      return (path) => {
        const target = {};
        for (const [name, member] of members) Object.defineProperty(target, name, member([...path, name]));
        return inner(target, path);
      };
    },
  });
  return build(domain.node)([]).get!() as S;
};
