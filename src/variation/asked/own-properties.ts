import { propertyOf, type Property } from "../../model/property.ts";
import type { Fairness } from "../../model/fairness.ts";
import { partOfText } from "../text/call.ts";
import { conditionIn, stepConditionIn } from "../ground/expressions.ts";
import { FaultError, Faults, unknown } from "../text/faults.ts";
import type { Ground } from "../ground/ground.ts";
import { rangesOf } from "../ground/ranges.ts";
import type { AskedOwn } from "../variation.ts";
import type { Written } from "../text/written.ts";

const { invariant, step, sometimes, leadsTo, weak, strong } = propertyOf<unknown>();

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** What has, or has not, what a property asks of it. */
const SUBJECTS = {
  never: "no state",
  always: "every state",
  reach: "some state",
  step: "every step",
} as const;

/** What a property says where its author gives no words: the expression itself. */
const saidBy = ({ kind, says, holds, when }: AskedOwn): string => {
  if (says !== undefined) return says.text;
  if (kind === "leadsTo") return `${when?.text} leads to ${holds.text}`;
  return `${SUBJECTS[kind]} has ${holds.text}${when === undefined ? "" : `, of those that have ${when.text}`}`;
};

const fairnessIn = (said: Written, { actions, actors }: Known): Fairness<unknown> => {
  const parts = /^(\s*(weak|strong)\s+)(\S+)\s*$/.exec(said.text);
  if (parts === null)
    throw new FaultError(
      said.at,
      `"${said.text}" is no fairness: write weak NAME or strong NAME, of an actor or action`,
    );
  const [, before, strength, name] = parts;
  const steps = actions.includes(name) ? { action: name } : { actor: name };
  if (!actions.includes(name) && !actors.includes(name))
    throw unknown("actor or action", partOfText(said, name, before.length), [...actors, ...actions]);
  return strength === "weak" ? weak(steps) : strong(steps);
};

/** The names of the actions and actors that there are. */
export interface Known {
  readonly actions: readonly string[];
  readonly actors: readonly string[];
}

/** A property of a variation's own, for the actions and actors that there are. @throws CheckError with all that cannot be understood. */
export const ownProperty = (asked: AskedOwn, known: Known, ground: Ground): Property<unknown> => {
  const { kind, id, holds: said, when: saidWhen, fair } = asked;
  const args = rangesOf(asked.args, ground.scope);
  const actions = known.actions.map((name) => ({ name }));
  const faults = new Faults();
  faults.try(id.at, () => {
    if (!ID.test(id.text))
      throw new FaultError(id.at, `a property is called by lower-case words and hyphens: not "${id.text}"`);
  });
  /** What is made of the two conditions, each read, and of what else may be wrong; all of it is read first. */
  const both = <T>(read: (one: Written) => T, make: (holds: T, when: T | undefined) => Property<unknown>) => {
    const holds = faults.try(said.at, () => read(said));
    const when = saidWhen && faults.try(saidWhen.at, () => read(saidWhen));
    faults.pass();
    return make(holds!, when);
  };
  const common = { id: id.text, statement: saidBy(asked), args };
  const condition = (one: Written) => conditionIn(one, args, ground);
  switch (kind) {
    case "step":
      return both(
        (one) => stepConditionIn(one, args, actions, ground),
        (holds, when) => step({ ...common, holds, ...(when && { antecedent: when }) }),
      );
    case "reach":
      return both(condition, (holds) => sometimes({ ...common, holds }));
    case "leadsTo": {
      const fairness = fair.flatMap((one) => faults.try(one.at, () => fairnessIn(one, known)) ?? []);
      return both(condition, (to, from) =>
        leadsTo({ ...common, from: from!, to, fairness: [weak({ each: "actor" }), ...fairness] }),
      );
    }
    case "never":
    case "always":
      return both(condition, (holds, when) =>
        invariant({
          ...common,
          holds: kind === "always" ? holds : (state, given) => !holds(state, given),
          ...(when && { antecedent: when }),
        }),
      );
  }
};
