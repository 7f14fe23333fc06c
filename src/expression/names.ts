import type { Ranges } from "../model/action.ts";
import type { Domain, Scope, ValueOf } from "../schema/domain.ts";

/** What a client adds to the language: a function of the state that expressions may call by name. */
export interface Predicate<S = never> {
  readonly name: string;
  readonly params: Readonly<Record<string, Domain<string | number>>>;
  /** What is true where it is, in one sentence. */
  readonly about: string;
  readonly of: (state: S, args: Readonly<Record<string, string | number>>) => boolean;
}

/** Declares predicates over states `S`: `predicateOf<State>()("irqPending", { params: { v: index("vcpu") }, about, of })`. */
export const predicateOf =
  <S>() =>
  <const P extends Readonly<Record<string, Domain<string | number>>>>(
    name: string,
    spec: {
      readonly params: P;
      readonly about: string;
      readonly of: (state: S, args: { readonly [K in keyof P]: ValueOf<P[K]> }) => boolean;
    },
  ): Predicate<S> =>
    ({ name, ...spec }) as unknown as Predicate<S>;

/** What the names in an expression may mean. */
export interface Names {
  readonly state: Domain<unknown>;
  readonly scope: Scope;
  /** Arguments of the action or property that the expression is of; they come before fields of the same name. */
  readonly args?: Ranges;
  readonly predicates?: readonly Predicate[];
  /** It is of a step, with the actions there are: `before.`, `after.` and `action` are known, a bare field is refused. */
  readonly step?: { readonly actions: readonly string[] };
  /** It is written by a step that has an effect already: `after.` is the state after it, a bare field as it was before. */
  readonly after?: boolean;
}
