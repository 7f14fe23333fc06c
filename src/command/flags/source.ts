import type { Question } from "../../catalogue/outcome.ts";
import { CheckError } from "../../errors.ts";
import { problemOf, type Problem } from "../../problem/exploration.ts";
import type { Touches } from "../../methods/por/read-write-sets.ts";
import type { Source } from "../../fast/threads/workers.ts";
import type { AnyScenario, Choice } from "../../catalogue/scenario.ts";
import type { Marks } from "../../catalogue/varied.ts";
import { withFlip } from "../../catalogue/flips.ts";
import { callProgram } from "../../program-name.ts";
import { moduleBeside } from "../../module-beside.ts";
import { scenarioNamed, type Catalogue, type Load } from "../../catalogue/catalogue.ts";
import { posed } from "../../catalogue/answer.ts";
import type { FileText } from "./file-text.ts";
import { withTexts } from "./scenario-file.ts";
import { reduced, type Reductions } from "./world-question.ts";

/** Where worker threads find this module. */
const beside = moduleBeside(import.meta.url, "source");

/** Where worker threads find a catalogue, and what was added to it. */
export interface SentCatalogue {
  readonly catalogue: string;
  readonly files: readonly FileText[];
  readonly flipped: string | undefined;
}

/** A world as a worker thread is sent it. */
interface SentWorld extends SentCatalogue {
  readonly scenario: string;
  readonly choice: Choice;
  readonly properties: readonly string[];
  /** Where it notes which changes of the model make a difference. */
  readonly marks: Marks | undefined;
}

/** A question as a worker thread is sent it. */
interface Sent extends SentWorld {
  readonly switches: number | null;
  readonly symmetry: Reductions["symmetry"];
  /** What the steps may do, where some are left out: found out once, and so the same for all threads. */
  readonly touches: Touches | undefined;
}

/** @throws CheckError when worker threads cannot find the catalogue. */
export const checkShared = ({ module }: Catalogue): string => {
  if (module === undefined)
    throw new CheckError("usage", "this catalogue is known to one thread only: run with --workers 1");
  return module;
};

/** @throws CheckError when worker threads cannot find the catalogue. */
const sentCatalogue = (catalogue: Catalogue): SentCatalogue => ({
  catalogue: checkShared(catalogue),
  files: catalogue.files ?? [],
  flipped: catalogue.flipped,
});

/** Where worker threads find what a question asks: `problem`. @throws CheckError when they cannot find the catalogue. */
export const sourceOf = async <S>(
  catalogue: Catalogue,
  { scenario, choice, properties, asked }: Question,
  problem: Problem<S>,
  { symmetry }: Reductions,
): Promise<Source> => {
  const given: Sent = {
    ...sentCatalogue(catalogue),
    scenario: scenario.name,
    choice,
    properties: properties.map(({ id }) => id),
    marks: scenario.varied?.marks?.(),
    switches: asked.switches,
    symmetry,
    touches: problem.dependence && (await import("../../methods/por/reduced.ts")).touchesIn(problem),
  };
  return { module: beside, name: "posedAgain", given };
};

/** What worker threads can load before there is a question to a catalogue. */
export const loadingOf = (catalogue: string): Source => ({
  module: beside,
  name: "loaded",
  given: catalogue,
});

/** The catalogue of a module. @public */
export const loaded = async (catalogue: string): Promise<Catalogue> => {
  const { shipped } = (await import(catalogue)) as { readonly shipped: Load };
  callProgram(shipped.program);
  if (shipped.ends !== true) (await import("./watch-evaluations.ts")).watchEvaluations();
  return shipped();
};

/** A catalogue with all that was added to it, loaded once more in a worker thread. */
export const loadedAgain = async ({ catalogue, files, flipped }: SentCatalogue): Promise<Catalogue> => {
  const shipped = await loaded(catalogue);
  return withTexts(flipped === undefined ? shipped : await withFlip(shipped, flipped), files);
};

/** A problem whose search is watched from here on: what was done to pose it is not. */
const noting = <P>(problem: P, { varied }: AnyScenario, { marks }: SentWorld): P => {
  if (marks !== undefined) varied?.noteIn?.(marks);
  return problem;
};

/** What a question asks, posed once more in a worker thread. @public */
export const posedAgain = async (sent: Sent): Promise<Problem<unknown>> => {
  const scenario = scenarioNamed(await loadedAgain(sent), sent.scenario);
  return noting(await posedIn(scenario, sent), scenario, sent);
};

const posedIn = async (scenario: AnyScenario, sent: Sent): Promise<Problem<unknown>> => {
  const properties = scenario.properties.filter(({ id }) => sent.properties.includes(id));
  const { symmetry, touches } = sent;
  const whole = posed({ scenario, choice: sent.choice, properties });
  if (touches !== undefined)
    return (await import("../../methods/por/reduced.ts")).reducedBy(whole, { touches });
  const problem = await reduced(whole, symmetry === undefined ? {} : { symmetry });
  if (sent.switches === null) return problem;
  return (await import("../../methods/switches/switches.ts")).problemWithin(problem, sent.switches);
};

/** Where worker threads find a world that is asked these properties. @throws CheckError when they cannot find the catalogue. */
export const wholeSourceOf = (
  catalogue: Catalogue,
  { scenario, choice, properties }: Pick<Question, "scenario" | "choice"> & Pick<Sent, "properties">,
): Source => {
  const given: SentWorld = {
    ...sentCatalogue(catalogue),
    scenario: scenario.name,
    choice,
    properties,
    marks: scenario.varied?.marks?.(),
  };
  return { module: beside, name: "wholeAgain", given };
};

/** A world and its properties, built once more in a worker thread. @public */
export const wholeAgain = async (sent: SentWorld): Promise<Problem<unknown>> => {
  const scenario = scenarioNamed(await loadedAgain(sent), sent.scenario);
  const { model, start } = scenario.build(sent.choice);
  const properties = scenario.properties.filter(({ id }) => sent.properties.includes(id));
  return noting(problemOf(model, scenario.scope, properties, start), scenario, sent);
};
