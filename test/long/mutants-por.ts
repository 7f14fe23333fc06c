import type { Mutant } from "./mutate.ts";

const dependence = "src/methods/por/conditional-dependence.ts";

/** Bugs of partial-order reduction: what its soundness rests on, left out one by one. */
export const porMutants: readonly Mutant[] = [
  {
    about: "a step that reads what another changes does not depend on it",
    file: dependence,
    from: "return interferes(other, footprint, code) || notices(other, footprint.changes);",
    to: "return interferes(other, footprint, code);",
  },
  {
    about: "a step that writes what another reads or writes does not depend on it",
    file: dependence,
    from: "return interferes(other, footprint, code) || notices(other, footprint.changes);",
    to: "return notices(other, footprint.changes);",
  },
  {
    about: "a private step that goes round may put off all others for ever",
    file: dependence,
    from: "!threw && !this.#isSeen(changes) && this.#grows(changes)",
    to: "!threw && !this.#isSeen(changes)",
  },
  {
    about: "a step that an invariant sees counts as invisible",
    file: dependence,
    from: "!threw && !this.#isSeen(changes) && this.#grows(changes)",
    to: "!threw && this.#grows(changes)",
  },
  {
    about: "a step of which a step property says something counts as invisible",
    file: dependence,
    from: 'said === "" && !threw',
    to: "!threw",
  },
  {
    about: "a step that a step property may judge is not among the visible ones",
    file: dependence,
    from: "if (step === undefined || step.judged) return true;",
    to: "if (step === undefined) return true;",
  },
  {
    about: "the steps that keep another disabled are taken for those that enable it",
    file: dependence,
    from: "writers(leaf, (to) => codes.has(to))",
    to: "writers(leaf, (to) => !codes.has(to))",
  },
  {
    about: "of the leaves that a guard read only the last one is waited for",
    file: dependence,
    from: "const any = reads.flatMap(",
    to: "const any = reads.slice(-1).flatMap(",
  },
  {
    about: "a step that throws is not among the visible ones",
    file: "src/methods/por/read-write-sets.ts",
    from: 'said !== "" || threw;',
    to: 'said !== "";',
  },
  {
    about: "a step that another disables does not depend on it",
    file: dependence,
    from: "classes.get(from) !== 0 && classes.get(from) !== classes.get(to)",
    to: "classes.get(to) !== 0 && classes.get(from) !== classes.get(to)",
  },
  {
    about: "a leaf written with the value that it has may be written by others",
    file: dependence,
    from: "reads.includes(leaf) || !changes.has(leaf)",
    to: "reads.includes(leaf)",
  },
  {
    about: "what steps write is not thought possible to be read",
    file: "src/methods/por/read-write-sets.ts",
    from: "for (const [leaf, written] of writes) possible.add(leaf, written);",
    to: "for (const [leaf, written] of writes) if (written === 0) possible.add(leaf, written);",
  },
  {
    about: "what one run of a step needs, all are said to need",
    file: "src/methods/por/read-write-sets.ts",
    from: "for (const leaf of this.needs.keys()) if (!read.has(leaf)) this.needs.delete(leaf);",
    to: "",
  },
  {
    about: "any set of steps counts as holding all visible ones",
    file: "src/fast/por/stubborn-sets.ts",
    from: "if ((this.#visible[word] & ~this.#set[word]) !== 0) seesAll = false;",
    to: "",
  },
  {
    about: "a stubborn set stops to grow at two steps",
    file: "src/fast/por/stubborn-sets.ts",
    from: "step >= 0 && taken < most;",
    to: "step >= 0 && taken < 2;",
  },
];
