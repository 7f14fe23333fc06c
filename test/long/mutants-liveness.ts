import type { Mutant } from "./mutate.ts";

const liveness = "src/explore/liveness";

/** Bugs of the kinds that checkers of liveness have had, each planted alone. */
export const livenessMutants: readonly Mutant[] = [
  {
    about: "strong fairness is no more than weak",
    file: `${liveness}/fair-components.ts`,
    from: "sets.meet(somewhere, strong)",
    to: "sets.meet(everywhere, strong)",
  },
  {
    about: "weak fairness forbids no loop",
    file: `${liveness}/fair-components.ts`,
    from: "sets.without(sets.meet(everywhere, weak), taken) !== 0",
    to: "taken < 0",
  },
  {
    about: "a component that starves a strong condition is given up as a whole",
    file: `${liveness}/fair-components.ts`,
    from: "sets.meet(conditions.enabled(id), starved) === 0",
    to: "id < 0",
  },
  {
    about: "states that are assumed to recur need not",
    file: `${liveness}/conditions.ts`,
    from: "if (!holds(id)) set",
    to: "if (id < 0 && !holds(id)) set",
  },
  {
    about: "states that are assumed to recur are assumed to stay",
    file: `${liveness}/conditions.ts`,
    from: "condition.strong ? [condition.place] : []));",
    to: "condition.strong ? [condition.place] : [])).concat([...conditions.keys()].filter((place) => 'recurs' in conditions[place]));",
  },
  {
    about: "a run is fair though states that are assumed to recur do not",
    file: "src/check/lasso.ts",
    from: 'if ("recurs" in condition) return recurring.some((state) => condition.recurs(state));',
    to: 'if ("recurs" in condition) return true;',
  },
  {
    about: "steps that leave a component satisfy its conditions",
    file: `${liveness}/fair-components.ts`,
    from: "if (to[i] >= 0 && has(to[i]) && ",
    to: "if (to[i] >= 0 && ",
  },
  {
    about: "states that must be visited need not be",
    file: `${liveness}/fair-components.ts`,
    from: "if (!visits || ",
    to: "if (",
  },
  {
    about: "a component may be closed by a step that is not allowed",
    file: `${liveness}/components.ts`,
    from: "(allowed === undefined || allowed(id, step[i]))",
    to: "(allowed === undefined || id >= 0)",
  },
  {
    about: "components that a back step joins stay apart",
    file: `${liveness}/components.ts`,
    from: "else while (met[this.#bounds.top] > met[to])",
    to: "else if (met[this.#bounds.top] > met[to])",
  },
  {
    about: "a component left behind is taken for one on the way",
    file: `${liveness}/components.ts`,
    from: "for (const member of component) this.#met[member] = DONE;",
    to: "",
  },
  {
    about: "nothing ever stops",
    file: `${liveness}/lasso.ts`,
    from: "conditions.enabled(id) === 0",
    to: "id < 0",
  },
  {
    about: "what must be visited need not be where everything stops",
    file: `${liveness}/lasso.ts`,
    from: "(must === undefined || must(id)) && ",
    to: "",
  },
  {
    about: "a loop begins one step late",
    file: `${liveness}/lasso.ts`,
    from: "loopAt: steps.length }",
    to: "loopAt: steps.length + 1 }",
  },
  {
    about: "a way round is taken that leaves conditions unmet",
    file: `${liveness}/loop.ts`,
    from: "if (visits(round) && unmet(round) === 0) return round;",
    to: "if (visits(round)) return round;",
  },
  {
    about: "a run goes through states that decide the property",
    file: `${liveness}/region.ts`,
    from: " || !this.#inside(id)) return;",
    to: ") return;",
  },
  {
    about: "a leads-to is asked of every state",
    file: `${liveness}/question.ts`,
    from: "{ inside: not(ask(property.to)), source: ask(property.from) }",
    to: "{ inside: not(ask(property.to)) }",
  },
  {
    about: "an eventually is asked of later states only",
    file: `${liveness}/question.ts`,
    from: "source: (id) => id < starts",
    to: "source: (id) => id >= starts",
  },
  {
    about: "steps that change nothing count, in the fast engine",
    file: `${liveness}/fast-graph.ts`,
    from: "if (to === from) continue;",
    to: "",
  },
  {
    about: "states are found again at the wrong number",
    file: `${liveness}/state-index.ts`,
    from: "this.#slots[slot] = id;",
    to: "this.#slots[slot] = id >>> 1;",
  },
  {
    about: "what a fairness condition depends on is asked once only",
    file: `${liveness}/fast-graph.ts`,
    from: "this.#trie.follow(cells + step, this.#ids)",
    to: "this.#trie.follow(cells, this.#ids)",
  },
  {
    about: "conditions are told apart up to the 32nd",
    file: `${liveness}/sets.ts`,
    from: "[...new Set(members)]",
    to: "[...new Set(members.map((one) => one & 31))]",
  },
  {
    about: "a condition that only sometimes binds always does",
    file: `${liveness}/conditions.ts`,
    from: "if (asked(from, step)) set",
    to: "if (from >= 0) set",
  },
  {
    about: "the last level inside a bound is taken for expanded",
    file: `${liveness}/liveness.ts`,
    from: 'whole === "depth" ? levels.slice(0, -1) : levels',
    to: "levels",
  },
  {
    about: "what a limit left is taken for all there is",
    file: `${liveness}/liveness.ts`,
    from: '(whole !== "exhausted" && whole !== "depth")',
    to: 'whole === "switches"',
  },
  {
    about: "a later choice of arguments makes up for an earlier one",
    file: `${liveness}/liveness.ts`,
    from: "lassos.set(place, lasso);",
    to: "lassos.set(place, lasso);\n    if (lasso === undefined) lassos.delete(place);",
  },
  {
    about: "holds is said of liveness after a limit",
    file: "src/check/verdict.ts",
    from: 'if (stop !== "exhausted" && stop !== "depth")',
    to: "if (Number.isNaN(stop))",
  },
  {
    about: "an unfair loop is confirmed",
    file: "src/check/lasso.ts",
    from: "return unmet && `it is not fair: ${unmet.name} is not met`;",
    to: "return unmet === undefined ? undefined : undefined;",
  },
  {
    about: "a loop that does not close is confirmed",
    file: "src/check/lasso.ts",
    from: 'if (!run.closed) return "it does not return to the state where its loop begins";',
    to: "",
  },
  {
    about: "an action that the model lacks is fair without a word",
    file: "src/model/fairness.ts",
    from: "if (!names.includes(name))",
    to: "if (names.length === 0)",
  },
];
