import type { Supporting } from "#check";
import type { ColumnName } from "./columns.ts";

type Decisive = Exclude<Supporting, object>;
/** Which verdict supports a claim, under all columns or under those named; of the others it says nothing. */
export type Support = Decisive | { readonly [C in ColumnName]?: Decisive };

/**
 * For each claim what supports it, by the property that is asked, or by that and the settings of a check, `property name=value`,
 * where these change what is asked of the claim.
 */
export type Supports = Readonly<Record<string, Readonly<Record<string, Support>>>>;

type Of<C extends ColumnName> = { readonly [K in C]: Decisive };

/** The same verdict under some columns; of the others a claim says nothing. */
export const under = <const C extends ColumnName>(verdict: Decisive, ...columns: readonly C[]): Of<C> =>
  Object.fromEntries(columns.map((column) => [column, verdict])) as Of<C>;

/** Under the designs of a TD: the claim is about a TD. */
export const forTd = (verdict: Decisive) =>
  under(verdict, "v1-inhibit", "active", "active-split", "upstream");

/** Under the designs in which APICv is active. */
export const whereActive = (verdict: Decisive) => under(verdict, "active", "active-split", "upstream");

/** Under no column: the check shows what happens where the claim does not speak of it. */
export const nowhere = {} as const;
