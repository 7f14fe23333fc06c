import type { Predicate } from "../expression/names.ts";
import type { AxisValues } from "../model/axis.ts";
import type { Thread } from "../model/left-out.ts";
import { variant, type Model } from "../model/model.ts";
import type { Domain, Scope } from "../schema/domain.ts";
import type { Choice, Instantiated, Option } from "./instantiated.ts";

/** Every action that there is under a choice, and the names of those that take part. */
export interface Whole<S> {
  readonly model: Model<S>;
  readonly takesPart: readonly string[];
  /** Its threads, where a search has to say which of them stand still because of what was left out. */
  readonly threads?: readonly Thread[];
}

/** The part of a whole that takes part. */
export const partOf = <S>({ model, takesPart, threads }: Whole<S>): Model<S> => {
  const part = new Set(takesPart);
  const left = model.actions.filter(({ name }) => !part.has(name));
  return {
    ...variant(model, model.name, { drop: left.map(({ name }) => name) }),
    ...(threads === undefined ? {} : { leftOut: { actions: left, threads } }),
  };
};

/** Where a search begins: how many members each family has, and from which start point. */
export interface Place {
  readonly scope: Scope;
  readonly start: string;
}

/** What is built of an origin, with nothing changed. */
export type Begun<S> = Omit<Instantiated<S>, "model">;

/**
 * What a scenario is made of, so that another can be made of it: other actions, another scope or start, a changed step.
 * On each axis, and of the options and start points, it has all that there are, not only those of the scenario.
 */
export interface Origin<S> {
  readonly axes: AxisValues;
  readonly state: Domain<S>;
  readonly options: readonly Option[];
  readonly starts: readonly string[];
  /** What expressions about its states may call. */
  readonly predicates: readonly Predicate<S>[];
  /** The steps that a program puts in order, where somebody runs one. */
  readonly programs?: Programs;
  readonly whole: (choice: Choice) => Whole<S>;
  /** The start states under a choice, of the unchanged model. */
  readonly begin: (choice: Choice, place: Place) => Begun<S>;
}

/** The steps that are instructions, and so what a program puts in order. */
export interface Programs {
  /** The family that has a runner for each member, and the argument of a step that says whose it is. */
  readonly family: string;
  readonly arg: string;
  /** Who takes the steps of a member. */
  readonly actor: (member: number) => string;
  /** What a member is called as one that has a program: with its number behind. */
  readonly called: string;
  /** Whether a step of this name is an instruction, and not what comes of itself. */
  readonly isInstruction: (action: string) => boolean;
}
