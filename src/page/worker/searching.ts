import { posed, propertiesNamed } from "../../catalogue/answer.ts";
import { scenarioNamed, type Catalogue } from "../../catalogue/catalogue.ts";
import { choiceOf } from "../../catalogue/choice.ts";
import { withoutEffect } from "../../catalogue/no-effect.ts";
import { outcomeOf, type Outcome } from "../../catalogue/outcome.ts";
import type { AnyScenario } from "../../catalogue/scenario.ts";
import { exploreFast } from "../../explore.ts";
import { calmest } from "../../methods/switches/calm.ts";
import { version } from "../../package-version.ts";
import type { Pulse } from "../../problem/exploration.ts";
import { programName } from "../../program-name.ts";
import { askedAgain } from "../../report/asked-again.ts";
import { reportedWorld } from "../../report/formats/reported.ts";
import { exploreJson } from "../../report/json.ts";
import { detailOf, pageReportOf, type GrowingReport } from "../../report/page/page-report-of.ts";
import { textOfVariation } from "../../variation/format/write-variation.ts";
import { questionOfFlags, THE_FLAGS, unvaried } from "../../variation/from-flags.ts";
import { scenarioFrom } from "../../variation/from-text.ts";
import type { PageQuestion } from "./messages.ts";

/** The scenario that is asked about, and the properties that are, where not all are. */
const askedOf = (
  catalogue: Catalogue,
  { world, own }: PageQuestion,
): { readonly scenario: AnyScenario; readonly named?: readonly string[] } => {
  const scenario = scenarioNamed(catalogue, world);
  if (own === null) return { scenario };
  const flags = { [own.kind]: [own.text.replaceAll(/\s+/g, " ").trim()] };
  const { variation, named } = questionOfFlags(flags, unvaried(scenario), catalogue.scenarios);
  const again = askedAgain(scenario, flags);
  const text = { name: THE_FLAGS, text: textOfVariation(variation), again };
  return { scenario: scenarioFrom(text, catalogue), named };
};

const found = async (catalogue: Catalogue, question: PageQuestion, pulse: Pulse): Promise<Outcome> => {
  const { scenario, named } = askedOf(catalogue, question);
  const choice = choiceOf(scenario, { ...question.axes, set: question.set });
  const properties = propertiesNamed(scenario, named);
  const { depth, states } = question;
  const asked = { depth, switches: null, states, memoryBytes: null, seconds: null };
  const whole = { scenario, choice, properties, asked, noEffect: withoutEffect(scenario, choice) };
  const problem = posed(whole);
  const exploration = await exploreFast(problem, { states, ...(depth === null ? {} : { depth }) }, pulse);
  const decides = exploration.findings.some(({ path }) => path !== undefined);
  const calm = decides ? await calmest(exploreFast, problem, exploration, pulse) : exploration;
  return outcomeOf(whole, problem, calm);
};

/** Explores as `explore` does, in this thread, and makes a page of what it found. @throws CheckError as that does. */
export const searched = async (
  catalogue: Catalogue,
  question: PageQuestion,
  pulse: Pulse,
): Promise<GrowingReport> => {
  const began = performance.now();
  const outcome = await found(catalogue, question, pulse);
  const { exploration } = outcome;
  const seconds = (performance.now() - began) / 1000;
  const bytes = exploration.tableBytes;
  const effort = {
    seconds,
    engine: "fast",
    workers: 1,
    peakMemoryBytes: bytes,
    bytesPerState: Math.round(bytes / Math.max(1, exploration.states)),
  } as const;
  const reported = {
    program: programName(),
    version: version(),
    command: "explore",
    seconds,
    finished: outcome.stop !== "interrupted",
    worlds: [reportedWorld({ ...outcome, states: exploration.states })],
  };
  return pageReportOf(reported, exploreJson(outcome, effort), [detailOf(outcome)]);
};
