import { produce } from "immer";
import { expect, test } from "vitest";
import { scenarios } from "../../scenarios/index.ts";
import { guests, kvmModel } from "../../models/kvm/model.ts";
import type { GuestName } from "../../models/kvm/ops.ts";
import { worldWith, type KvmScenario, type World } from "../../scenarios/world.ts";
import type { State } from "../../models/kvm/state.ts";
import { choices } from "../../src/model/action.ts";
import { casesOf } from "../../src/catalogue/cases.ts";
import { share } from "../fixtures/runs.ts";
import type { Action, AnyScenario } from "#check";
import type { KvmChoice } from "../../models/kvm/choice.ts";

const specOf = (scenario: AnyScenario): World | undefined =>
  (scenario as unknown as Partial<KvmScenario>).spec;

/** All actions that a world's models are made of, before any world leaves some out or keeps no answers. */
const actionsOf = (spec: World, choice: KvmChoice): readonly Action<State>[] => {
  const { ops } = guests[choice.guest as GuestName];
  return [...kvmModel(choice).actions, ...(spec.adds?.(ops) ?? [])];
};

/** By night every case of every world, else every fifth of a world, from its first on. */
const cases = scenarios.flatMap((scenario) => {
  const spec = specOf(scenario);
  if (spec === undefined) return [];
  return casesOf(scenario)
    .filter((_, i) => i % Math.round(1 / share) === 0)
    .map(({ choice }) => ({ spec, choice: choice as KvmChoice }));
});

test("A12: an action patched as `{ ...was, effect }` is the one that runs, in every world under all options", () => {
  let patched = 0;
  let ran = "";
  for (const { spec, choice } of cases) {
    const replace = actionsOf(spec, choice).map((was): Action<State> => ({
      ...was,
      effect: (d, args) => {
        ran = was.name;
        was.effect(d, args);
      },
    }));
    const known = new Map(replace.map((one) => [one.name, one]));
    const { model, start, unreachable } = worldWith(spec, { replace }).build(choice);
    if (unreachable !== undefined) continue;
    /** A world may undo after a step what nothing in it follows: the patch is run before that. */
    const isRun = ({ name, args, effect }: Action<State>): boolean => {
      ran = "";
      produce(start[0], (d) => {
        effect(d, choices(args, spec.scope)[0]);
      });
      return ran === name;
    };
    // What is said of a step is in the words of its guest; what it does is the patch.
    const undone = model.actions
      .filter((one) => known.get(one.name)?.effect !== one.effect && !isRun(one))
      .map(({ name }) => name);
    expect([spec.name, choice, undone]).toEqual([spec.name, choice, []]);
    patched += model.actions.length;
  }
  expect(patched).toBeGreaterThan(5000 * share);
});

test("A12: an action that is added takes part", () => {
  for (const { spec, choice } of cases.filter(({ spec }, i) => cases[i - 1]?.spec !== spec)) {
    const names = ({ model }: ReturnType<KvmScenario["build"]>): readonly string[] =>
      model.actions.map(({ name }) => name);
    const all = names(worldWith(spec, {}).build(choice));
    const [was] = actionsOf(spec, choice);
    const add = [{ ...was, name: "one_more" }];
    expect(names(worldWith(spec, { add }).build(choice))).toEqual([...all, "one_more"]);
  }
});
