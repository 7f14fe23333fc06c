import { codecOf } from "../../derive/codec.ts";
import { compareRows, renamedRow } from "../../derive/renaming.ts";
import { stepText, type Step } from "../../model/model.ts";
import { propertyText } from "../../model/judge.ts";
import type { Observer } from "../../problem/engine.ts";
import type { Problem } from "../../problem/exploration.ts";
import { lookAt, lookBetween, takerOf } from "../../problem/plain-step.ts";
import { groupsOf, renamedGroups, type Group } from "./property-groups.ts";
import { asymmetryError, type Asymmetry } from "./symmetry-of.ts";
import type { Renamed, Symmetry } from "../../problem/symmetry.ts";

/** What is looked for at the states that a search comes to: something that is not the same under new names. */
export interface Asymmetries<S> {
  /** Of a step: that it is enabled, and what it does. */
  readonly ofStep: (step: Step<S>, before: S, after: S | undefined) => Asymmetry | undefined;
  /** Of the properties of states: what they say. */
  readonly ofState: (state: S) => Asymmetry | undefined;
  /** Of the properties of steps: what they say. */
  readonly ofTransition: (step: Step<S>, before: S, after: S) => Asymmetry | undefined;
}

const whatOf = <S>({ property, args }: Group<S>): string =>
  `the property ${args.length === 1 ? propertyText(property, args[0]) : property.id}`;

/** What fails under other names, and does not under its own, is not the same. */
const unlessItFails = <T>(attempt: () => T): T | undefined => {
  try {
    return attempt();
  } catch {
    return undefined;
  }
};

/**
 * Looks for asymmetries on plain states, at every state and under every renaming. Steps are compared one by one; a
 * property whose instances are not symmetric one by one may still be so as a whole.
 */
export const asymmetriesOf = <S>(problem: Problem<S>, { renamings }: Symmetry): Asymmetries<S> => {
  const { encode, decode } = codecOf(problem.model.state, problem.scope);
  const take = takerOf(problem);
  const groups = groupsOf(problem);
  /** For each renaming that was tried, which group each becomes. */
  const renamedTo: (readonly number[])[] = [];
  let last: { readonly state: S; readonly there: readonly S[] } | undefined;
  /** The state under each of the renamings. */
  const under = (state: S): readonly S[] => {
    if (last?.state !== state) {
      const row = encode(state);
      last = { state, there: renamings.map((renaming) => decode(renamedRow(renaming, row))) };
    }
    return last.there;
  };
  /** The first renaming under which something is found. */
  const first = (found: (renamed: Renamed, i: number) => Omit<Asymmetry, "names"> | undefined) => {
    for (const [i, renamed] of renamings.entries()) {
      const asymmetry = found(renamed, i);
      if (asymmetry !== undefined) return { names: renamed.names, ...asymmetry };
    }
    return undefined;
  };
  type AskGroup = (group: Group<S>) => number;
  const disagree = (i: number, here: AskGroup, there: AskGroup): Omit<Asymmetry, "names"> | undefined => {
    const to = (renamedTo[i] ??= renamedGroups(groups, renamings[i]));
    const group = groups.find((group, at) => here(group) !== unlessItFails(() => there(groups[to[at]])));
    return group && { what: whatOf(group), place: group.place };
  };
  const all = ({ args }: Group<S>, look: (args: Group<S>["args"][number]) => number): number =>
    args.reduce((bits, one) => bits | look(one), 0);
  return {
    ofStep: (step, before, after) => {
      const row = after === undefined ? undefined : encode(after);
      const there = under(before);
      return first((renamed, i) => {
        const other = problem.steps[renamed.steps[step.id]];
        const taken = unlessItFails(() => {
          const found = take(other, there[i]);
          return found === undefined ? "disabled" : encode(found.after);
        });
        const same =
          row === undefined || typeof taken !== "object"
            ? row === undefined && taken === "disabled"
            : compareRows(renamedRow(renamed, row), taken) === 0;
        return same ? undefined : { what: stepText(step) };
      });
    },
    ofState: (state) => {
      const there = under(state);
      const looked = (at: S) => (group: Group<S>) => all(group, (args) => lookAt({ ...group, args }, at));
      return first((_, i) => disagree(i, looked(state), looked(there[i])));
    },
    ofTransition: (step, before, after) => {
      if (!groups.some(({ property }) => property.kind === "step")) return undefined;
      const row = encode(after);
      const there = under(before);
      const looked = (from: S, to: S, taken: Step<S>) => (group: Group<S>) =>
        all(group, (args) => lookBetween({ ...group, args }, from, to, taken));
      return first((renamed, i) => {
        const other = problem.steps[renamed.steps[step.id]];
        const to = decode(renamedRow(renamed, row));
        return disagree(i, looked(before, after, step), looked(there[i], to, other));
      });
    },
  };
};

/**
 * Ends a search where it comes to something that is not as symmetric as the problem says.
 * @throws CheckError from each of its functions, when something is not the same under new names.
 */
export const symmetryChecksOf = <S>(problem: Problem<S>, symmetry: Symmetry): Observer<S> => {
  const { ofStep, ofState, ofTransition } = asymmetriesOf(problem, symmetry);
  const refuse = (found: Asymmetry | undefined): void => {
    if (found !== undefined) throw asymmetryError(symmetry, found);
  };
  return {
    onStep: (step, before, after) => refuse(ofStep(step, before, after)),
    onState: (state) => refuse(ofState(state)),
    onTransition: (step, before, after) => refuse(ofTransition(step, before, after)),
  };
};
