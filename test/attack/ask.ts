import { expect } from "vitest";
import type { Action } from "../../src/model/action.ts";
import { shelve, type AnyScenario, type Domain, type Property, type Scope } from "#check";
import { catalogue, run, type Ran } from "../fixtures/io.ts";

/** What every action of these models says of itself. */

/** An action of a model that is about nothing but how it is asked. */
export const act = <S>(
  name: string,
  guard: Action<S>["guard"],
  effect: (draft: never, args: never) => unknown,
  args: Action<S>["args"] = {},
): Action<S> => ({
  name,
  args,
  actor: () => name,
  guard,
  effect: effect as Action<S>["effect"],
});

/** A hostile model as the scenario `oracle/hostile`. */
export const hostile = <S>(
  state: Domain<S>,
  scope: Scope,
  start: readonly S[],
  actions: readonly Action<S>[],
  properties: readonly Property<S>[] = [],
): AnyScenario =>
  shelve<S>({
    name: "oracle/hostile",
    about: "-",
    options: [],
    scope,
    start: "zero",
    properties,
    expected: [],
    build: () => ({ model: { name: "hostile", state, init: () => start, actions }, start }),
  });

/** Every way to search a model in this thread. */
export const modes = ["", "--reference", "--paranoid", "--por", "--switches 40"];

/** What a command line makes of a model, which is built anew for it. */
export const ask = (build: () => AnyScenario, line: string): Promise<Ran> =>
  run(line, {}, { ...catalogue, scenarios: [build()] });

/** Expects a refusal: exit code 2 or 70, no verdict, and each of these words. */
export const expectRefusal = (ran: Ran, ...words: readonly (string | RegExp)[]): void => {
  expect(ran.stdout).toBe("");
  expect([2, 70]).toContain(ran.code);
  for (const word of words) expect(ran.stderr).toMatch(word);
};
