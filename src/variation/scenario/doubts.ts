import type { Attempt, Faults } from "../text/faults.ts";
import type { Change, Variation } from "../variation.ts";

/** An attempt that notes what fails, and then has `doubt` say which names may be missing for that reason. */
export const doubting =
  (faults: Faults, doubt: () => void): Attempt =>
  (at, make) => {
    const made = faults.try(at, make);
    if (made === undefined) doubt();
    return made;
  };

/** Doubts the fields that a variation adds and their words, and the places of its programs. */
export const doubtFields = ({ state = [], program = [] }: Variation, faults: Faults): void => {
  for (const { path, domain } of state)
    for (const { text } of [path, ...("text" in domain ? [] : domain)]) faults.doubt(text);
  for (const { of, steps } of program)
    for (const text of ["program", of.text, ...steps.map(({ label }) => label?.text ?? "")])
      faults.doubt(text);
};

const addedBy = (changes: readonly Change[]): readonly string[] =>
  changes.flatMap((change) => (change.kind === "add" || change.kind === "like" ? [change.name.text] : []));

/** Doubts the actions that a variation adds. */
export const doubtAdded = ({ change = [], switch: switches = [] }: Variation, faults: Faults): void => {
  const all = [...change, ...switches.flatMap(({ values }) => values.flatMap((value) => value.change))];
  for (const name of addedBy(all)) faults.doubt(name);
};
