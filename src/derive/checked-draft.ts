import { domainError, replacedError } from "../errors.ts";
import { Accesses } from "./accesses.ts";
import { sizeOf, type Domain, type LeafNode, type Scope } from "../schema/domain.ts";
import type { PathKey } from "../state-path.ts";
import { fold, leafCases } from "../schema/fold.ts";
import { fixedShape, unsealed } from "./fixed-shape.ts";
import { leafCode } from "./leaf.ts";
import { perScope } from "./per-scope.ts";

/** Opens a record or vector of a draft. */
type Open = (draft: object) => object;
/** How a field is opened, and the value that it has when one is assigned to it. */
interface Field {
  readonly open?: Open;
  readonly assigned: (value: unknown) => unknown;
}

/** How drafts are opened, by the most reads and writes that an effect may make: it goes with the schema, and is made once. */
const made = perScope<Domain<unknown>, Map<number | undefined, (draft: unknown) => unknown>>(() => new Map());

/**
 * Opens drafts for writing as the schema has it. What is assigned must lie in its domain at once, even if it is to be
 * written over within the same effect, and has its one form there: `-0` is 0. After `most` reads and writes of fields an
 * effect is taken not to end.
 */
export const checkedDrafts = <S>(domain: Domain<S>, scope: Scope, most?: number): ((draft: S) => S) => {
  const known = made(domain, scope);
  const open = known.get(most) ?? (opening(domain, scope, most) as (draft: unknown) => unknown);
  known.set(most, open);
  return open as (draft: S) => S;
};

const opening = <S>({ node }: Domain<S>, scope: Scope, most?: number): ((draft: S) => S) => {
  const accesses = new Accesses(most);
  type Build = (path: readonly PathKey[]) => Field;
  const leaf = (node: LeafNode): Build => {
    const { encode, decode, name } = leafCode(node, scope);
    return (path) => ({
      assigned: (value) => {
        const code = encode(value);
        if (code < 0) throw domainError(path, value, name);
        return decode(code);
      },
    });
  };
  const inner = (path: readonly PathKey[], fields: ReadonlyMap<string | symbol, Field>): Field => {
    const handler: ProxyHandler<object> = {
      ...fixedShape(
        path,
        (key) => fields.has(key),
        (target, key, value) => {
          accesses.count();
          return Reflect.set(target, key, fields.get(key)!.assigned(value));
        },
      ),
      ...unsealed(path),
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key);
        if (typeof value === "object" && value !== null) return fields.get(key)?.open?.(value) ?? value;
        if (fields.has(key)) accesses.count();
        return value;
      },
    };
    /** A part of a draft is one object as long as the draft lives. */
    const opened = new WeakMap<object, object>();
    return {
      open: (draft) => {
        const as = opened.get(draft) ?? new Proxy(draft, handler);
        opened.set(draft, as);
        return as;
      },
      assigned: () => {
        throw replacedError(path);
      },
    };
  };
  const build = fold<Build>({
    ...leafCases(leaf),
    vector: ({ family, item }, go) => {
      const member = go(item);
      const size = sizeOf(scope, family);
      return (path) =>
        inner(path, new Map(Array.from({ length: size }, (_, i) => [String(i), member([...path, i])])));
    },
    record: ({ fields }, go) => {
      const members = Object.entries(fields).map(([name, child]) => [name, go(child)] as const);
      return (path) => inner(path, new Map(members.map(([name, member]) => [name, member([...path, name])])));
    },
  });
  const open = build(node)([]).open as unknown as (draft: S) => S;
  return (draft) => {
    accesses.begin();
    return open(draft);
  };
};
