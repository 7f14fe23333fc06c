import type { KvmChoice } from "./choice.ts";
import { alone, type Change, type Guest, type JointOptions, type KvmOption } from "./option.ts";
import { decisions } from "./options/index.ts";
import { opsOf, type GuestName } from "./ops.ts";

/** One change that a choice makes. */
export interface Contribution {
  /** The options that it comes from, each with its value. */
  readonly settings: Readonly<Record<string, string>>;
  readonly change: Change;
}

const made = new Map<JointOptions, Map<string, Contribution>>();

const contribution = (
  decision: JointOptions,
  guest: Guest,
  set: KvmChoice["options"],
): readonly Contribution[] => {
  const { options, change } = decision;
  const named = options.some(
    ({ name, guests }) => set[name] !== undefined && (guests?.includes(guest.name) ?? true),
  );
  if (!named) return [];
  const settings = Object.fromEntries(options.map(({ name, values }) => [name, set[name] ?? values[0]]));
  const before = made.get(decision) ?? new Map<string, Contribution>();
  const key = `${guest.name} ${JSON.stringify(settings)}`;
  const one = before.get(key) ?? { settings, change: change(guest, settings) };
  made.set(decision, before.set(key, one));
  return [one];
};

/** Options that are not among those of the model, each as a decision by itself: made once. */
const aloneOnce = new WeakMap<KvmOption, JointOptions>();
const decisionOf = (own: KvmOption): JointOptions => {
  const decision = aloneOnce.get(own) ?? alone(own);
  aloneOnce.set(own, decision);
  return decision;
};

/**
 * What the options that a choice names change, those of the model and those of a world's own. Each change is made once, so
 * that designs share its actions.
 */
export const contributionsOf = (
  { guest, options }: KvmChoice,
  own: readonly KvmOption[] = [],
): readonly Contribution[] => {
  const whose: Guest = { name: guest as GuestName, ops: opsOf[guest as GuestName] };
  return [...decisions, ...own.map(decisionOf)].flatMap((decision) => contribution(decision, whose, options));
};
