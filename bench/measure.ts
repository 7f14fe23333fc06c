import { exploreFast, exploreReference, problemOf, withSymmetry, type Problem } from "#check";
import { benchmarks, knownAnswers } from "../models/textbook/benchmark/index.ts";

/** The ways to explore that can be measured. */
const engines = {
  fast: exploreFast,
  reference: exploreReference,
  /** The fast engine up to symmetry; choosing the families is part of what is measured. */
  symmetry: (problem: Problem<unknown>) => exploreFast(withSymmetry(problem)),
} as const;
export type Engine = keyof typeof engines;

/** One measured exploration. */
export interface Measurement {
  readonly engine: Engine;
  readonly scenario: string;
  readonly states: number;
  readonly transitions: number;
  /** Time of the exploration alone, in seconds: by the clock, and on a processor. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** The most memory the process ever had, in bytes, divided by the number of states. */
  readonly bytesPerState: number;
}

/**
 * Explores a benchmark to its end, all its invariants checked.
 * @throws Error when a number is not exactly the known one, or an invariant is broken: a wrong result has no speed.
 */
export const measure = async (engine: Engine, name: string): Promise<Measurement> => {
  const scenario = benchmarks.find((candidate) => candidate.name === name);
  const known = knownAnswers.find((answer) => answer.scenario === name);
  if (scenario === undefined || known === undefined) throw new Error(`no benchmark "${name}"`);
  const { model, start } = scenario.build({ options: {} });
  const problem = problemOf(model, scenario.scope, scenario.properties, start);
  const usedBefore = process.cpuUsage();
  const began = performance.now();
  const { stop, states, transitions, levels, deadlocks, findings } = await engines[engine](problem);
  const seconds = (performance.now() - began) / 1000;
  const used = process.cpuUsage(usedBefore);
  const found = [stop, states, levels.length - 1, deadlocks];
  const wanted = ["exhausted", engine === "symmetry" ? known.orbits : known.states, known.depth, 0];
  if (engine !== "symmetry") {
    found.push(transitions);
    wanted.push(known.transitions);
  }
  if (found.join() !== wanted.join())
    throw new Error(`${engine} found ${found.join(", ")} in ${name}, not ${wanted.join(", ")}`);
  if (findings.some(({ path }) => path !== undefined)) throw new Error(`${name}: an invariant is broken`);
  return {
    engine,
    scenario: name,
    states,
    transitions,
    seconds,
    cpuSeconds: (used.user + used.system) / 1e6,
    bytesPerState: (process.resourceUsage().maxRSS * 1024) / states,
  };
};
