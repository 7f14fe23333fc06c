import { describe, expect, test } from "vitest";
import { actionOf, int, record, stepsOf, variant, type Action, type Model, type Ranges } from "#check";
import { choices } from "../../src/model/action.ts";
import { runText, stepText } from "../../src/model/model.ts";

interface State {
  readonly n: number;
}
interface About {
  readonly args?: Ranges;
  readonly source?: string;
}
const sourceOf = ({ note }: Action<State>): string | undefined => note?.cites["source"];
const named = (name: string, { args = {}, source = "base" }: About = {}): Action<State> =>
  actionOf<State>()(name, {
    actor: "CPU0",
    guard: () => true,
    effect: () => undefined,
    args,
    note: { cites: { source }, facts: [["source", source]] },
  });
const base: Model<State> = {
  name: "base",
  state: record({ n: int(0, 1) }),
  init: () => [{ n: 0 }],
  actions: [named("POST"), named("KICK"), named("ENTRY")],
};
const names = ({ actions }: Model<State>): readonly string[] => actions.map(({ name }) => name);

describe("variant", () => {
  test("replaces in place, drops, and adds at the end", () => {
    const changed = variant(base, "changed", {
      replace: [named("ENTRY", { source: "m4" })],
      drop: ["KICK"],
      add: [named("EXIT")],
    });
    expect(changed.name).toBe("changed");
    expect(names(changed)).toEqual(["POST", "ENTRY", "EXIT"]);
    expect(changed.actions.map(sourceOf)).toEqual(["base", "m4", "base"]);
  });

  test("leaves the base as it was", () => {
    variant(base, "changed", { drop: ["POST"], add: [named("EXIT")] });
    expect(names(base)).toEqual(["POST", "KICK", "ENTRY"]);
  });

  test("changes nothing when asked for nothing", () => {
    expect(variant(base, "same", {})).toEqual({ ...base, name: "same" });
  });

  test.each([
    ["replace", { replace: [named("ENTYR")] }],
    ["drop", { drop: ["ENTYR"] }],
  ])("refuses to %s an action that is not there, and names the nearest", (_, patch) => {
    expect(() => variant(base, "changed", patch)).toThrow(
      'unknown action "ENTYR" (did you mean "ENTRY"?)\n  "changed" changes it, but "base" has no such action',
    );
  });

  test("refuses to add an action that is there already, or one twice", () => {
    expect(() => variant(base, "changed", { add: [named("KICK")] })).toThrow(
      '"changed" adds the action KICK, which "base" already has',
    );
    expect(() => variant(base, "changed", { add: [named("EXIT"), named("EXIT")] })).toThrow(
      '"changed" adds the action EXIT twice',
    );
  });
});

describe("steps", () => {
  test("every choice of arguments, the last argument fastest", () => {
    expect(choices({ v: "vcpu", how: ["one", "all"] }, { vcpu: 2 })).toEqual([
      { v: 0, how: "one" },
      { v: 0, how: "all" },
      { v: 1, how: "one" },
      { v: 1, how: "all" },
    ]);
    expect(choices({}, {})).toEqual([{}]);
    expect(choices({ none: [] }, {})).toEqual([]);
  });

  test("are numbered in the order of the actions, each with its actor", () => {
    const model = {
      ...base,
      actions: [named("POST", { args: { v: "vcpu" } }), named("KICK")],
    };
    const steps = stepsOf(model, { vcpu: 2 });
    expect(steps.map((step) => [step.id, stepText(step), step.actor])).toEqual([
      [0, "POST(v=0)", "CPU0"],
      [1, "POST(v=1)", "CPU0"],
      [2, "KICK", "CPU0"],
    ]);
    expect(runText(steps, { steps: [2, 1] })).toBe("KICK, POST(v=1)");
    expect(runText(steps, { steps: [] })).toBe("no step");
  });
});
