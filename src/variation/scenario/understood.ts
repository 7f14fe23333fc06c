import { createHash } from "node:crypto";
import type { Option } from "../../catalogue/instantiated.ts";
import type { AnyScenario } from "../../catalogue/scenario.ts";
import type { AxisValues } from "../../model/axis.ts";
import { checkName } from "../../model/check-names.ts";
import type { Varying } from "./build.ts";
import { changeTexts } from "../describe.ts";
import { doubtFields, doubting } from "./doubts.ts";
import { FaultError, type Faults, type Source } from "../text/faults.ts";
import type { Ground } from "../ground/ground.ts";
import { Ledger } from "../ground/ledger.ts";
import { widened, widenedPredicate } from "../changes/new-state.ts";
import { programFields } from "../changes/programs.ts";
import type { Variation } from "../variation.ts";
import { textOfVariation } from "../format/write-variation.ts";
import { axesOf, baseOf, optionsOf, placeOf, type Base } from "./world.ts";
import { written } from "../text/written.ts";

/** A text as a few characters that no other has. */
export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 12);

/** A variation that says nothing. */
const NOTHING: Variation = {
  name: written(""),
  about: written(""),
  extends: written(""),
  properties: [],
};

/** What a variation changes of models, as one text, whatever it asks of them. */
const changesAlone = ({ state, change, switch: switches, program }: Variation): string =>
  textOfVariation({
    ...NOTHING,
    ...(state && { state }),
    ...(change && { change }),
    ...(switches && { switch: switches }),
    ...(program && { program }),
  });

/** A variation that is understood, without what is asked. */
export interface Understood {
  readonly base: Base;
  readonly axes: AxisValues;
  readonly options: readonly Option[];
  readonly varying: Varying;
  /** Whether the sizes of families are said well, and whether the start point is. */
  readonly isSized: boolean;
  readonly isKnown: boolean;
}

const checkFileName = ({ name }: Variation, scenarios: readonly AnyScenario[]): void => {
  checkName("the file", name.text);
  if (scenarios.some((one) => one.name === name.text))
    throw new FaultError(name.at, `there is a world called ${name.text} already: call the file otherwise`);
};

/** Understands where it is and what there is, as far as it can be; nothing where nothing can. What is wrong is noted. */
export const understood = (
  variation: Variation,
  scenarios: readonly AnyScenario[],
  source: Source,
  faults: Faults,
): Understood | undefined => {
  const { name, extends: extended, state = [], program = [] } = variation;
  faults.try(name.at, () => checkFileName(variation, scenarios));
  const base = faults.try(extended.at, () => baseOf(extended, scenarios));
  if (base === undefined) return undefined;
  const axes = axesOf(variation, base, faults);
  const options = optionsOf(variation, base, faults);
  const { place, ...said } = placeOf(variation, base, faults);
  const attempt = doubting(faults, () => doubtFields(variation, faults));
  const programs = program.flatMap((one) => attempt(one.of.at, () => programFields([one])) ?? []);
  const wide = widened(base.origin.state, [...state, ...programs], place.scope, attempt);
  const { scope } = place;
  const ground: Ground = {
    state: wide.state,
    scope,
    predicates: base.origin.predicates.map((predicate) => widenedPredicate(predicate, wide.wider)),
    by: source.name,
    ledger: new Ledger(),
    made: new WeakMap(),
  };
  const hash = changeTexts(variation).length === 0 ? undefined : hashOf(changesAlone(variation));
  const { origin } = base;
  const varying = { variation, origin, scenarios, options, place, ground, hash, widen: wide.widen };
  return { base, axes, options: [...options.shipped, ...options.switches], varying, ...said };
};
