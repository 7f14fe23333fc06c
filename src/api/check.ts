/**
 * `apicv-check/check`: from a model and properties to verdicts.
 *
 * `problemOf` poses a question, an engine explores it, `answer` judges what it found of a scenario; runs are replayed on
 * the reference semantics. `simulate` takes random walks where a model is too large.
 */
export {
  problemOf,
  type Bounds,
  type Exploration,
  type Explore,
  type Finding,
  type Path,
  type Problem,
  type Progress,
  type Pulse,
  type Stop,
} from "../problem/exploration.ts";
export { limitEvaluations } from "../derive/evaluation-limit.ts";
export { exploreFast, exploreReference } from "../explore.ts";
export { reduced } from "../methods/por/reduced.ts";
export { withSymmetry } from "../methods/symmetry/choose-families.ts";
export { withinSwitches } from "../methods/switches/switches.ts";
export { paranoid } from "../doubt/paranoid.ts";
export { verifyIndependence, type Verified } from "../doubt/independence/verify.ts";
export { replay, type Change, type Trace, type TraceStep } from "../check/trace.ts";
export { confirm, type Confirmed } from "../check/confirm.ts";
export { deadlocksOf, type Deadlock } from "../check/deadlocks.ts";
export { coverageOf, type ActionCoverage, type Coverage } from "../check/coverage.ts";
export { agrees, judge, type Judgement } from "../check/verdict.ts";
export { type Expectable, type Verdict } from "../check/verdict-word.ts";
export { simulate, type Plan, type Sighting, type Simulation } from "../simulate/simulate.ts";
export { answer, type Asking } from "../catalogue/answer.ts";
export { type Evidence, type Outcome, type PropertyResult } from "../catalogue/outcome.ts";
