import { rareLabel } from "./labels.ts";
import type { Move, Moves } from "./moves.ts";

/**
 * What a context is in the middle of. It has announced a step, or begun to: the effect comes later, or more of the announcement,
 * which is that of any step that begins so. Or it owes what nobody has printed yet, though its effect is there.
 */
type Debt =
  | { readonly kind: "announced"; readonly printed: readonly string[] }
  | { readonly kind: "owed"; readonly labels: readonly string[] };

/** What each context has still to print; those that have nothing to print are not in it. */
export type Debts = ReadonlyMap<string, Debt>;

/** What can happen in a state with debts: what is seen of it, and to which state and debts it leads. */
export interface Happening {
  /** Undefined of an effect, which nobody sees. */
  readonly label: string | undefined;
  readonly rare: string | undefined;
  /** Whether it is a step that breaks what is asked. */
  readonly breaks: boolean;
  readonly state: number;
  readonly debts: Debts;
}

/** What a happening is seen as, or taken for where nobody sees it but it is rare; nothing of what is silent. */
export const seenAs = ({ label, rare }: Happening): string | undefined =>
  label ?? (rare === undefined ? undefined : rareLabel(rare));

const withDebt = (debts: Debts, context: string, debt: Debt | undefined): Debts => {
  const next = new Map(debts);
  if (debt === undefined) next.delete(context);
  else next.set(context, debt);
  return next;
};

const owing = (labels: readonly string[]): Debt | undefined =>
  labels.length === 0 ? undefined : { kind: "owed", labels };

const begins = (announced: readonly string[], printed: readonly string[]): boolean =>
  printed.every((label, i) => label === announced[i]);

/** Debts as a text, alike for equal ones. */
export const debtsText = (debts: Debts): string =>
  [...debts]
    .map(([context, debt]) => `${context} ${JSON.stringify(debt)}`)
    .toSorted()
    .join("\n");

/** What can happen in a state in which contexts have something to print. */
export const happenings = (state: number, { taken, waiting }: Moves, debts: Debts): readonly Happening[] => {
  const prints = (context: string, label: string, debt: Debt | undefined): Happening => ({
    label,
    rare: undefined,
    breaks: false,
    state,
    debts: withDebt(debts, context, debt),
  });
  const takes = ({ context, to, rare, breaks = false, owed }: Move): Happening => ({
    label: undefined,
    rare,
    breaks,
    state: to,
    debts: withDebt(debts, context, owing(owed)),
  });
  const announcing = ({ context, announced }: Pick<Move, "context" | "announced">): readonly Happening[] => {
    const debt = debts.get(context);
    const printed = debt?.kind === "announced" ? debt.printed : [];
    if (debt?.kind === "owed" || announced.length <= printed.length || !begins(announced, printed)) return [];
    const next = announced[printed.length];
    return [prints(context, next, { kind: "announced", printed: [...printed, next] })];
  };
  const isAnnounced = ({ context, announced }: Move): boolean => {
    const debt = debts.get(context);
    if (debt === undefined) return announced.length === 0;
    return (
      debt.kind === "announced" && announced.length === debt.printed.length && begins(announced, debt.printed)
    );
  };
  return [
    ...taken.filter(isAnnounced).map(takes),
    ...[...taken, ...waiting].flatMap(announcing),
    ...[...debts].flatMap(([context, debt]) =>
      debt.kind === "owed" ? [prints(context, debt.labels[0], owing(debt.labels.slice(1)))] : [],
    ),
  ];
};
