import type { Note } from "../../model/note.ts";
import type { Citation } from "../variation.ts";

const said = (cites: readonly Citation[]): readonly (readonly [string, string])[] =>
  cites.map(({ what, text }) => [what, text.text] as const);

const changed = (was: Note | undefined, cites: readonly Citation[], by: string): Note => {
  const own = said(cites);
  const [first] = own;
  return {
    cites: { ...was?.cites, ...Object.fromEntries(own), changedIn: by },
    facts: [...(was?.facts ?? []), ...own, ["changed in", by]],
    ...(was?.links === undefined ? {} : { links: was.links }),
    below: [...(first === undefined ? (was?.below ?? []) : [first[1]]), `changed in ${by}`],
    whenReplayed: was?.whenReplayed ?? [],
  };
};

/** What is noted of an action that is changed: what it cited, and who changed it. */
export const changedNote = (was: Note | undefined, cites: readonly Citation[], by: string): Note => {
  const of = was?.of;
  const events = was?.events;
  const note = { ...changed(was, cites, by), ...(events === undefined ? {} : { events }) };
  return of === undefined ? note : { ...note, of: (taken) => changed(of(taken), cites, by) };
};

/** What is noted of an action that is added: the first thing it cites is printed below its steps. */
export const addedNote = (cites: readonly Citation[], by: string): Note => {
  const own = said(cites);
  return {
    cites: { ...Object.fromEntries(own), addedIn: by },
    facts: [...own, ["added in", by]],
    below: [...own.slice(0, 1).map(([, text]) => text), `of ${by}`],
    whenReplayed: own.slice(1).map(([what, text]) => `${what}: ${text}`),
  };
};
