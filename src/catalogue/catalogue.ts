import type { Axis } from "../model/axis.ts";
import { CheckError, unknownName } from "../errors.ts";
import { checkNamesApart } from "../model/check-names.ts";
import { checkAxis, checkWorld } from "../model/check-world.ts";
import type { RecordedPaths } from "./action-paths.ts";
import type { Captured } from "./captured.ts";
import type { ClaimBook } from "./claim.ts";
import type { Finding } from "./finding.ts";
import type { Flip } from "./flip.ts";
import { own } from "../schema/own.ts";
import type { Action } from "../model/action.ts";
import type { AnyScenario, Named, Option } from "./scenario.ts";
import { scenarioCalled } from "./scenario-called.ts";
import type { Sizes } from "./size.ts";
import type { Again } from "./varied.ts";

/** A name from outside of a catalogue, and where to look for what it names. */
export interface Term {
  readonly term: string;
  /** What it is, in a sentence. */
  readonly about: string;
  /** Names of fields, actions, options, properties or scenarios. */
  readonly see: readonly string[];
}

/** What is added to a scenario besides properties. */
export interface Additions {
  readonly options: readonly Option[];
  readonly actions: readonly Action<unknown>[];
}

/** Everything that can be asked about, by name. */
export interface Catalogue {
  /** What the program is called that asks about it, as people type it; the name of this package where left out. */
  readonly program?: string;
  /** What its scenarios can be chosen by besides their options, in the order of a trace; nothing where left out. */
  readonly axes?: readonly Axis[];
  /** What actions cite, as scenario files say it; the first is printed below each step. Nothing where left out. */
  readonly cites?: readonly string[];
  /** What the values on an axis are, by its name, as far as that is said. */
  readonly named?: Readonly<Record<string, readonly Named[]>>;
  readonly scenarios: readonly AnyScenario[];
  /** The name of the scenario that is meant where none is named; the first unless given. */
  readonly defaultScenario?: string;
  /** What is claimed; a function where it is loaded when it is asked for. */
  readonly claims: ClaimBook | (() => Promise<ClaimBook>);
  /** The parts of what is modelled, by name, each with the names of its actions; an action of several is of the first. */
  readonly parts?: Readonly<Record<string, readonly string[]>>;
  /** How large the largest worlds are, as far as that is known. */
  readonly sizes?: Sizes;
  /** What actions and properties touch, where it was recorded; loaded when it is asked for. */
  readonly paths?: () => Promise<RecordedPaths>;
  /** How a tracer would have seen a run, where actions say what they print; loaded when it is asked for. */
  readonly captured?: () => Promise<Captured>;
  /** Bugs and mutations that can be asked about, loaded when they are asked for. */
  readonly flips?: () => Promise<readonly Flip[]>;
  /** What searches have found that nobody knew of, loaded when it is asked for. */
  readonly findings?: () => Promise<readonly Finding[]>;
  /** The id of the bug or mutation whose scenario is among the scenarios. */
  readonly flipped?: string;
  /** Names that a reader knows and that nothing here bears: registers, MSRs, ioctls, structures. */
  readonly glossary?: readonly Term[];
  /** The URL of a module whose `shipped` gives this catalogue, where there is one: worker threads find it there. */
  readonly module?: string;
  /** What files of code may import by these names, each loaded when a file is. */
  readonly modules?: Readonly<Record<string, () => Promise<object>>>;
  /** A scenario with more options and actions; undefined where it is of a kind that cannot have them. */
  readonly adding?: (scenario: AnyScenario, additions: Additions) => AnyScenario | undefined;
  /** The scenario files that some of the scenarios come from, with what they say. */
  readonly files?: readonly {
    readonly name: string;
    readonly text: string;
    readonly again?: Again;
  }[];
}

/** What is claimed in a catalogue. */
export const claimsIn = async ({ claims }: Pick<Catalogue, "claims">): Promise<ClaimBook> =>
  typeof claims === "function" ? claims() : claims;

