/**
 * `apicv-check`: what models and properties are written with.
 *
 * Domains say what a state is, actions what may happen, properties what is asked. What cannot be dealt with is refused by a
 * `CheckError` with a `code`. `apicv-check/check` answers questions, `/report` prints answers, `/catalogue` keeps expected
 * ones.
 */
export {
  about,
  bool,
  index,
  int,
  oneOf,
  record,
  set,
  vector,
  words,
  type Domain,
  type Scope,
  type ValueOf,
} from "./schema/domain.ts";
export { signal } from "./schema/signal.ts";
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
export {
  actionNamed,
  amend,
  split,
  type Amendment,
  type KnownArgs,
  type PartOfAction,
  type SplitPlace,
} from "./model/amend.ts";
export { extendOf, type Extended, type Extension } from "./model/extend.ts";
export { type Note, type Noted, type NoteOf, type StepTaken } from "./model/note.ts";
export { type Constraint } from "./model/constraint.ts";
export { type LeftOut, type Thread } from "./model/left-out.ts";
export { stepsOf, variant, type Model, type Patch, type Step } from "./model/model.ts";
export { isLiveness, propertyOf, type Liveness, type Property, type Safety } from "./model/property.ts";
export { predicateOf, type Predicate } from "./expression/names.ts";
export { type Fairness } from "./model/fairness.ts";
export { CheckError, unknownName, type ErrorCode } from "./errors.ts";
