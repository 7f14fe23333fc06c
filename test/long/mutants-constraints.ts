import type { Mutant } from "./mutate.ts";

const fifo = ["test/oracle/inner-fifo"];
const crossing = ["test/oracle/missionaries"];

/** Bugs in what constraints, guards on the successor and arguments that are sets mean. */
export const constraintMutants: readonly Mutant[] = [
  {
    about: "states beyond a constraint are expanded",
    file: "src/fast/search/expander.ts",
    from: "if (this.#beyond !== undefined && this.#beyond.verdict(words, at) !== 0) return notExpanded;",
    to: "",
    tests: fifo,
  },
  {
    about: "states beyond a constraint count as without a next step",
    file: "src/fast/search/ordered-batch.ts",
    from: "if (enabled === 0) this.dead.push(this.next);",
    to: "if (enabled <= 0) this.dead.push(this.next);",
    tests: ["test/command/constraints"],
  },
  {
    about: "to a thread a state beyond a constraint is one without a next step",
    file: "src/fast/threads/search-thread.ts",
    from: "if (isBeyond) continue;",
    to: "if (isBeyond && ++counts.dead > 0) continue;",
    tests: ["test/fast/threads/workers"],
  },
  {
    about: "a search that a constraint has cut off is complete",
    file: "src/problem/constrained.ts",
    from: 'stop ?? (constrained > 0 ? "constraint" : undefined)',
    to: "stop ?? (constrained < 0 ? undefined : undefined)",
    tests: fifo,
  },
  {
    about: "the last constraint is not looked at",
    file: "src/problem/constrained.ts",
    from: "constraints.every((constraint) => holdsIn(constraint, state))",
    to: "constraints.every((constraint, i) => i === constraints.length - 1 || holdsIn(constraint, state))",
    tests: fifo,
  },
  {
    about: "behaviour beyond a constraint breaks a liveness property",
    file: "src/liveness/liveness.ts",
    from: "{ ...question, inside: (id) => inside(id) && question.inside(id) }",
    to: "question",
    tests: ["test/laws/liveness"],
  },
  {
    about: "a guard on the successor is not asked",
    file: "src/fast/learn/recorder.ts",
    from: "return guardAfterHolds(step, this.before, this.after);",
    to: "return guardAfterHolds(step, this.before, this.after) || true;",
    tests: crossing,
  },
  {
    about: "a guard on the successor is asked about the state before",
    file: "src/fast/learn/recorder.ts",
    from: "guardAfterHolds(step, this.before, this.after)",
    to: "guardAfterHolds(step, this.before, this.before)",
    tests: crossing,
  },
  {
    about: "a constraint may tell members apart that count as one",
    file: "src/methods/symmetry/choose-families.ts",
    from: "const found = judgedOf(all, sample, family);",
    to: "const found = judgedOf(problem, sample, family);",
    tests: fifo,
  },
  {
    about: "a run goes on beyond a constraint",
    file: "src/check/trace.ts",
    from: "if (!satisfies(problem, before))",
    to: "if (!satisfies({}, before))",
    tests: ["test/command/constraints"],
  },
  {
    about: "a bound on switches is blamed for steps beyond a constraint",
    file: "src/methods/switches/switches.ts",
    from: "if (!satisfies(problem, plain)) return true;",
    to: "",
    tests: fifo,
  },
  {
    about: "a second look goes on beyond a constraint",
    file: "src/doubt/second-look.ts",
    from: "this.#constrained++;\n      return;",
    to: "this.#constrained++;",
    tests: fifo,
  },
  {
    about: "a verdict within a constraint passes for the one expected of all states",
    file: "src/check/verdict.ts",
    from: 'return stop !== "exhausted" && stop !== "constraint" && stop !== "left-out";',
    to: 'return stop !== "exhausted" && stop !== "left-out";',
    tests: ["test/check/verdict"],
  },
  {
    about: "the empty set is no argument",
    file: "src/model/action.ts",
    from: "return setsFrom(none, scope, range.subsetOf);",
    to: "return setsFrom(none + 1, scope, range.subsetOf);",
    tests: crossing,
  },
  {
    about: "arguments that may be empty sets keep their members",
    file: "src/model/action.ts",
    from: 'return "subsetOf" in range ? range.subsetOf : undefined;',
    to: "return undefined;",
    tests: crossing,
  },
];
