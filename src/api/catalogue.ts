/**
 * `apicv-check/catalogue`: worlds with what is expected of them, and what is claimed.
 *
 * A scenario is a model, its size and properties, with the verdicts expected; a claim is a sentence that such verdicts decide. The
 * gate checks them all, and `runCommandLine` is the command line of `apicv-check` for them.
 */
export {
  expectationFor,
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
export { type Axis, type AxisValues } from "../model/axis.ts";
export { scenarioOf, type PlainScenario } from "../catalogue/plain-scenario.ts";
export {
  partOf,
  type Begun,
  type Origin,
  type Place,
  type Programs,
  type Whole,
} from "../catalogue/origin.ts";
export { withLaws } from "../catalogue/law-expectations.ts";
export { extendScenario, type Extending } from "../variation/extend-scenario.ts";
export { type GuestProgram } from "../variation/changes/programs.ts";
export { type Varied } from "../catalogue/varied.ts";
export { choiceOf, defaultOf, type Wish } from "../catalogue/choice.ts";
export { checkExpected } from "../model/expected-rows.ts";
export {
  type Check,
  type Claim,
  type ClaimBook,
  type Column,
  type ColumnGroup,
  type Message,
  type Supporting,
} from "../catalogue/claim.ts";
export { claimBook } from "../catalogue/claim-questions.ts";
export { checkClaims, type Answer } from "../catalogue/check-claims.ts";
export { type Finding, type Fix, type Rating } from "../catalogue/finding.ts";
export { type Flip, type FlipKind } from "../catalogue/flip.ts";
export { gate, standing, type CaseResult, type Gated } from "../catalogue/gate.ts";
export { parseHandle, type Handle } from "../catalogue/handle.ts";
export { type Captured, type CapturedThread } from "../catalogue/captured.ts";
export * from "../catalogue/followed.ts";
export { markLabel } from "../observed/labels.ts";
export { type Mark, type Observing } from "../observed/observing.ts";
export { type RecordedPaths, type Touched } from "../catalogue/action-paths.ts";
export { catalogueOf, type Catalogue, type Load, type Term } from "../catalogue/catalogue.ts";
export { runCommandLine } from "../command/run-command-line.ts";
