import type { Mutant } from "./mutate.ts";

/** Tests that every number of workers finds the same. */
const tests = [
  "test/fast/threads/search-thread",
  "test/fast/threads/recent-filter",
  "test/fast/visited/visited",
  "test/fast/threads",
];

/** Bugs in searching with several threads: an order that is lost, successors that are lost or counted twice. */
export const threadMutants: readonly Mutant[] = [
  {
    about: "a slice does not wait for its turn",
    file: "src/fast/threads/control.ts",
    from: "return Atomics.load(this.cells, at.turn) === slice || this.isCut(slice);",
    to: "return Atomics.load(this.cells, at.turn) >= 0;",
    tests,
  },
  {
    about: "what was dropped from a slice that was cut stays dropped",
    file: "src/fast/threads/search-thread.ts",
    from: "if (control.wasCut) this.#filter.clear(space.layout.words);",
    to: "",
    tests,
  },
  {
    about: "a filter outlives the layout of the states",
    file: "src/fast/threads/search-thread.ts",
    from: "if (space.layout !== this.#layout) this.#filter.clear(space.layout.words);",
    to: "if (space.layout.words !== this.#layout?.words) this.#filter.clear(space.layout.words);",
    tests,
  },
  {
    about: "a filter goes by the hash alone",
    file: "src/fast/threads/recent-filter.ts",
    from: "const same = recent[slot] === word;",
    to: "const same = recent[slot] !== 0;",
    tests,
  },
  {
    about: "a filter looks at the first word only",
    file: "src/fast/threads/recent-filter.ts",
    from: "if (recent[slot + i] !== states[at + i]) same = false;",
    to: "if (i === 0 && recent[slot + i] !== states[at + i]) same = false;",
    tests,
  },
  {
    about: "transitions that are dropped are not counted",
    file: "src/fast/threads/recent-filter.ts",
    from: "this.#count(step, verdict);\n    return !this.#hasWord(word);",
    to: "if (this.#hasWord(word)) return false;\n    this.#count(step, verdict);\n    return true;",
    tests,
  },
  {
    about: "a property that is hit for the first time does not stop the threads",
    file: "src/fast/threads/slice-counts.ts",
    from: "if (this.#verdicts.news[verdict] === 1) this.news = true;",
    to: "",
    tests,
  },
  {
    about: "slices after one that was cut are taken",
    file: "src/fast/threads/search-thread.ts",
    from: "if (control.isCut(number) || first + out.count > control.room) {",
    to: "if (first + out.count > control.room) {",
    tests,
  },
  {
    about: "a chunk goes on past a limit of states",
    file: "src/fast/threads/team.ts",
    from: "Math.min(visited.room, store.room, this.#bounds.states ?? Infinity)",
    to: "Math.min(visited.room, store.room)",
    tests,
  },
  {
    about: "states that were visited before are judged and stored once more",
    file: "src/fast/threads/search-thread.ts",
    from: "if (fresh[i] === 0) continue;\n      store.put",
    to: "store.put",
    tests,
  },
  {
    about: "what a thread leaves out is what is new",
    file: "src/fast/visited/bit-set.ts",
    from: "fresh[i] = ~(cells[states[i] >>> 5] >>> states[i]) & 1;",
    to: "fresh[i] = (cells[states[i] >>> 5] >>> states[i]) & 1;",
    tests,
  },
  {
    about: "a table that has grown is not sent to the others",
    file: "src/fast/threads/team.ts",
    from: "if (this.#layout !== space.layout || this.#visited !== memory.cells)",
    to: "if (this.#layout !== space.layout)",
    tests,
  },
];
