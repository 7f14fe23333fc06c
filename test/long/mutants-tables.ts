import type { Mutant } from "./mutate.ts";

const table = "src/fast/visited/table.ts";
const tables = "src/fast/visited/tables.ts";
const expander = "src/fast/search/expander.ts";
const looks = "src/fast/learn/state-verdicts.ts";

const visited = ["test/fast/visited/visited"];
const agreement = ["test/laws/engine-agreement"];

/** Bugs in what a search is fast by: the visited set, and what is left out because it is known already. */
export const tableMutants: readonly Mutant[] = [
  {
    about: "a table is left at its last slot and not gone on with at its first",
    file: table,
    from: "slot = slot === last ? 0 : slot + 1;",
    to: "if (slot === last) break; slot++;",
    tests: visited,
  },
  {
    about: "states of several words are the same where their first words are",
    file: table,
    from: "if (cell === first && this.#same(states, at, here * words)) return -1;",
    to: "if (cell === first) return -1;",
    tests: visited,
  },
  {
    about: "half of a state that another thread is putting in is taken for another one",
    file: table,
    from: "this.#isUnmistakable(states, at) && ",
    to: "",
    tests: visited,
  },
  {
    about: "states that do not move up as a table grows are lost",
    file: table,
    from: "for (let i = 0; i < words; i++) waiting.push(cells[at + i]);",
    to: "waiting.length = 0;",
    tests: visited,
  },
  {
    about: "a table that is split keeps the states that the other one is asked for",
    file: table,
    from: "upper !== undefined && upper.#isUpper(cells, at)",
    to: "upper !== undefined && !upper.#isUpper(cells, at)",
    tests: visited,
  },
  {
    about: "a table that was split is searched from where it was",
    file: table,
    from: "(mixed(0, states[i]) << common)",
    to: "mixed(0, states[i])",
    tests: visited,
  },
  {
    about: "the first of several tables is asked of all states",
    file: tables,
    from: "if (tables.length === 1) return",
    to: "if (tables.length > 0) return",
    tests: visited,
  },
  {
    about: "what one of several tables says is said of other states",
    file: tables,
    from: "fresh[this.#places[i]] = this.#said[i]",
    to: "fresh[i] = this.#said[i]",
    tests: visited,
  },
  {
    about: "tables may become as large as no memory that grows can be",
    file: tables,
    from: "while (slots > number * this.#mostSlots(words)) number *= 2;",
    to: "",
    tests: visited,
  },
  {
    about: "the bytes for growing are those of one table only",
    file: tables,
    from: "(number - this.#tables.length) * each * words * 4",
    to: "0",
    tests: visited,
  },
  {
    about: "of a state of one word only the home is changed",
    file: expander,
    from: "const patched = first + 2 * cells[outcome + 3];",
    to: "const patched = first;",
    tests: agreement,
  },
  {
    about: "states of one word are not put in canonical form",
    file: expander,
    from: "        canonical.apply(words, n);\n",
    to: "",
    tests: ["test/laws/symmetry"],
  },
  {
    about: "a filter drops what it has not seen",
    file: expander,
    from: "!filter.passes(after, step, said)",
    to: "filter.passes(after, step, said)",
    tests: ["test/fast/threads/search-thread"],
  },
  {
    about: "what all states with an id have as their verdict is forgotten where others look further",
    file: looks,
    from: "none, ~constant]",
    to: "none, ~0]",
    tests: agreement,
  },
  {
    about: "a verdict goes by the id as it is packed",
    file: looks,
    from: " ^ flip[member]",
    to: "",
    tests: agreement,
  },
  {
    about: "a property that looks further is asked of the state before",
    file: looks,
    from: "if (!isUnpacked) unpack(layout, words, at, this.#ids);",
    to: "if (isUnpacked) unpack(layout, words, at, this.#ids);",
    tests: agreement,
  },
];
