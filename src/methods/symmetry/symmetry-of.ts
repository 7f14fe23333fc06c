import { allNames, renamedSet, renamingOf, type Names } from "../../derive/renaming.ts";
import { CheckError } from "../../errors.ts";
import { setsOf, type Args, type Ranges } from "../../model/action.ts";
import type { Model, Step } from "../../model/model.ts";
import type { Symmetry } from "../../problem/symmetry.ts";
import type { Scope } from "../../schema/domain.ts";
import { own } from "../../schema/own.ts";

/** What is known of a symmetry besides its families. */
export type Known = Partial<Pick<Symmetry, "unused" | "startClosed">> & { readonly joint?: Iterable<number> };

/** Arguments under new names. */
export const renamedArgs = (names: Names, ranges: Ranges, args: Args): Args =>
  Object.fromEntries(
    Object.entries(args).map(([name, value]) => {
      const range = ranges[name];
      if (typeof range === "string") return [name, own(names, range)?.[value as number] ?? value];
      const family = setsOf(range);
      const members = family === undefined ? undefined : own(names, family);
      return [name, members === undefined ? value : renamedSet(members, value as number)];
    }),
  );

/** A choice of arguments, as a key. */
export const argsKey = (args: Args): string => JSON.stringify(Object.entries(args));

/** What a symmetry is made of. */
interface Parts<S> {
  readonly model: Model<S>;
  readonly scope: Scope;
  readonly steps: readonly Step<S>[];
}

/** The symmetry of some families, taken at its word, under all namings or those given. Explorers check it as they go. */
export const symmetryOf = <S>(
  { model, scope, steps }: Parts<S>,
  families: readonly string[],
  { joint = [], unused = [], startClosed = true }: Known = {},
  namings: readonly Names[] = allNames(families, scope),
): Symmetry => {
  const keyOf = ({ action }: Step<S>, args: Args): string => `${action.name} ${argsKey(args)}`;
  const ids = new Map(steps.map((step) => [keyOf(step, step.args), step.id]));
  const renamings = namings.map((names) => ({
    ...renamingOf(model.state, scope, names),
    steps: Int32Array.from(steps, (step) =>
      ids.get(keyOf(step, renamedArgs(names, step.action.args, step.args)))!,
    ),
  }));
  return { families, unused, renamings, joint: new Set(joint), startClosed };
};

/** From this many namings on a search takes noticeably longer: every answer that is learned is compared under each. */
const costly = 720;

/** What a symmetry will cost, in a sentence; undefined where that is little. */
export const costText = ({ families, renamings }: Symmetry): string | undefined =>
  renamings.length + 1 < costly
    ? undefined
    : `--symmetry: there are ${renamings.length + 1} namings of ${families.join(", ")}, and whatever is learned of the model is compared under each of them; fewer families are faster: --symmetry=FAMILY`;

/** New names in words: `process 0 and 1 change places`. */
const namesText = (names: Names): string =>
  Object.entries(names)
    .map(([family, renamed]) => ({
      family,
      from: renamed.map((_, member) => member).filter((member) => renamed[member] !== member),
      renamed,
    }))
    .filter(({ from }) => from.length > 0)
    .map(({ family, from, renamed }) =>
      from.length === 2
        ? `${family} ${from[0]} and ${from[1]} change places`
        : `${family} ${from.join(", ")} are renamed ${from.map((member) => renamed[member]).join(", ")}`,
    )
    .join(" and ");

/** Something that is not the same under new names. */
export interface Asymmetry {
  readonly names: Names;
  /** A step, a property or the start. */
  readonly what: string;
  /** The property's place in the problem. */
  readonly place?: number;
}

/** An asymmetry as a reason: `Serve is not the same when slot 0 and 1 change places`. */
export const asymmetryText = ({ names, what }: Asymmetry): string =>
  `${what} is not the same when ${namesText(names)}`;

/** The error that ends a search whose symmetry turns out not to be one. */
export const asymmetryError = ({ families }: Symmetry, asymmetry: Asymmetry): CheckError => {
  const { names } = asymmetry;
  const told = families.filter((family) => names[family].some((name, member) => name !== member));
  const rest = families.filter((family) => !told.includes(family));
  const instead = rest.length === 0 ? "" : `use --symmetry=${rest.join(",")}, or `;
  return new CheckError(
    "model",
    `${told.join(", ")}: not interchangeable: ${asymmetryText(asymmetry)}\n  ${instead}explore without --symmetry`,
  );
};
