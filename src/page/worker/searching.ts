import { posed, propertiesNamed } from "../../catalogue/answer.ts";
import { scenarioNamed, type Catalogue } from "../../catalogue/catalogue.ts";
import { choiceOf } from "../../catalogue/choice.ts";
import { withoutLawsOfBehaviours } from "../../catalogue/laws-of-behaviours.ts";
import { withoutEffect } from "../../catalogue/no-effect.ts";
import { outcomeOf, type Outcome } from "../../catalogue/outcome.ts";
import type { AnyScenario } from "../../catalogue/scenario.ts";
import { exploreFast } from "../../explore.ts";
import { CheckError } from "../../errors.ts";
import { withSymmetry } from "../../methods/symmetry/choose-families.ts";
import { withinSwitches } from "../../methods/switches/switches.ts";
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
import type { QuestionFlags } from "../../variation/flags/question-flags.ts";
import { scenarioFrom, variationFrom } from "../../variation/from-text.ts";
import { placeless } from "../../variation/text/written.ts";
import type { PageQuestion } from "./messages.ts";

const SYMMETRY_OR_SWITCHES =
  "a bound on switches tells actors apart by their names, which symmetry leaves out: leave out one of them";

/** What is asked besides what the world asks of itself, as flags say it. */
const flagsOf = ({ own, changes }: PageQuestion): QuestionFlags => {
  const plain = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
  const changed = Object.entries(changes).map(([flag, texts]) => [flag, texts.map(plain)] as const);
  return Object.fromEntries(own === null ? changed : [...changed, [own.kind, [plain(own.text)]]]);
};

/** The scenario that is asked about, and the properties that are, where not all are. */
const askedOf = (
  catalogue: Catalogue,
  question: PageQuestion,
): { readonly scenario: AnyScenario; readonly named?: readonly string[] } => {
  const { world, file } = question;
  const { axes = [], cites = [] } = catalogue;
  const scenario = file === null ? scenarioNamed(catalogue, world) : scenarioFrom(file, catalogue);
  const flags = flagsOf(question);
  if (Object.keys(flags).length === 0) return { scenario };
  const said = file === null ? unvaried(scenario) : placeless(variationFrom(file, { axes, cites }));
  const { variation, named } = questionOfFlags(flags, said, catalogue.scenarios);
  const again = askedAgain(scenario, flags);
  const text = { name: THE_FLAGS, text: textOfVariation(variation), again };
  return { scenario: scenarioFrom(text, catalogue), ...(named.length === 0 ? {} : { named }) };
};

const outcomeFor = async (catalogue: Catalogue, question: PageQuestion, pulse: Pulse): Promise<Outcome> => {
  const { scenario, named } = askedOf(catalogue, question);
  const choice = choiceOf(scenario, { ...question.axes, set: question.set });
  const properties = propertiesNamed(scenario, named);
  const { depth, states, switches, symmetry } = question;
  if (symmetry && switches !== null) throw new CheckError("usage", SYMMETRY_OR_SWITCHES);
  const asked = { depth, switches, states, memoryBytes: null, seconds: null };
  const checksLiveness = !symmetry && switches === null;
  const whole = {
    scenario,
    choice,
    ...(checksLiveness || named !== undefined ? { properties } : withoutLawsOfBehaviours(properties)),
    asked,
    noEffect: withoutEffect(scenario, choice),
  };
  const problem = symmetry ? withSymmetry(posed(whole)) : posed(whole);
  const explore = switches === null ? exploreFast : withinSwitches(exploreFast, switches);
  const { varied } = scenario;
  varied?.watch(problem.model.actions);
  const found = await explore(problem, { states, ...(depth === null ? {} : { depth }) }, pulse);
  const idle = varied === undefined ? {} : { idleChanges: varied.idle(problem.model.actions) };
  const exploration = { ...found, ...idle };
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
  const outcome = await outcomeFor(catalogue, question, pulse);
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
