import type { Mutant } from "./mutate.ts";

const lists = "src/fast/search/delta-lists.ts";
const expander = "src/fast/search/word-expander.ts";
const batch = "src/fast/search/word-batch.ts";
const verdicts = "src/fast/search/word-verdicts.ts";
const frontier = "src/fast/search/frontier-entries.ts";
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
    from: "fired[steps[entry]] += seen[slot];",
    to: "fired[steps[entry]]++;",
    tests,
  },
  {
    about: "the list of an id is kept where another id has its place",
    file: lists,
    from: "(id ^ this.#layout.flip[members[number]])",
    to: "id",
    tests,
  },
  {
    about: "an independent step is left out though it comes after the one that led here",
    file: expander,
    from: "count += (last - steps[entry]) >>> 31;",
    to: "count += last < 0 ? (last - steps[entry]) >>> 31 : 0;",
    tests,
  },
  {
    about: "a step of the component that changed is left out",
    file: expander,
    from: "k === from ? -1 : before",
    to: "before",
    tests,
  },
  {
    about: "a step whose change may depend on others is taken to lead here from anywhere",
    file: expander,
    from: "from === none ? -1 : steps[by]",
    to: "steps[by]",
    tests,
  },
  {
    about: "of equal successors the last is the first one's step",
    file: expander,
    from: "steps[step[other]] > steps[step[count]]",
    to: "steps[step[other]] < steps[step[count]]",
    tests,
  },
  {
    about: "the ids of a state that is not expanded are counted",
    file: expander,
    from: "this.#forget(word, homes);\n    return",
    to: "return",
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
    from: "if (verdict !== 0 && news[verdict] === 1) return i;",
    to: "",
    tests,
  },
  {
    about: "a state says what its last component says",
    file: verdicts,
    from: "joins[(verdict << bits) | ",
    to: "joins[",
    tests,
  },
  {
    about: "a state was reached by what another one was reached by before",
    file: frontier,
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
