import { choicesOf, severalIn } from "../../catalogue/combinations.ts";
import { sortedUnless, type Case } from "../../catalogue/cases.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import type { Choice, AnyScenario } from "../../catalogue/scenario.ts";
import type { Wish } from "../../catalogue/choice.ts";
import type { Searching } from "../../catalogue/gate.ts";
import { searchModels, type Combination, type Matrix, type ModelResult } from "../../catalogue/matrix.ts";
import type { Asked } from "../../catalogue/outcome.ts";
import { withoutEffect } from "../../catalogue/no-effect.ts";
import { CheckError } from "../../errors.ts";
import type { Property } from "../../model/property.ts";
import { moduleBeside } from "../../module-beside.ts";
import type { Pulse, Stop } from "../../problem/exploration.ts";
import type { SentCatalogue } from "../flags/source.ts";
import { gravestExit, type Strictness } from "../terminal/exit.ts";
import { EXIT, type Io } from "../terminal/io.ts";
import { taken } from "./model-sharing.ts";
import { sharedOut } from "./model-threads.ts";
import { meterOf } from "./progress.ts";
import { watch } from "./watch.ts";

/** Combinations to search, and how. */
export interface MatrixQuestion {
  readonly scenario: AnyScenario;
  readonly wish: Wish;
  readonly properties: readonly Property<unknown>[];
  /** Laws that are left out, where any are. */
  readonly notAsked?: readonly Property<unknown>[];
  readonly asked: Asked;
  /** Threads that search, each whole models; as many as there are processors where left out. */
  readonly workers?: number | undefined;
  readonly quiet: boolean;
}

/** What another thread is told of it. */
export interface MatrixGiven extends SentCatalogue {
  readonly scenario: string;
  readonly properties: readonly string[];
  readonly asked: Asked;
  /** The choices by the model that they come to. */
  readonly models: readonly (readonly Choice[])[];
}

/** How a thread searches a model. */
export const searchingFor = async (
  asked: Asked,
  properties: readonly Property<unknown>[],
  pulse: Pulse,
): Promise<Searching> => {
  const { exploreFast } = await import("../../explore.ts");
  const explore =
    asked.switches === null
      ? exploreFast
      : (await import("../../methods/switches/switches.ts")).withinSwitches(exploreFast, asked.switches);
  return { explore, asked, pulse, properties };
};

const NOTHING_YET = { depth: 0, states: 0, transitions: 0, frontier: 0, wantsBytes: 0 };

/** Whether a search says that it stopped for a reason that ends all others too. */
const endsAll = (why: Stop | undefined): boolean =>
  why === "time" || why === "interrupted" || why === "memory";

/**
 * Searches every model that the combinations of a wish come to, once, shared among threads: the same answers for any number
 * of them.
 * @throws CheckError when no combination goes together.
 */
export const searchMatrix = async (
  { module, files = [], flipped }: Catalogue,
  { scenario, wish, properties, notAsked = [], asked, workers, quiet }: MatrixQuestion,
  io: Io,
): Promise<Matrix> => {
  const choices = choicesOf(scenario, wish);
  let head = (): string => "";
  const limits = { memoryBytes: asked.memoryBytes ?? undefined, seconds: asked.seconds ?? undefined };
  const watching = watch(
    io,
    limits,
    meterOf(io, quiet, () => head()),
  );
  let early: Stop | undefined;
  const pulse: Pulse = async (progress) => {
    const why = await watching.pulse(progress);
    if (endsAll(why)) early = why;
    return why;
  };
  const several = severalIn(scenario, wish);
  const fixed = (name: string): boolean => !several.includes(name);
  try {
    const cases: readonly Case[] = choices.map((choice) => ({ scenario, choice }));
    const sorted = await sortedUnless(cases, async (done) => {
      head = () => `combination ${done} of ${choices.length}  `;
      return !endsAll(await pulse(NOTHING_YET));
    });
    const base = { scenario, asked, properties, notAsked, several };
    if (sorted === undefined)
      return { ...base, combinations: [], models: 0, refused: [], left: choices, stop: early };
    const { groups } = sorted;
    const refused = sorted.refused.map(({ one, because }) => ({ choice: one.choice, because }));
    if (groups.length === 0)
      throw new CheckError(
        "usage",
        `no combination goes together: ${refused[0]?.because ?? "none is asked"}`,
      );
    const models = groups.map((group) => group.cases);
    const count = Math.max(1, Math.min(workers ?? io.processors, io.processors, models.length));
    const given: MatrixGiven = {
      catalogue: module ?? "",
      files,
      flipped,
      scenario: scenario.name,
      properties: properties.map(({ id }) => id),
      asked,
      models: models.map((some) => some.map(({ choice }) => choice)),
    };
    const { mine, others, stop } = await sharedOut<MatrixGiven, ModelResult, readonly ModelResult[]>(
      {
        worker: moduleBeside(import.meta.url, "matrix-worker"),
        given,
        models: models.length,
        count: module === undefined ? 1 : count,
        pulse,
      },
      async (taking) =>
        searchModels(models, await searchingFor(asked, properties, taking.pulse), taking.takes),
      (cells) => {
        head = () => `model ${taken(cells)} of ${models.length}  `;
      },
    );
    const found = new Map(
      [...mine, ...others].flatMap(({ model, results }) =>
        results.map((result) => [JSON.stringify(result.choice), { model, result }] as const),
      ),
    );
    const combinations = choices.flatMap((choice): readonly Combination[] => {
      const one = found.get(JSON.stringify(choice));
      if (one === undefined) return [];
      return [{ ...one.result, model: one.model, noEffect: withoutEffect(scenario, choice, fixed) }];
    });
    const gone = new Set(refused.map(({ choice }) => choice));
    const left = choices.filter((choice) => !gone.has(choice) && !found.has(JSON.stringify(choice)));
    return { ...base, combinations, models: groups.length, refused, left, stop };
  } finally {
    watching.end();
  }
};

/** The gravest exit code of all combinations; those that were refused are none, those not looked at are open. */
export const matrixExit = ({ combinations, left, stop }: Matrix, strictness: Strictness): number => {
  if (stop === "interrupted") return EXIT.interrupted;
  const judged = combinations.map(({ verdicts, ...rest }) => ({ ...rest, properties: verdicts }));
  const code = gravestExit(judged, strictness);
  return code === EXIT.asExpected && left.length > 0 ? EXIT.limit : code;
};
