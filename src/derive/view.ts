import { keptError, replacedError } from "../errors.ts";
import { sizeOf, type Domain, type Node, type Scope } from "../schema/domain.ts";
import { fold, leafCases } from "../schema/fold.ts";
import type { PathKey } from "../state-path.ts";
import type { LeafValue } from "./leaf.ts";
import { fixedShape, unsealed } from "./fixed-shape.ts";

/** What a view is wired to: the leaves of a state by number, in the order of the schema. */
export interface Access {
  readonly get: (leaf: number) => LeafValue;
  readonly set: (leaf: number, value: unknown) => void;
  /** Whether it is a draft that is shown, to be written, and not a state. */
  readonly isDraft?: () => boolean;
}

/** A record or vector of a state: the object behind all views of it, and the view of the current round. */
interface Part {
  readonly target: object;
  readonly handler: ProxyHandler<object>;
  view: object | undefined;
}

/** The handler of one view knows which one that is: traps are not told. */
interface OfOneView extends ProxyHandler<object> {
  view?: object;
}

/**
 * Shows a state as an object whose every leaf is read and written through `access`. Vectors are arrays; assigning a record
 * or a vector throws a CheckError, and so does adding or deleting a field.
 *
 * What a guard, recipe or property remembers of an object must not answer for another state, so no two evaluations are
 * shown the same one: `renew` begins another round, in which the state and all its records and vectors are new objects.
 * Those of earlier rounds can be read no more.
 */
export class Views<S> {
  readonly #root: Part;
  readonly #parts: Part[] = [];

  constructor({ node }: Domain<S>, scope: Scope, access: Access) {
    this.#root = this.#rootOf(node, scope, access);
  }

  /** The state as it is shown in this round. */
  get view(): S {
    return shown(this.#root) as S;
  }

  /** Begins another round. */
  renew(): void {
    for (const part of this.#parts) part.view = undefined;
  }

  /** The objects behind the views have accessors for properties, made once: a view is no more than a proxy of one. */
  #rootOf(root: Node, scope: Scope, { get, set, isDraft = () => false }: Access): Part {
    /** A property of `owner`, unless it is the root itself. */
    type Build = (path: readonly PathKey[], owner: Part) => PropertyDescriptor;
    let leaves = 0;
    const leaf = (): Build => (_, owner) => {
      const number = leaves++;
      return {
        get(this: object) {
          if (owner.view !== this) throw keptError();
          return get(number);
        },
        set(this: object, value: unknown) {
          if (owner.view !== this) throw keptError();
          set(number, value);
        },
        enumerable: true,
      };
    };
    const inner = (
      target: object,
      path: readonly PathKey[],
      owner: Part,
      members: readonly (readonly [key: PathKey, member: Build])[],
    ): PropertyDescriptor => {
      const declared = new Set<string | symbol>(members.map(([key]) => String(key)));
      const sealed = unsealed(path);
      const handler: ProxyHandler<object> = {
        ...fixedShape(path, (key) => declared.has(key)),
        // A field has a value, as in a plain object, and not the accessor that is behind it.
        getOwnPropertyDescriptor(this: OfOneView, of, key) {
          const field = Reflect.getOwnPropertyDescriptor(of, key);
          if (field?.get === undefined) return field;
          if (this.view !== part.view) throw keptError();
          return {
            value: field.get.call(this.view),
            writable: isDraft(),
            enumerable: true,
            configurable: true,
          };
        },
        // The fields of a plain state are frozen, which cannot be said of these.
        isExtensible: sealed.isExtensible,
        preventExtensions: (of) => (isDraft() ? sealed.preventExtensions(of) : Reflect.preventExtensions(of)),
        setPrototypeOf: (of, to) =>
          isDraft() ? sealed.setPrototypeOf(of, to) : Reflect.setPrototypeOf(of, to),
      };
      const part: Part = { target, handler, view: undefined };
      this.#parts.push(part);
      for (const [key, member] of members)
        Object.defineProperty(target, key, { ...member([...path, key], part), configurable: true });
      Object.preventExtensions(target);
      return {
        get(this: object) {
          if (owner.view !== this) throw keptError();
          return shown(part);
        },
        set: () => {
          throw replacedError(path);
        },
        enumerable: true,
      };
    };
    const build = fold<Build>({
      ...leafCases(leaf),
      vector: ({ family, item }, go) => {
        const member = go(item);
        const size = sizeOf(scope, family);
        return (path, owner) =>
          inner(
            [],
            path,
            owner,
            Array.from({ length: size }, (_, i) => [i, member]),
          );
      },
      record: ({ fields }, go) => {
        const members = Object.entries(fields).map(([name, child]) => [name, go(child)] as const);
        return (path, owner) => inner({}, path, owner, members);
      },
    });
    build(root)([], { target: {}, handler: {}, view: undefined });
    return this.#parts[0];
  }
}

const shown = (part: Part): object => (part.view ??= viewOf(part));

const viewOf = ({ target, handler }: Part): object => {
  const own = Object.create(handler) as OfOneView;
  return (own.view = new Proxy(target, own));
};
