import type { Question } from "../check/outcome.ts";
import { CheckError } from "../errors.ts";
import type { Problem } from "../explore/exploration.ts";
import type { Source } from "../explore/fast/parcel.ts";
import type { Choice } from "../model/scenario.ts";
import { moduleBeside } from "../module-beside.ts";
import { scenarioNamed, type Catalogue, type Load } from "./catalogue.ts";
import { posed, reduced, type Reductions } from "./question.ts";

/** Where worker threads find this module. */
const beside = moduleBeside(import.meta.url, "source");

/** A question as a worker thread is sent it. */
interface Sent {
  readonly catalogue: string;
  readonly scenario: string;
  readonly choice: Choice;
  readonly properties: readonly string[];
  readonly switches: number | null;
  readonly reductions: Reductions;
}

/** Where worker threads find what a question asks. @throws CheckError when they cannot find the catalogue. */
export const sourceOf = (
  { module }: Catalogue,
  { scenario, choice, properties, asked }: Question,
  { symmetry, por }: Reductions,
): Source => {
  if (module === undefined)
    throw new CheckError("usage", "this catalogue is known to one thread only: run with --workers 1");
  const given: Sent = {
    catalogue: module,
    scenario: scenario.name,
    choice,
    properties: properties.map(({ id }) => id),
    switches: asked.switches,
    reductions: {
      ...(symmetry === undefined ? {} : { symmetry }),
      ...(por === undefined ? {} : { por }),
    },
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
export const loaded = async (catalogue: string): Promise<Catalogue> =>
  ((await import(catalogue)) as { readonly shipped: Load }).shipped();

/** What a question asks, posed once more in a worker thread. @public */
export const posedAgain = async (sent: Sent): Promise<Problem<unknown>> => {
  const scenario = scenarioNamed(await loaded(sent.catalogue), sent.scenario);
  const properties = scenario.properties.filter(({ id }) => sent.properties.includes(id));
  const problem = await reduced(posed({ scenario, choice: sent.choice, properties }), sent.reductions);
  if (sent.switches === null) return problem;
  return (await import("../explore/switches.ts")).problemWithin(problem, sent.switches);
};
