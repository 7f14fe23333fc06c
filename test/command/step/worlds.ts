import { exploreFast, replay } from "#check";
import { oracles } from "../../../models/textbook/index.ts";
import { posed } from "../../../src/catalogue/answer.ts";
import type { Catalogue } from "../../../src/catalogue/catalogue.ts";
import { choiceOf } from "../../../src/catalogue/choice.ts";
import { begun, type Session } from "../../../src/command/step/session.ts";
import type { Search } from "../../../src/command/step/shortest.ts";
import { walkAlong, walkFrom } from "../../../src/command/step/walk.ts";
import type { World } from "../../../src/command/step/walk-text.ts";
import type { Path, Problem } from "../../../src/problem/exploration.ts";
import { catalogue } from "../../fixtures/io.ts";

/** Small worlds: a race, textbook models, one with many start states and a constraint. */
export const all: Catalogue = { ...catalogue, scenarios: [...catalogue.scenarios, ...oracles] };

/** A world and the problem that it poses with all its properties. */
export interface Posed extends World {
  readonly problem: Problem<unknown>;
}

const posedIn = (name: string, design?: string): Posed => {
  const scenario = all.scenarios.find((one) => one.name === name)!;
  const choice = choiceOf(scenario, design === undefined ? {} : { design });
  return { scenario, choice, problem: posed({ scenario, choice, properties: scenario.properties }) };
};

export const worlds: readonly Posed[] = [
  posedIn("kvm/posting"),
  posedIn("kvm/posting", "sync-first"),
  posedIn("oracle/peterson"),
  posedIn("oracle/peterson-rude"),
  posedIn("oracle/inner-fifo"),
];

/** A session at the first start state of a world. */
export const atStart = (world: Posed, start = 0): Session => begun(world, walkFrom(world.problem, start));

/** A session that has walked a path. */
export const along = (world: Posed, path: Path): Session =>
  begun(world, walkAlong(world.problem, path, replay(world.problem, path)));

/** The search that the command has, without a terminal to show it to. */
export const search: Search = (problem, states) => exploreFast(problem, { states, failFast: true });
