import type { Mutant } from "./mutate.ts";

const preparation = ["test/attack/b3-por-preparation"];

/** Bugs where something is longer than expected: a run without an end, a preparation, data that are spread. */
export const unboundedMutants: readonly Mutant[] = [
  {
    about: "a run that does not end is waited for",
    file: "src/derive/interruptible.ts",
    from: "{ timeout: milliseconds }",
    to: "{}",
    tests: preparation,
  },
  {
    about: "B6: what had too little of a processor is taken not to end",
    file: "src/derive/evaluation-limit.ts",
    from: "if (taken >= most) throw",
    to: "if (taken >= 0) throw",
    tests: ["test/attack/endless-loops"],
  },
  {
    about: "B6: what was broken off half-way counts as done",
    file: "src/derive/evaluated.ts",
    from: "if (cuts === before) throw error;",
    to: "throw error;",
    tests: ["test/attack/endless-loops"],
  },
  {
    about: "what was found out of steps until too much was spent is taken for all there is",
    file: "src/methods/por/read-write-sets.ts",
    from: "if (budget.spent) return undefined;",
    to: "",
    tests: preparation,
  },
  {
    about: "what was found out of a step until the first pause is taken for all there is",
    file: "src/methods/por/read-write-sets.ts",
    from: "while (!exhaust.grow() && !budget.spent) {",
    to: "if (!exhaust.grow() && !budget.spent) {",
    tests: preparation,
  },
  {
    about: "nothing is asked whether to go on while it is found out what steps may do",
    file: "src/methods/por/prepare.ts",
    from: "if ((await ask()) !== undefined)",
    to: "if ((await ask()) === null)",
    tests: preparation,
  },
  {
    about: "a bound on depth is taken where steps were to be left out and are not",
    file: "src/methods/por/reduced.ts",
    from: "dependence !== undefined || notReduced !== undefined;",
    to: "dependence !== undefined;",
    tests: preparation,
  },
  {
    about: "why nothing is left out is not said",
    file: "src/report/summary.ts",
    from: "outcome.problem.notReduced === undefined",
    to: "outcome.problem.notReduced !== null",
    tests: preparation,
  },
  {
    about: "the start states of a checkpoint are spread",
    file: "src/fast/search/search.ts",
    from: "for (const start of standing.starts) this.paths.starts.push(start);",
    to: "this.paths.starts.push(...standing.starts);",
    tests: ["test/attack/b1-b2-long-data"],
  },
];