/** Loads a catalogue. */
export interface Load {
  (): Promise<Catalogue>;
  /** The catalogue's `module`. */
  readonly module?: string;
  /**
   * The URL of a folder, ending in a slash, into which a build puts all code of the program and of this catalogue, and what
   * `list` and `explain` print.
   */
  readonly bundle?: string;
  /** What the program is called, as people type it; the name of this package where left out. */
  readonly program?: string;
  /** Whether every guard, recipe and property in it is known to come to an end, so that nobody watches whether they do. */
  readonly ends?: boolean;
  /** The catalogue's axes, as flags that `--help` tells before anything is loaded. */
  readonly axes?: readonly Axis[];
  /** By what parts of captures, and the worlds they are followed in, are chosen: flags of `validate`. */
  readonly partKeys?: readonly Pick<Axis, "name" | "about">[];
  /** What the columns of its claims are called, which is the flag that names some: see `ClaimBook`. */
  readonly columnKind?: string;
  /** What the whole is for, in a sentence, as `--help` says it before anything is loaded. */
  readonly about?: string;
  /** Commands that show what can be asked, one line each, with what it does. */
  readonly examples?: readonly (readonly [command: string, about: string])[];
}

/** A scenario with a place for each axis: one that has no values on an axis says so, and a report has `null` there. */
const onAxes = (axes: readonly Axis[], scenario: AnyScenario): AnyScenario => {
  const { name, axes: values = {} } = scenario;
  const known = axes.map((axis) => axis.name);
  for (const axis of Object.keys(values))
    if (!known.includes(axis))
      throw unknownName("axis", axis, known, `${name} has values on it, and the catalogue does not name it`);
  if (Object.keys(values).join() === known.join()) return scenario;
  const placed = {
    ...scenario,
    axes: Object.fromEntries(known.map((axis) => [axis, own(values, axis) ?? []])),
  };
  checkWorld(placed);
  return placed;
};

/**
 * A catalogue, ready for the command line; what is left out is empty. Worker threads find it where `module` is the URL of
 * the module that exports it as `shipped`: `import.meta.url`.
 * @throws CheckError when two scenarios or axes have one name, or a scenario has values on an axis that is not named.
 */
export const catalogueOf = ({
  axes = [],
  claims = { columns: [], messages: [], claims: [] },
  ...rest
}: Pick<Catalogue, "scenarios"> & Partial<Catalogue>): Load => {
  checkNamesApart(
    "a scenario",
    rest.scenarios.map(({ name }) => name),
    "the catalogue",
  );
  const columnKind = typeof claims === "function" ? undefined : claims.columnKind;
  for (const name of [...axes.map((axis) => axis.name), columnKind ?? "column"])
    checkAxis(name, "the catalogue");
  for (const names of [axes.map(({ name }) => name), axes.map(({ plural }) => plural)])
    checkNamesApart("an axis", names, "the catalogue");
  const scenarios = rest.scenarios.map((scenario) => onAxes(axes, scenario));
  const { module } = rest;
  return Object.assign(
    () => Promise.resolve({ ...rest, axes, scenarios, claims }),
    { axes },
    rest.program === undefined ? {} : { program: rest.program },
    columnKind === undefined ? {} : { columnKind },
    module === undefined ? {} : { module },
  );
};

/**
 * The scenario of that name; without a name the catalogue's default.
 * @throws CheckError when there is none; names the nearest, or all that a short name may mean.
 */
export const scenarioNamed = (
  { axes = [], scenarios, defaultScenario }: Catalogue,
  name: string | undefined = defaultScenario,
): AnyScenario => {
  if (name !== undefined) return onAxes(axes, scenarioCalled(scenarios, name));
  if (scenarios.length === 0) throw new CheckError("usage", "there are no scenarios to explore");
  return onAxes(axes, scenarios[0]);
};
