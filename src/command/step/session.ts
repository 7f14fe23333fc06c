import { formatOf, type Format } from "../../derive/format.ts";
import { positionLines } from "./position-text.ts";
import { choicesOf, type Visit, type Walk } from "./walk.ts";
import type { World } from "./walk-text.ts";

/** A session between two commands: nothing in it is ever changed, so an earlier one is as good as a later. */
export interface Session {
  readonly world: World;
  readonly walk: Walk;
  /** The steps that can be taken where the walk stands, in the order of their numbers. */
  readonly choices: readonly Visit[];
  /** The steps of the run that `shortest` found and that `go` has not taken yet. */
  readonly ahead: readonly number[];
  readonly ended: boolean;
}

/** What a command comes to: the session after it, and what is printed. */
export interface Reply {
  readonly session: Session;
  readonly lines: readonly string[];
}

/** How the states of a session are printed. */
export const formatIn = ({ walk: { problem } }: Session): Format<unknown> =>
  formatOf(problem.model.state, problem.scope);

/** A session that begins where a walk stands. @throws CheckError when a guard, recipe or property throws there. */
export const begun = (world: World, walk: Walk): Session => ({
  world,
  walk,
  choices: choicesOf(walk),
  ahead: [],
  ended: false,
});

/** What is printed of where a session stands. */
export const shown = (session: Session): readonly string[] =>
  positionLines(session.walk, session.choices, formatIn(session));

/** The session that stands somewhere else, and what is printed of that; `ahead` is what `go` can take from there. */
export const moved = (session: Session, walk: Walk, ahead: readonly number[] = []): Reply => {
  const next = { ...session, walk, choices: choicesOf(walk), ahead };
  return { session: next, lines: shown(next) };
};
