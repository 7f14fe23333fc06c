import { codecOf } from "../../derive/codec.ts";
import { leavesOf } from "../../derive/component.ts";
import { familiesOf, renamedRow, swapsOf } from "../../derive/renaming.ts";
import { CheckError, pathText, unknownName } from "../../errors.ts";
import { sizeOf } from "../../schema/domain.ts";
import { watched } from "../../problem/constrained.ts";
import { refuseLiveness, type Problem } from "../../problem/exploration.ts";
import { takerOf } from "../../problem/plain-step.ts";
import { asymmetriesOf } from "./symmetry-checks.ts";
import { sampleOf, type Sample } from "./sampled-states.ts";
import { asymmetryText, symmetryOf, type Asymmetry, type Known } from "./symmetry-of.ts";
import type { Unused } from "../../problem/symmetry.ts";

/** Whatever is learned is compared under every naming of the members; of more than these it would take too long. */
const mostNamings = 5_040;
const limitText = "the limit of --symmetry: whatever is learned is compared under each of them";

/** What a sample shows about a family: what tells its members apart, or how it is symmetric. */
interface Judged {
  readonly family: string;
  readonly because?: string;
  readonly joint: readonly number[];
  readonly startClosed: boolean;
}

const namings = (size: number): number => {
  let product = 1;
  for (let factor = 2; factor <= size; factor++) product *= factor;
  return product;
};

/** Looks at the start states under the names of two members changed, for all pairs. */
const startOf = <S>(
  { model, scope, start }: Problem<S>,
  sample: Sample<S>,
  family: string,
): Pick<Judged, "because" | "startClosed"> => {
  const { encode } = codecOf(model.state, scope);
  const rows = start.map(encode);
  const started = new Set(rows.map((row) => row.join()));
  let startClosed = true;
  for (const renaming of swapsOf(model.state, scope, family))
    for (const row of rows) {
      const renamed = renamedRow(renaming, row);
      if (started.has(renamed.join())) continue;
      startClosed = false;
      const { names } = renaming;
      if (sample.reaches(renamed)) continue;
      const apart = leavesOf(model.state.node, scope).find((_, leaf) => renamed[leaf] !== row[leaf]);
      const what = `the start, in ${pathText(apart?.path ?? [])},`;
      return { because: asymmetryText({ names, what }), startClosed };
    }
  return { startClosed };
};

/** Looks at the steps and the properties of the sampled states under the names of two members changed. */
const stepsOf = <S>(
  problem: Problem<S>,
  { states }: Sample<S>,
  family: string,
): Pick<Judged, "because" | "joint"> => {
  const take = takerOf(problem);
  const joint = new Set<number>();
  const swaps = swapsOf(problem.model.state, problem.scope, family).map(({ names }) => names);
  const asymmetries = () => {
    const symmetry = symmetryOf(problem, [family], { joint }, swaps);
    return asymmetriesOf({ ...problem, symmetry }, symmetry);
  };
  let { ofStep, ofState, ofTransition } = asymmetries();
  /** Instances of a property that are not symmetric one by one are from then on taken together. */
  const found = (look: () => Asymmetry | undefined): Asymmetry | undefined => {
    let asymmetry = look();
    while (asymmetry?.place !== undefined && !joint.has(asymmetry.place)) {
      joint.add(asymmetry.place);
      ({ ofStep, ofState, ofTransition } = asymmetries());
      asymmetry = look();
    }
    return asymmetry;
  };
  const at = (before: S): Asymmetry | undefined => {
    let asymmetry = found(() => ofState(before));
    for (const step of problem.steps) {
      if (asymmetry !== undefined) break;
      const after = take(step, before)?.after;
      asymmetry = ofStep(step, before, after);
      if (after !== undefined) asymmetry ??= found(() => ofTransition(step, before, after));
    }
    return asymmetry;
  };
  for (const state of states) {
    try {
      const asymmetry = at(state);
      if (asymmetry !== undefined) return { because: asymmetryText(asymmetry), joint: [] };
    } catch {
      // It fails under its own names: that is for the search to report.
    }
  }
  return { joint: [...joint] };
};

const judgedOf = <S>(problem: Problem<S>, sample: Sample<S>, family: string): Judged => {
  const size = sizeOf(problem.scope, family);
  if (namings(size) > mostNamings)
    return {
      family,
      because: `${size} members have ${namings(size)} namings, more than ${mostNamings}, ${limitText}`,
      joint: [],
      startClosed: true,
    };
  const started = startOf(problem, sample, family);
  if (started.because !== undefined) return { family, joint: [], ...started };
  return { family, ...started, ...stepsOf(problem, sample, family) };
};

const wantedOf = <S>(
  { model, scope }: Problem<S>,
  wanted: readonly string[] | undefined,
): readonly string[] => {
  const all = familiesOf(model.state);
  for (const family of wanted ?? []) {
    if (!all.includes(family))
      throw unknownName("family", family, all, `the families of ${model.name} are: ${all.join(", ")}`);
    if (sizeOf(scope, family) === 1)
      throw new CheckError(
        "usage",
        `--symmetry=${family}: there is one ${family} in this scope, and nothing to exchange it with`,
      );
  }
  return wanted ?? all.filter((family) => sizeOf(scope, family) > 1);
};

/**
 * The problem, with the families whose members only differ in name: those wanted, or all that a sample of its states does
 * not tell apart. The search compares again wherever it comes.
 * @throws CheckError when there is no such family, or one that was asked for is not symmetric, and says why; and for liveness.
 */
export const withSymmetry = <S>(problem: Problem<S>, wanted?: readonly string[]): Problem<S> => {
  const { model, scope, properties } = problem;
  refuseLiveness(properties, "a search with --symmetry");
  const families = wantedOf(problem, wanted);
  const sample = sampleOf(problem);
  const all = watched(problem);
  const judged: Judged[] = [];
  let product = 1;
  for (const family of families) {
    const found = judgedOf(all, sample, family);
    const more = product * namings(sizeOf(scope, family));
    if (found.because === undefined && more > mostNamings)
      judged.push({
        ...found,
        because: `with ${judged
          .filter(({ because }) => because === undefined)
          .map((other) => other.family)
          .join(
            ", ",
          )} there are ${product} x ${namings(sizeOf(scope, family))} = ${more} namings, more than ${mostNamings}, ${limitText}`,
      });
    else judged.push(found);
    if (judged.at(-1)!.because === undefined) product = more;
  }
  const unused: Unused[] = judged.flatMap(({ family, because }) =>
    because === undefined ? [] : [{ family, because }],
  );
  const used = judged.filter(({ because }) => because === undefined);
  if (used.length === 0 || (wanted !== undefined && unused.length > 0)) throw refusal(model.name, unused);
  const others = familiesOf(model.state).filter(
    (family) => sizeOf(scope, family) > 1 && !families.includes(family),
  );
  const known: Known = {
    joint: used.flatMap(({ joint }) => joint),
    unused: [...unused, ...others.map((family) => ({ family, because: "not asked for" }))],
    startClosed: used.every(({ startClosed }) => startClosed),
  };
  return {
    ...problem,
    symmetry: symmetryOf(
      problem,
      used.map(({ family }) => family),
      known,
    ),
  };
};

const refusal = (model: string, unused: readonly Unused[]): CheckError =>
  new CheckError(
    "model",
    unused.length === 0
      ? `${model} has no family with two members in this scope: explore without --symmetry`
      : [
          `${model} has nothing interchangeable:`,
          ...unused.map(({ family, because }) => `${family}: ${because}`),
          "explore without --symmetry",
        ].join("\n  "),
  );
