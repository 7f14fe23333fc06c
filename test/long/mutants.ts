import type { Mutant } from "./mutate.ts";
import { constraintMutants } from "./mutants-constraints.ts";
import { askedMutants } from "./mutants-asked.ts";
import { porMutants } from "./mutants-por.ts";
import { symmetryMutants } from "./mutants-symmetry.ts";
import { tableMutants } from "./mutants-tables.ts";
import { threadMutants } from "./mutants-threads.ts";
import { trustMutants } from "./mutants-trust.ts";
import { unboundedMutants } from "./mutants-unbounded.ts";
import { wordMutants } from "./mutants-words.ts";

/** Bugs of the kinds that checkers have had, each planted alone. */
export const mutants: readonly Mutant[] = [
  {
    about: "a write that the step made itself is read as it was before",
    file: "src/fast/learn/recorder.ts",
    from: "this.#writtenIn[leaf] === this.#run\n          ?",
    to: "this.#writtenIn[leaf] === -1\n          ?",
    tests: ["test/laws/engine-agreement"],
  },
  {
    about: "a read of a leaf that was read before is the only one noted",
    file: "src/fast/learn/recorder.ts",
    from: "if (this.#readIn[leaf] !== this.#run) {",
    to: "if (this.#readIn[leaf] === 0) {",
    tests: ["test/laws/engine-agreement"],
  },
  {
    about: "a value outside its domain is stored",
    file: "src/fast/learn/recorder.ts",
    from: "if (code < 0) throw domainError(from, value, name);",
    to: "",
    tests: ["test/laws/recipe-errors"],
  },
  {
    about: "a property may write",
    file: "src/fast/learn/recorder.ts",
    from: "if (!this.#writable) this.#refuse(leaf);",
    to: "",
    tests: ["test/trust/aliasing"],
  },
  {
    about: "reads of the home component are taken for foreign ones, and foreign ones for its own",
    file: "src/fast/learn/memo.ts",
    from: "reads.filter(({ member }) => member !== home)",
    to: "reads.filter(({ member }) => member === home)",
    tests: ["test/laws/engine-agreement"],
  },
  {
    about: "two values with the same hash are the same",
    file: "src/fast/values/interner.ts",
    from: "this.#sums[id] === sum && this.#has(id, codes)",
    to: "this.#sums[id] === sum",
    tests: ["test/fast/values/interner"],
  },
  {
    about: "a patched value is any that has its hash",
    file: "src/fast/values/interner.ts",
    from: "this.#sums[other] === sum && this.#isPatched(other, id, changes)",
    to: "this.#sums[other] === sum",
    tests: ["test/fast/values/interner"],
  },
  {
    about: "values are no longer found once their table has grown",
    file: "src/fast/values/interner.ts",
    from: "id < length - 1; id++) this.#put(id)",
    to: "id < 0; id++) this.#put(id)",
    tests: ["test/laws/engine-agreement"],
  },
  {
    about: "a recipe that answers differently in equal states goes unnoticed",
    file: "src/fast/learn/trie.ts",
    from: "if (this.cells[at] !== 0) throw nondeterministic();",
    to: "",
    tests: ["test/trust/determinism"],
  },
  {
    about: "a patch forgets its last write",
    file: "src/fast/values/interner.ts",
    from: "for (const [place, code] of changes) codes[place]",
    to: "for (const [place, code] of changes.slice(0, -1)) codes[place]",
    tests: ["test/laws/engine-agreement"],
  },
  {
    about: "a property that was hit is no longer counted as seen",
    file: "src/fast/learn/verdicts.ts",
    from: "of === place && bits & SEEN",
    to: "of === place && bits & SEEN && !(bits & HIT)",
    tests: ["test/laws/engine-agreement"],
  },
  {
    about: "only the first instance of a property counts",
    file: "src/fast/learn/verdicts.ts",
    from: "bits.set(place, (bits.get(place) ?? 0) | more)",
    to: "bits.set(place, bits.get(place) ?? more)",
    tests: ["test/trust/violations"],
  },
  {
    about: "a property without arguments is asked, one with arguments is asked for its first choice only",
    file: "src/problem/exploration.ts",
    from: "choices(property.args, scope).map((args) => ({ place, property, args }))",
    to: "choices(property.args, scope).slice(0, 1).map((args) => ({ place, property, args }))",
    tests: ["test/methods/symmetry/symmetry", "test/oracle/two-phase-commit", "test/report/json"],
  },
  {
    about: "holds is said of a search that was cut short",
    file: "src/check/verdict.ts",
    from: 'if (stop !== "exhausted" && !isBound(stop))',
    to: "if (Number.isNaN(stop))",
    tests: ["test/check/verdict"],
  },
  {
    about: "holds is said where the antecedent never occurred",
    file: "src/check/verdict.ts",
    from: "if (seen === undefined)",
    to: "if (where === undefined)",
    tests: ["test/check/verdict"],
  },
  {
    about: "a bounded search is said to be complete",
    file: "src/check/verdict.ts",
    from: 'verdict: stop === "exhausted" ? "holds" : "holds-to-bound"',
    to: 'verdict: stop === "exhausted" ? "holds" : "holds"',
    tests: ["test/check/verdict"],
  },
  {
    about: "a run that does not end in a violation is reported all the same",
    file: "src/check/confirm.ts",
    from: "if (args !== undefined) return { path, trace, args };",
    to: "return { path, trace, args: args ?? {} };",
    tests: ["test/check/confirm"],
  },
  {
    about: "an antecedent is ignored",
    file: "src/model/judge.ts",
    from: 'if (property.antecedent !== undefined && !yes("antecedent", () => property.antecedent!(state, args)))',
    to: "if (false)",
    tests: ["test/trust/violations"],
  },
  {
    about: "an action is dropped from the model where a design replaces it",
    file: "src/model/model.ts",
    from: ".map((action) => replaced.get(action.name) ?? action)",
    to: ".filter((action) => !replaced.has(action.name))",
    tests: ["test/model/model"],
  },
  {
    about: "the last choice of an argument is never made",
    file: "src/model/action.ts",
    from: "valuesOf(range, scope).map(",
    to: "valuesOf(range, scope).slice(0, Math.max(1, valuesOf(range, scope).length - 1)).map(",
    tests: ["test/model/model"],
  },
  {
    about: "an unexpected verdict passes the gate",
    file: "src/check/verdict.ts",
    from: "if (verdict === expected) return true;",
    to: "return true;",
    tests: ["test/check/verdict"],
  },
  {
    about: "a violation that nobody recorded passes the gate",
    file: "src/check/verdict.ts",
    from: 'if (expected === undefined) return verdict !== "violated";',
    to: "if (expected === undefined) return true;",
    tests: ["test/attack/a4"],
  },
  ...trustMutants,
  ...unboundedMutants,
  ...askedMutants,
  ...symmetryMutants,
  ...porMutants,
  ...tableMutants,
  ...threadMutants,
  ...wordMutants,
  ...constraintMutants,
];
