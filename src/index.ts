// What models and properties are written with.
export {
  bool,
  index,
  int,
  oneOf,
  record,
  set,
  vector,
  type Domain,
  type Scope,
  type ValueOf,
} from "./schema/domain.ts";
export { add, all, count, del, has, none } from "./schema/set.ts";
export {
  actionOf,
  someOf,
  subsetOf,
  type Action,
  type ActionSpec,
  type ArgsOf,
  type Draft,
  type Ranges,
} from "./model/action.ts";
export { type Constraint } from "./model/constraint.ts";
export { stepsOf, variant, type Model, type Patch } from "./model/model.ts";
export { isLiveness, propertyOf, type Liveness, type Property } from "./model/property.ts";
export { type Fairness } from "./model/fairness.ts";
export {
  shelve,
  type AnyScenario,
  type Choice,
  type Expectation,
  type Instantiated,
  type Named,
  type Option,
  type Scenario,
} from "./catalogue/scenario.ts";
export { type Verdict } from "./check/verdict-word.ts";
export { type Check, type Claim, type ClaimBook, type Column, type Message } from "./catalogue/claim.ts";
export { checkExpected } from "./model/expected-rows.ts";
export { claimBook } from "./catalogue/claim-questions.ts";
export { CheckError, unknownName } from "./errors.ts";
// What checks them.
export { problemOf, type Bounds, type Exploration, type Problem } from "./problem/exploration.ts";
export { exploreFast } from "./fast/explore-fast.ts";
export { exploreReference } from "./reference/explore-reference.ts";
export { reduced } from "./methods/por/reduced.ts";
export { verifyIndependence } from "./doubt/independence/verify.ts";
export { withSymmetry } from "./methods/symmetry/choose-families.ts";
export { replay, type Trace } from "./check/trace.ts";
