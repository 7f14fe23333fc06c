import { expect, test } from "vitest";
import type { Choice, Instantiated } from "#check";
import { modelKey } from "../../src/catalogue/same-model.ts";
import { posting, type State } from "../fixtures/posting.ts";

const chosen = (design: string, notification: string): Choice => ({
  design,
  guest: "vmx",
  options: { notification },
});
const built = posting.build(chosen("mode-first", "ipi"));
const keyOf = (model: Instantiated<State>, name = posting.name): string =>
  modelKey({ name }, model as unknown as Instantiated<unknown>);

test("choices that come to the same actions and starts have one key, whatever their models are called", () => {
  expect(keyOf(posting.build({ ...chosen("mode-first", "ipi"), guest: "td" }))).toBe(keyOf(built));
  const none = posting.build(chosen("mode-first", "none"));
  expect(keyOf(posting.build(chosen("mode-first", "none")))).toBe(keyOf(none));
  expect(keyOf({ ...built, model: { ...built.model, name: "another" } })).toBe(keyOf(built));
});

test("another action, order, start, scenario or refusal is another model", () => {
  const { model, start } = built;
  const [state] = start;
  const others = [
    keyOf(posting.build(chosen("mode-first", "none"))),
    keyOf(posting.build(chosen("sync-first", "ipi"))),
    keyOf({ ...built, model: { ...model, actions: model.actions.slice(1) } }),
    keyOf({ ...built, model: { ...model, actions: model.actions.toReversed() } }),
    keyOf({ ...built, model: { ...model, actions: model.actions.map((action) => ({ ...action })) } }),
    keyOf({ ...built, start: [{ ...state, sender: { ...state.sender, to: 1 } }] }),
    keyOf({ ...built, start: [], unreachable: "it refuses the ioctl" }),
    keyOf({ ...built, start: [], unreachable: "it refuses another" }),
    keyOf(built, "kvm/another"),
  ];
  expect(new Set([keyOf(built), ...others]).size).toBe(others.length + 1);
});
