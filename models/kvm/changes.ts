import { defaultOf } from "#check";
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

/** Whether an option that follows the kernel is otherwise there than in the newest, which the actions are as without it. */
const isOlder = (option: KvmOption, choice: KvmChoice): boolean =>
  defaultOf(option, choice) !== option.values[0];

const contribution = (decision: JointOptions, guest: Guest, choice: KvmChoice): readonly Contribution[] => {
  const set = choice.options;
  const { options, change } = decision;
  const decides = options.some(
    (one) =>
      (one.guests?.includes(guest.name) ?? true) && (set[one.name] !== undefined || isOlder(one, choice)),
  );
  if (!decides) return [];
  const settings = Object.fromEntries(
    options.map((one) => [one.name, set[one.name] ?? defaultOf(one, choice)]),
  );
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
 * What the options that a choice names change, those of the model and those of a world's own, and those that it does not
 * name in a kernel where they are otherwise than in the newest. Each change is made once, so that designs share its actions.
 */
export const contributionsOf = (
  choice: KvmChoice,
  own: readonly KvmOption[] = [],
): readonly Contribution[] => {
  const name = choice.guest as GuestName;
  const whose: Guest = { name, ops: opsOf[name] };
  return [...decisions, ...own.map(decisionOf)].flatMap((decision) => contribution(decision, whose, choice));
};
