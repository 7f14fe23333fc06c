import type { Mutant } from "./mutate.ts";

const lists = "src/fast/search/delta-lists.ts";
const expander = "src/fast/search/word-expander.ts";
const batch = "src/fast/search/word-batch.ts";
const verdicts = "src/fast/search/word-verdicts.ts";
const asleep = "src/fast/search/asleep.ts";
const asked = "src/fast/search/asked-steps.ts";
const diamonds = "src/fast/search/diamonds.ts";
const sleepSets = "src/fast/search/sleep-sets.ts";
const trees = "src/fast/search/decision-trees.ts";
const search = "src/fast/search/search.ts";

const tests = ["test/laws/engine-agreement", "test/fast/search"];

/** Bugs in how states of one word are expanded by lists and taken in batches. */
export const wordMutants: readonly Mutant[] = [
  {
    about: "an outcome that changes other components as well is taken for a change of its home",
    file: lists,
    from: "cells[outcome + 3] === 0 && ",
    to: "",
    tests,
  },
  {
    about: "a step that hits a property for the first time is only counted",
    file: lists,
    from: " && news[cells[outcome + 2]] === 0",
    to: "",
    tests,
  },
  {
    about: "steps of a list are counted once, however many states have it",
    file: lists,
    from: "fired[cells[at.perEntry * entry + at.stepOf]] += seen;",
    to: "fired[cells[at.perEntry * entry + at.stepOf]]++;",
    tests,
  },
  {
    about: "the list of an id is used in every context",
    file: "src/fast/values/word-slots.ts",
    from: "mask: 2 ** (bits - from) - 1 };",
    to: "mask: 0 };",
    tests,
  },
  {
    about: "a step that another component decides as well is taken for one that the context decides",
    file: "src/fast/learn/trie.ts",
    from: "while (here > 0 && members.includes(cells[here]))",
    to: "while (here > 0)",
    tests,
  },
  {
    about: "entries that come after one are asleep where it leads",
    file: asleep,
    from: "Math.imul((~((ranks | signs) - rank)",
    to: "Math.imul((((ranks | signs) - rank)",
    tests,
  },
  {
    about: "a step after the same rank is taken to come before",
    file: asleep,
    from: "- rank) & signs",
    to: "- rank - 0x01010101) & signs",
    tests,
  },
  {
    about: "what is asleep of the component that changed stays asleep",
    file: expander,
    from: "((asleep & ~(15 << place)) | own)",
    to: "(asleep | own)",
    tests,
  },
  {
    about: "entries of a ninth component put those of the first to sleep",
    file: expander,
    from: " & ((place >>> 16) - 1);",
    to: ";",
    tests,
  },
  {
    about: "after a step that was asked for all is asleep that was",
    file: expander,
    from: "cells[cell.asleepAt + at] = 0;",
    to: "cells[cell.asleepAt + at] = -1;",
    tests,
  },
  {
    about: "of equal successors the last is the first one's step",
    file: expander,
    from: "lists.step(another) < by",
    to: "lists.step(another) > by",
    tests,
  },
  {
    about: "an entry sleeps wherever another of its component is known",
    file: diamonds,
    from: "known.includes(to) ? -1 : 0",
    to: "-1",
    tests,
  },
  {
    about: "an entry sleeps though the one that leads there was neither asleep nor before",
    file: diamonds,
    from: "if (by === -1 || (by & set) !== 0)",
    to: "if (by !== 0)",
    tests,
  },
  {
    about: "an id that was not looked at yet has the first value",
    file: trees,
    from: "if (value === unknown) return 0;",
    to: "if (value === unknown) return cells[here + at.perBranch];",
    tests,
  },
  {
    about: "steps that were asked for in a state which is left out are counted",
    file: asked,
    from: "    this.count = count;\n    this.said.length = said;",
    to: "    this.said.length = said;",
    tests,
  },
  {
    about: "the ids of a state that is not expanded are counted",
    file: expander,
    from: "if (more < 0) {\n          this.#forget(word, homes);",
    to: "if (more < 0) {",
    tests,
  },
  {
    about: "new states stay in the order in which they were written",
    file: batch,
    from: "this.#sort();",
    to: "",
    tests,
  },
  {
    about: "more states are taken than there may be",
    file: batch,
    from: "this.#new > room || ",
    to: "",
    tests,
  },
  {
    about: "a state that hits a property for the first time is only counted",
    file: verdicts,
    from: " || this.#verdicts.news[verdict] === 1",
    to: "",
    tests,
  },
  {
    about: "a state says what its last component says",
    file: verdicts,
    from: "said |= cells[",
    to: "said = cells[",
    tests,
  },
  {
    about: "what was asleep in another state before is asleep",
    file: sleepSets,
    from: "this.#free.pop()?.fill(0)",
    to: "this.#free.pop()",
    tests,
  },
  {
    about: "a batch that is taken in order after all is taken as far as the buffer goes",
    file: search,
    from: "for (let next = from; next < end && this.#stop === undefined; next = this.#ordered.next) {",
    to: "for (let next = from; next === from; next = end) {",
    tests,
  },
];
