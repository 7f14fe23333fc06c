import { CheckError } from "../../errors.ts";
import { commandIn, numberGiven, type Name } from "./command.ts";
import { briefHelp, helpLines } from "./help-text.ts";
import { gone, jumped, numbered, redone, restarted, taking, undone } from "./moves.ts";
import { namedStep } from "./named-step.ts";
import { propertiesLines } from "./properties-text.ts";
import { formatIn, shown, type Reply, type Session } from "./session.ts";
import { nearestFrom, STATES, type Search } from "./shortest.ts";
import { nearestLines } from "./shortest-text.ts";
import { stateLines } from "./state-text.ts";
import { stateOf } from "./walk.ts";
import { walkLines } from "./walk-text.ts";

const sought = async (session: Session, given: readonly string[], search: Search): Promise<Reply> => {
  const [first, second] = given;
  const onlyStates = second === undefined && first !== undefined && /^\d+$/.test(first);
  const [id, states] = onlyStates ? [undefined, first] : [first, second];
  const bound = numberGiven("shortest", states, STATES);
  if (bound === 0) throw new CheckError("usage", "shortest looks at one state at least: shortest 1000");
  const { problem } = session.walk;
  const nearest = await nearestFrom(problem, stateOf(session.walk), id, bound, search);
  return {
    session: { ...session, ahead: "none" in nearest ? [] : nearest.path },
    lines: nearestLines(nearest),
  };
};

/** What a command does, given words besides its name. */
type Does = (session: Session, given: readonly string[], search: Search) => Reply | Promise<Reply>;

/** A command that only says something. */
const saying =
  (lines: (session: Session, given: readonly string[]) => readonly string[]): Does =>
  (session, given) => ({ session, lines: lines(session, given) });

const does: Readonly<Record<Name, Does>> = {
  show: saying(shown),
  undo: undone,
  redo: redone,
  jump: (session, [to]) => jumped(session, numberGiven("jump", to)),
  start: (session, [place]) => restarted(session, place),
  state: saying((session, [path]) => stateLines(stateOf(session.walk), formatIn(session), path)),
  properties: saying(({ walk }) => propertiesLines(walk)),
  shortest: sought,
  go: (session, [count]) => gone(session, numberGiven("go", count, 1)),
  trace: saying(({ world, walk }) => walkLines(world, walk)),
  help: saying(helpLines),
  quit: (session) => ({ session: { ...session, ended: true }, lines: [] }),
};

/**
 * Does what a line says; an empty one is answered with a brief help.
 * @throws CheckError when the line is not understood or cannot be done: the session given is then as good as before.
 */
export const obeyed = async (session: Session, line: string, search: Search): Promise<Reply> => {
  if (line.trim() === "") return { session, lines: [briefHelp] };
  const command = commandIn(line);
  if (command.name === "number") return taking(session, numbered(session, command.number));
  if (command.name === "words")
    return taking(session, namedStep(session.walk.problem.steps, session.choices, command.text));
  return does[command.name](session, command.given, search);
};
