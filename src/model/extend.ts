import { CheckError, unknownName } from "../errors.ts";
import type { Domain, ValueOf } from "../schema/domain.ts";
import { withRecord, withValues } from "../schema/with-fields.ts";

/** Fields by their names, each with its domain. */
export type Fields = Readonly<Record<string, Domain<unknown>>>;
/** The values of some fields. */
export type ValuesOf<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> };

/** A state with more fields in one of its records, or in each member of one of its vectors of records. */
export type Extended<S, K extends keyof S, F extends Fields> = Omit<S, K> & {
  readonly [P in K]: S[P] extends readonly (infer U)[] ? readonly (U & ValuesOf<F>)[] : S[P] & ValuesOf<F>;
};

/** A wider state, and what makes one of a state that has not got the new fields. */
export interface Extension<S, W> {
  readonly state: Domain<W>;
  readonly widen: (state: S) => W;
}

/** What fields may be added to, of a type of states. */
export type Extendable<S> = { [K in keyof S]: S[K] extends object ? K : never }[keyof S] & string;

/**
 * Declares more fields for states `S`: `const extend = extendOf(State)`, then `extend("vcpu", { held: bool }, { held: false })`.
 * The new fields have the values `first` wherever a search starts.
 * @throws CheckError when there is no such place, or it has a field of that name.
 */
export const extendOf =
  <S>(state: Domain<S>) =>
  <K extends Extendable<S>, F extends Fields>(
    where: K,
    fields: F,
    first: ValuesOf<F>,
  ): Extension<S, Extended<S, K, F>> => {
    const top = state.node.kind === "record" ? state.node.fields : {};
    const owner = Object.hasOwn(top, where) && top[where].kind === "vector" ? [where, "[]"] : [where];
    const nowhere = () => new CheckError("model", `${where} has no fields: nothing can be added there`);
    const refuse = {
      noFields: nowhere,
      noMembers: nowhere,
      noField: (key: string, known: readonly string[]) =>
        unknownName("field", key, known, "fields are to be added there"),
    };
    const node = withRecord(state.node, owner, { creates: false, refuse }, (record) => {
      const twice = Object.keys(fields).find((name) => Object.hasOwn(record.fields, name));
      if (twice !== undefined)
        throw new CheckError("model", `${where} has a field ${twice} already: call the new one otherwise`);
      const more = Object.entries(fields).map(([name, domain]) => [name, domain.node] as const);
      return { ...record, fields: { ...record.fields, ...Object.fromEntries(more) } };
    });
    return { state: { node }, widen: (one) => withValues(one, owner, first) as Extended<S, K, F> };
  };
