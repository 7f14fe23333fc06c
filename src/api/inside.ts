/**
 * `#check`: what the models, properties, worlds and tests of this project are written with. Each name is one of the public
 * entries, so that what ships is written as anybody would write it.
 */
export * from "../index.ts";
export * from "./events.ts";
export { problemOf, type Bounds, type Exploration, type Problem } from "../problem/exploration.ts";
export { exploreFast, exploreReference } from "../explore.ts";
export { reduced } from "../methods/por/reduced.ts";
export { withSymmetry } from "../methods/symmetry/choose-families.ts";
export { verifyIndependence } from "../doubt/independence/verify.ts";
export { replay, type Trace } from "../check/trace.ts";
export { type Verdict } from "../check/verdict-word.ts";
export {
  shelve,
  type AnyScenario,
  type Build,
  type Choice,
  type Expectation,
  type Instantiated,
  type Named,
  type Option,
  type Scenario,
} from "../catalogue/scenario.ts";
export { defaultOf } from "../catalogue/choice.ts";
export { type Axis } from "../model/axis.ts";
export { withLaws } from "../catalogue/law-expectations.ts";
export { scenarioOf, type PlainScenario } from "../catalogue/plain-scenario.ts";
export { partOf, type Origin, type Whole } from "../catalogue/origin.ts";
export { extendScenario, type Extending } from "../variation/extend-scenario.ts";
export { type GuestProgram } from "../variation/changes/programs.ts";
export { checkExpected } from "../model/expected-rows.ts";
export {
  type Check,
  type Claim,
  type ClaimBook,
  type Column,
  type Message,
  type Supporting,
} from "../catalogue/claim.ts";
export { claimBook } from "../catalogue/claim-questions.ts";
export { type Finding, type Fix } from "../catalogue/finding.ts";
export { type Flip } from "../catalogue/flip.ts";
export { type Term } from "../catalogue/catalogue.ts";
export { type Captured } from "../catalogue/captured.ts";
export * from "../catalogue/followed.ts";
export { markLabel } from "../observed/labels.ts";
export { type Observing } from "../observed/observing.ts";
export { type RecordedPaths } from "../catalogue/action-paths.ts";
