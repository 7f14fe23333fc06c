import { propertyOf, type Property } from "../../model/property.ts";
import type { Fairness } from "../../model/fairness.ts";
import { partOfText } from "../text/call.ts";
import { conditionIn, stepConditionIn } from "../ground/expressions.ts";
import { FaultError, unknown } from "../text/faults.ts";
import type { Ground } from "../ground/ground.ts";
import { rangesOf } from "../ground/ranges.ts";
import type { AskedOwn } from "../variation.ts";
import type { Written } from "../text/written.ts";

const { invariant, step, sometimes, leadsTo, weak, strong } = propertyOf<unknown>();

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** What a property says where its author gives no words: the expression itself. */
const saidBy = ({ kind, says, holds, when }: AskedOwn): string => {
  if (says !== undefined) return says.text;
  const beside = when === undefined ? "" : `${when.text}, `;
  if (kind === "leadsTo") return `${when?.text} leads to ${holds.text}`;
  return `${kind === "step" ? "each step" : kind}: ${beside}${holds.text}`;
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

/** A property of a variation's own, for the actions and actors that there are. @throws FaultError where it cannot be understood. */
export const ownProperty = (asked: AskedOwn, known: Known, ground: Ground): Property<unknown> => {
  const { kind, id, holds, when, fair } = asked;
  if (!ID.test(id.text))
    throw new FaultError(id.at, `a property is called by lower-case words and hyphens: not "${id.text}"`);
  const args = rangesOf(asked.args, ground.scope);
  const actions = known.actions.map((name) => ({ name }));
  const common = { id: id.text, statement: saidBy(asked), args };
  if (kind === "step") {
    const before = when && stepConditionIn(when, args, actions, ground);
    return step({
      ...common,
      holds: stepConditionIn(holds, args, actions, ground),
      ...(before && { antecedent: before }),
    });
  }
  const condition = conditionIn(holds, args, ground);
  if (kind === "reach") return sometimes({ ...common, holds: condition });
  const before = when && conditionIn(when, args, ground);
  if (kind === "leadsTo")
    return leadsTo({
      ...common,
      from: before!,
      to: condition,
      fairness: [weak({ each: "actor" }), ...fair.map((said) => fairnessIn(said, known))],
    });
  return invariant({
    ...common,
    holds: kind === "always" ? condition : (state, given) => !condition(state, given),
    ...(before && { antecedent: before }),
  });
};
