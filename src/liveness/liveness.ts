import type { Fairness } from "../model/fairness.ts";
import { isLiveness, type Liveness } from "../model/property.ts";
import {
  instancesOf,
  type Bounds,
  type Finding,
  type Instance,
  type Path,
  type Problem,
  type Progress,
  type Stop,
} from "../problem/exploration.ts";
import { satisfies } from "../problem/constrained.ts";
import { Conditions } from "./conditions.ts";
import type { StateGraph, Work } from "../problem/state-graph.ts";
import { lassoOf } from "./lasso.ts";
import { questionOf, type Question } from "./live-question.ts";
import { Doubts } from "./unmet.ts";

/** Bytes for each state while one property is looked at: its region, groups, and the search for components. */
const BYTES_A_STATE = 20;

type Ask = (
  progress: Pick<Progress, "wantsBytes" | "liveness">,
) => Promise<Stop | undefined> | Stop | undefined;

/** What became of the liveness properties of a problem. */
interface Answers {
  /** For each property that was broken, by its place, a behaviour that breaks it. */
  readonly lassos: ReadonlyMap<number, Path>;
  /** The conditions of a property, by its place, that no behaviour meets together. */
  readonly unmet: (place: number) => readonly string[] | undefined;
  /** The places of the properties that were decided. */
  readonly decided: ReadonlySet<number>;
  /** Why not all of them were. */
  readonly stop?: Stop;
}

/** A search for states that has ended, and is now asked about liveness. */
export interface Ended<S> {
  readonly problem: Problem<S>;
  readonly bounds: Bounds;
  /** Why it ended; nothing where every state was seen. Where it ended at a constraint, states beyond it were found too. */
  readonly stop: Stop | undefined;
  /** States found at distance 0, 1, 2, ...; where it met a bound of depth the last were not expanded. */
  readonly levels: readonly number[];
  /** The graph of the expanded levels. */
  readonly graph: (levels: readonly number[], states: number) => StateGraph<S>;
  /** Bytes that the graph of this number of states needs. */
  readonly bytesFor: (states: number) => number;
  readonly ask: Ask;
}

/** What liveness adds to a search. */
export interface Lived {
  readonly stop: Stop;
  /** What is known of a property beyond what the search for states found, by its place. */
  readonly findings: ReadonlyMap<number, Pick<Finding, "path" | "unmet" | "stop">>;
  /** Bytes that were needed beyond those of the search. */
  readonly bytes: number;
}

const done = async <T>(
  work: Work<T>,
  ask: () => ReturnType<Ask>,
): Promise<{ readonly value: T } | { readonly stop: Stop }> => {
  for (;;) {
    const next = work.next();
    if (next.done === true) return { value: next.value };
    const stop = await ask();
    if (stop !== undefined) return { stop };
  }
};

const isLive = <S>(instance: Instance<S>): instance is Instance<S, Liveness<S>> =>
  isLiveness(instance.property);

/** Whether a search that ended so found all that can be reached. */
const isWhole = (stop: Stop | undefined): boolean => stop === undefined || stop === "exhausted";

/** Looks at each liveness property in turn; of several choices of its arguments the shortest run is kept. */
const answersOf = async <S>(
  { problem, bounds, stop, ask }: Ended<S>,
  graph: StateGraph<S>,
): Promise<Answers> => {
  const lassos = new Map<number, Path>();
  const doubts = new Doubts(graph, problem, isWhole(stop));
  const unmet = (place: number): readonly string[] | undefined =>
    lassos.has(place) ? undefined : doubts.unmet(place);
  const decided = new Set<number>();
  let known: { readonly fairness: readonly Fairness<S>[]; readonly conditions: Conditions<S> } | undefined;
  const conditionsOf = (fairness: readonly Fairness<S>[]): Conditions<S> => {
    if (known?.fairness !== fairness)
      known = { fairness, conditions: new Conditions(graph, fairness, problem) };
    return known.conditions;
  };
  /** Behaviours beyond a constraint were not looked at. */
  const { constraints } = problem;
  const inside = constraints && graph.ask((state) => satisfies({ constraints }, state));
  const questioned = (instance: Instance<S, Liveness<S>>): Question => {
    const question = questionOf(graph, instance);
    return inside === undefined
      ? question
      : { ...question, inside: (id) => inside(id) && question.inside(id) };
  };
  const look = function* (instance: Instance<S, Liveness<S>>): Work<Path | undefined> {
    const question = questioned(instance);
    const lasso = yield* lassoOf(graph, question, conditionsOf(instance.property.fairness));
    if (lasso === undefined) yield* doubts.look(instance, question);
    return lasso;
  };
  const instances = instancesOf(problem).filter(isLive);
  for (const [i, instance] of instances.entries()) {
    const { place } = instance;
    const result = await done(look(instance), () => ask({ liveness: true, wantsBytes: 0 }));
    if ("stop" in result) return { lassos, unmet, decided, stop: result.stop };
    const { value: lasso } = result;
    const before = lassos.get(place);
    if (lasso !== undefined && (before === undefined || lasso.steps.length < before.steps.length))
      lassos.set(place, lasso);
    if (instances[i + 1]?.place === place) continue;
    decided.add(place);
    if (bounds.failFast === true && lassos.size > 0 && i + 1 < instances.length)
      return { lassos, unmet, decided, stop: "violation" };
  }
  return { lassos, unmet, decided };
};

/**
 * Looks for a fair behaviour that breaks each liveness property, among the states that a search expanded. Where the
 * search met a limit nothing is looked for, and nothing is known.
 * @throws CheckError when a property or fairness condition throws, or a condition is about no step.
 */
export const livenessOf = async <S>(ended: Ended<S>): Promise<Lived> => {
  const { problem, stop, levels, ask } = ended;
  const whole = stop ?? "exhausted";
  const asked = problem.properties.some(isLiveness);
  if (!asked || (whole !== "exhausted" && whole !== "constraint" && whole !== "depth"))
    return { stop: whole, findings: new Map(), bytes: 0 };
  const expanded = whole === "depth" ? levels.slice(0, -1) : levels;
  const states = expanded.reduce((sum, level) => sum + level, 0);
  const bytes = ended.bytesFor(states) + BYTES_A_STATE * states;
  const refused = await ask({ liveness: true, wantsBytes: bytes });
  const answers: Answers =
    refused === undefined
      ? await answersOf(ended, ended.graph(expanded, states))
      : { lassos: new Map(), unmet: () => undefined, decided: new Set(), stop: refused };
  const findings = new Map(
    problem.properties.map((property, place) => {
      const path = answers.lassos.get(place);
      const unmet = answers.decided.has(place) ? answers.unmet(place) : undefined;
      const settled = answers.stop !== undefined && (!isLiveness(property) || answers.decided.has(place));
      return [
        place,
        {
          ...(path === undefined ? {} : { path }),
          ...(unmet === undefined ? {} : { unmet }),
          ...(settled ? { stop: whole } : {}),
        },
      ] as const;
    }),
  );
  return { stop: answers.stop ?? whole, findings, bytes };
};
