import { CheckError } from "../../errors.ts";
import { plural } from "../../check/verdict.ts";
import { numberGiven } from "./command.ts";
import { moved, type Reply, type Session } from "./session.ts";
import { goOn, standing, walkFrom, type Visit } from "./walk.ts";

/** Takes a step; where it is the one that `go` would take, `go` can take those after it. */
export const taking = (session: Session, visit: Visit): Reply => {
  const [next, ...ahead] = session.ahead;
  return moved(session, goOn(session.walk, visit), next === visit.taken.step.id ? ahead : []);
};

const wrong = (message: string): CheckError => new CheckError("usage", message);

/** The step of a number. @throws CheckError where that cannot be. */
export const numbered = ({ choices }: Session, number: number): Visit => {
  const visit = choices[number - 1];
  if (visit !== undefined) return visit;
  throw wrong(
    choices.length === 0
      ? `there is no step ${number} here: none is enabled`
      : `there is no step ${number} here: they have the numbers 1 to ${choices.length}`,
  );
};

/** Goes to where that many steps of the walk have been taken, undone ones included. @throws CheckError where that cannot be. */
export const jumped = (session: Session, to: number): Reply => {
  const { visits } = session.walk;
  if (to > visits.length)
    throw wrong(`the walk has ${plural(visits.length, "step")}: jump takes 0 to ${visits.length}, not ${to}`);
  return moved(session, standing(session.walk, to));
};

/** Stands at the start; with a place, at that start state, and the walk is forgotten. @throws CheckError where that cannot be. */
export const restarted = (session: Session, place: string | undefined): Reply => {
  if (place === undefined) return jumped(session, 0);
  const { problem } = session.walk;
  const number = numberGiven("start", place);
  if (problem.start[number] === undefined)
    throw wrong(`there is no start state ${number}: the last is ${problem.start.length - 1}`);
  return moved(session, walkFrom(problem, number));
};

/** Takes the last step back. @throws CheckError where that cannot be. */
export const undone = (session: Session): Reply => {
  const { walk } = session;
  if (walk.at === 0) throw wrong("there is nothing to undo: this is the start");
  return moved(session, standing(walk, walk.at - 1));
};

/** Takes again the step that was undone. @throws CheckError where that cannot be. */
export const redone = (session: Session): Reply => {
  const { walk } = session;
  if (walk.at === walk.visits.length) throw wrong("there is nothing to redo: no step was undone");
  return moved(session, standing(walk, walk.at + 1));
};

/** Takes that many steps of the run that `shortest` found. @throws CheckError where it has fewer. */
export const gone = (session: Session, count: number): Reply => {
  const { ahead } = session;
  if (ahead.length === 0) throw wrong("there is no run to follow: shortest looks for one");
  if (count === 0 || count > ahead.length)
    throw wrong(
      `the run that was found goes on for ${plural(ahead.length, "step")}: go takes 1 to ${ahead.length}, not ${count}`,
    );
  let reply: Reply = { session, lines: [] };
  for (const id of ahead.slice(0, count)) {
    const visit = reply.session.choices.find(({ taken }) => taken.step.id === id);
    if (visit === undefined)
      throw new CheckError("internal", "the run that was found cannot be taken from here");
    reply = taking(reply.session, visit);
  }
  return reply;
};
