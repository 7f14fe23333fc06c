import { expect } from "vitest";
import type { Choice } from "../../src/export/choice.ts";
import { KEEP, rulesOf, statesSaid } from "../../src/export/rules.ts";
import { tablesOf } from "../../src/export/tables.ts";
import { codecOf } from "../../src/derive/codec.ts";
import { stepText } from "../../src/model/model.ts";
import { isLiveness } from "../../src/model/property.ts";
import type { Exploration, Problem } from "../../src/problem/exploration.ts";

/** What a choice gives where the leaves have these codes. */
export const given = (choice: Choice, code: (leaf: number) => number): number => {
  let here = choice;
  while (typeof here === "object") {
    const at = code(here.leaf);
    here = here.ways.find(({ codes }) => codes.includes(at))!.gives;
  }
  return here;
};

/** What is counted by taking the rules of an exported world and nothing else, from its start states on. */
const countedByRules = (problem: Problem<unknown>, found: Exploration<unknown>) => {
  const tables = tablesOf(problem, found);
  const [rules, said] = [rulesOf(tables), statesSaid(tables)];
  const { encode } = codecOf(problem.model.state, problem.scope);
  const states = new Map<string, Int32Array>();
  const meet = (row: Int32Array): void => void (states.has(row.join()) || states.set(row.join(), row));
  for (const state of problem.start) meet(encode(state));
  const fired = new Map<string, number>();
  const seen = problem.properties.map(() => 0);
  const hit = problem.properties.map(() => false);
  for (const row of states.values()) {
    const judged = said.map(({ place, seen, hit }) => ({
      place,
      seen: given(seen, (leaf) => row[leaf]),
      hit: given(hit, (leaf) => row[leaf]),
    }));
    problem.properties.forEach((_, place) => {
      const of = judged.filter((one) => one.place === place);
      if (of.some((one) => one.seen === 1)) seen[place]++;
      if (of.some((one) => one.hit === 1)) hit[place] = true;
    });
    for (const { name, guard, saved, assignments, said: ofStep } of rules) {
      if (given(guard, (leaf) => row[leaf]) === 0) continue;
      fired.set(name, (fired.get(name) ?? 0) + 1);
      for (const place of new Set(ofStep.map((one) => one.place))) {
        const is = (bit: "seen" | "hit"): boolean =>
          ofStep.some(
            (one) =>
              one.place === place && one[bit] !== undefined && given(one[bit], (leaf) => row[leaf]) === 1,
          );
        if (is("seen")) seen[place]++;
        if (is("hit")) hit[place] = true;
      }
      const after = row.slice();
      // One after the other, as they are written.
      for (const { leaf, to } of assignments) {
        const value = given(to, (read) => (saved.includes(read) ? row[read] : after[read]));
        if (value !== KEEP) after[leaf] = value;
      }
      meet(after);
    }
  }
  return { states: states.size, fired, seen, hit };
};

/** The rules of a world alone come to the states, steps, antecedents and violations that its search found. */
export const agreeByRules = (problem: Problem<unknown>, found: Exploration<unknown>): void => {
  const counted = countedByRules(problem, found);
  expect(counted.states).toBe(found.states);
  expect(problem.steps.map((step) => counted.fired.get(stepText(step)) ?? 0)).toEqual(found.fired);
  const safety = problem.properties
    .map((property, place) => ({ property, place }))
    .filter(({ property }) => !isLiveness(property));
  for (const { place } of safety) {
    expect(counted.seen[place]).toBe(found.findings[place].antecedent);
    expect(counted.hit[place]).toBe(found.findings[place].path !== undefined);
  }
};
