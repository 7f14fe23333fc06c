import { describe, expect, test } from "vitest";
import { stepsOf } from "#check";
import { conditionsOf, fairnessOf, fairnessText, type Fairness } from "../../src/model/fairness.ts";
import type { Step } from "../../src/model/model.ts";
import { peterson } from "../../models/textbook/peterson.ts";
import { resourceAllocator } from "../../models/textbook/resource-allocator.ts";

const { weak, strong, recurrent } = fairnessOf<unknown>();
const allocator = stepsOf(resourceAllocator, { client: 3, resource: 2 });
const lock = stepsOf(peterson, { process: 2 });
const names = <S>(fairness: readonly Fairness<S>[], steps: readonly Step<S>[]): readonly string[] =>
  conditionsOf(fairness, { steps, model: {} }).map((condition) =>
    "recurs" in condition ? condition.name : `${condition.name} ${condition.steps.size}`,
  );

describe("one declaration stands for one condition or several", () => {
  test("every step together, or apart by actor, action or step", () => {
    expect(names([weak()], lock)).toEqual(["WF(any step) 12"]);
    expect(names([weak({ each: "actor" })], lock)).toEqual([
      "WF(any step, actor=P0) 6",
      "WF(any step, actor=P1) 6",
    ]);
    expect(names([strong({ each: "step" })], lock)).toHaveLength(12);
    expect(names([strong({ each: "action", actor: "P1" })], lock)).toHaveLength(6);
  });

  test("apart by an argument, whatever the others are", () => {
    expect(names([strong({ action: "Allocate", each: "args.c" })], allocator)).toEqual([
      "SF(Allocate, c=0) 3",
      "SF(Allocate, c=1) 3",
      "SF(Allocate, c=2) 3",
    ]);
  });

  test("several actions as one, and certain arguments only", () => {
    expect(names([weak({ action: ["Request", "Return"], args: { c: 1 } })], allocator)).toEqual([
      "WF(Request or Return with c=1) 6",
    ]);
  });

  test("states that recur are one condition", () => {
    expect(names([recurrent("process 0 is out", () => true), weak()], lock)).toEqual([
      "[]<>(process 0 is out)",
      "WF(any step) 12",
    ]);
  });

  test("in words it is one line", () => {
    expect(fairnessText(recurrent("process 0 is out", () => true))).toBe("[]<>(process 0 is out)");
    expect(
      fairnessText(weak({ each: ["action", "args.c"], only: { says: "returns all", when: () => true } })),
    ).toBe("WF(any step that returns all, for each action and c)");
    expect(fairnessText(strong({ action: "Allocate", actor: ["a", "b"] }))).toBe("SF(Allocate by a or b)");
  });
});

describe("a condition that would silently bind nothing is refused", () => {
  test("an action or actor that the model lacks", () => {
    expect(() => names([weak({ action: "Alocate" })], allocator)).toThrow(
      /unknown action "Alocate" \(did you mean "Allocate"\?\)\n {2}the fairness condition WF\(Alocate\)/,
    );
    expect(() => names([weak({ actor: "P2" })], lock)).toThrow(/unknown actor "P2"/);
  });

  test("not so of an action that the model leaves out: it is never enabled, and every run meets the condition", () => {
    const left = resourceAllocator.actions.filter(({ name }) => name === "Return");
    const model = { leftOut: { actions: left, threads: [] } };
    const steps = allocator.filter(({ action }) => action.name !== "Return");
    const of = (action: string | readonly string[]): readonly string[] =>
      conditionsOf([strong({ action })], { steps, model }).map(({ name }) => name);
    expect(of("Return")).toEqual([]);
    expect(of(["Request", "Return"])).toEqual(["SF(Request or Return)"]);
    expect(() => of("Retrun")).toThrow(/unknown action "Retrun" \(did you mean "Return"\?\)/);
    expect(() => conditionsOf([strong({ action: "Return" })], { steps, model: {} })).toThrow(
      /unknown action/,
    );
  });

  test("no step at all, or an argument that some of its steps lack", () => {
    expect(() => names([weak({ action: "Return", actor: "allocator" })], allocator)).toThrow(
      /is about no step/,
    );
    expect(() => names([weak({ each: "args.c" })], lock)).toThrow(/for each c, but a0 has no such argument/);
  });
});
