import type { Mutant } from "./mutate.ts";

/** The tests of symmetry, those that find most bugs first. */
const tests = [
  "test/fast/symmetry/packed-canonical",
  "test/methods/symmetry/symmetry",
  "test/derive/renaming",
  "test/oracle/orbits",
  "test/laws/symmetry",
  "test/command/symmetry",
];

const bugs: readonly Mutant[] = [
  {
    about: "members of a nested vector keep their places under new names",
    file: "src/derive/renaming.ts",
    from: "const renamed = own(names, node.family)?.[key as number] ?? key;",
    to: "const renamed = node === (root as { fields?: Record<string, Node> }).fields?.[path[0]] ? (names[node.family]?.[key as number] ?? key) : key;",
  },
  {
    about: "index and set leaves keep their values under new names",
    file: "src/derive/renaming.ts",
    from: 'if (node.kind !== "index" && node.kind !== "set") return undefined;',
    to: "return undefined;",
  },
  {
    about: "what was not expanded stands for nothing",
    file: "src/fast/fast-engine.ts",
    from: "fullOf([counted.full, fullFrontier(search), ",
    to: "fullOf([counted.full, ",
  },
  {
    about: "a state that some names leave as it is stands for as many as any",
    file: "src/fast/symmetry/packed-canonical.ts",
    from: "/ (same.length + 1);",
    to: "/ 1;",
  },
  {
    about: "only two members ever change places",
    file: "src/derive/renaming.ts",
    from: ".filter((names) => moved(names) > 0)",
    to: ".filter((names) => moved(names) > 0 && Object.values(names).every((family) => family.filter((name, i) => name !== i).length <= 2))",
  },
  {
    about: "members are sorted by their first vector alone",
    file: "src/fast/symmetry/packed-canonical.ts",
    from: "for (let v = 0; v < ranks.length; v++) {\n      const members = ranks[v];\n      const difference",
    to: "for (let v = 0; v < 1; v++) {\n      const members = ranks[v];\n      const difference",
  },
  {
    about: "a naming that ties at a component is not looked at further",
    file: "src/fast/symmetry/packed-canonical.ts",
    from: "if (difference > 0) return;\n      if (difference < 0) first = true;",
    to: "if (difference >= 0) return;\n      first = true;",
  },
  {
    about: "what was read under other names is forgotten",
    file: "src/fast/symmetry/equivariance-check.ts",
    from: "for (const leaf of this.#leavesOf(other.reads)) all.add(idRenaming.leafFrom[leaf]);",
    to: "",
  },
  {
    about: "what was not written is not read",
    file: "src/fast/symmetry/symmetric-effects.ts",
    from: "if (written === undefined) reads(leaf);",
    to: "",
  },
  {
    about: "asymmetry goes unnoticed",
    file: "src/fast/symmetry/equivariance-check.ts",
    from: "if (!agree(",
    to: "if (Number.isNaN(i) && !agree(",
  },
  {
    about: "a run keeps the names of the states that stand for others",
    file: "src/methods/symmetry/real-run.ts",
    from: "return names.steps[step];",
    to: "return step;",
  },
  {
    about: "values are ordered as they were met",
    file: "src/fast/symmetry/value-order.ts",
    from: "this.keys[at] = this.keys[at] * size + this.#interner.code(id, leaf);",
    to: "this.keys[at] = id + 0 * size * leaf;",
  },
  {
    about: "members of a family change places in its first vector alone",
    file: "src/fast/symmetry/packed-canonical.ts",
    from: "for (let v = 0; v < ranks.length; v++) {\n          const members = ranks[v];\n          const a",
    to: "for (let v = 0; v < 1; v++) {\n          const members = ranks[v];\n          const a",
  },
  {
    about: "the last vector over a family comes first",
    file: "src/fast/symmetry/packed-canonical.ts",
    from: "for (let v = 0; v < ranks.length; v++) {\n      const members = ranks[v];\n      const difference",
    to: "for (let v = ranks.length - 1; v >= 0; v--) {\n      const members = ranks[v];\n      const difference",
  },
  {
    about: "of sorted vectors the first alone is written back",
    file: "src/fast/symmetry/packed-canonical.ts",
    from: "if (!this.#sort(ids, ranks)) return;\n    for (let v = 0; v < ranks.length; v++)",
    to: "if (!this.#sort(ids, ranks)) return;\n    for (let v = 0; v < 1; v++)",
  },
  {
    about: "of several vectors over a family the first alone is sorted",
    file: "src/fast/symmetry/packed-canonical.ts",
    from: "if (ranks.length > 1 || ",
    to: "if (",
  },
  {
    about: "values too wide for one number are ordered by their first number",
    file: "src/fast/symmetry/packed-canonical.ts",
    from: "if (ranks.length > 1 || this.#orders[ranks[0][0]].width > 1)",
    to: "if (ranks.length > 1)",
  },
  {
    about: "a sorted member moves by one place at most",
    file: "src/fast/symmetry/packed-canonical.ts",
    from: "for (let j = i; j > 0 && this.#compare(ids, ranks, j - 1, j) > 0; j--) {",
    to: "for (let j = i; j === i && this.#compare(ids, ranks, j - 1, j) > 0; j--) {",
  },
  {
    about: "a member of the one vector moves by one place at most",
    file: "src/fast/symmetry/packed-canonical.ts",
    from: "for (; place > 0 && keys[place - 1] > key; place--) {",
    to: "for (; place === i && place > 0 && keys[place - 1] > key; place--) {",
  },
  {
    about: "the two last of three members are never exchanged",
    file: "src/fast/symmetry/packed-canonical.ts",
    from: "for (let i = 1; i < size; i++)",
    to: "for (let i = 1; i < Math.min(size, 2); i++)",
  },
  {
    about: "a family that something else refers to is sorted all the same",
    file: "src/fast/symmetry/packed-canonical.ts",
    from: "if (familiesOf({ node: over ? node.item : node }).includes(family)) return undefined;",
    to: "if (over && familiesOf({ node: node.item }).includes(family)) return undefined;",
  },
  {
    about: "a family whose members refer to each other is sorted all the same",
    file: "src/fast/symmetry/packed-canonical.ts",
    from: "if (familiesOf({ node: over ? node.item : node }).includes(family)) return undefined;",
    to: "if (!over && familiesOf({ node }).includes(family)) return undefined;",
  },
  {
    about: "a state under its own names is not sorted before others are tried",
    file: "src/fast/symmetry/packed-canonical.ts",
    from: "for (const ranks of this.#sorted) this.#sort(least, ranks);",
    to: "",
  },
  {
    about: "a state under other names is not sorted",
    file: "src/fast/symmetry/packed-canonical.ts",
    from: "for (const ranks of this.#sorted) this.#sort(tried, ranks);",
    to: "",
  },
  {
    about: "a naming that is behind at a later component is given up though it was ahead before",
    file: "src/fast/symmetry/packed-canonical.ts",
    from: "if (difference < 0) break;",
    to: "",
  },
  {
    about: "a component that keeps its place is not compared though its value is renamed",
    file: "src/fast/symmetry/packed-canonical.ts",
    from: "idRenaming.to[place] !== place || idRenaming.changes(place)",
    to: "idRenaming.to[place] !== place",
  },
  {
    about: "a naming that was ahead is given up at the next component that is behind",
    file: "src/fast/symmetry/packed-canonical.ts",
    from: "const difference = first ? -1 : this.#orders",
    to: "const difference = this.#orders",
  },
  {
    about: "values that were met late come first",
    file: "src/fast/symmetry/value-order.ts",
    from: "if (a >= this.known || b >= this.known) this.learn();",
    to: "if (this.known === 0) this.learn();",
  },
  {
    about: "values that were met late come first in the one vector",
    file: "src/fast/symmetry/packed-canonical.ts",
    from: "if (id >= order.known) order.learn();",
    to: "if (order.known === 0) order.learn();",
  },
  {
    about: "leaf codes beyond what a number holds are one number all the same",
    file: "src/fast/symmetry/value-order.ts",
    from: "if (product > Number.MAX_SAFE_INTEGER) {",
    to: "if (product > Number.MAX_VALUE) {",
  },
  {
    about: "of values of several numbers the last alone counts",
    file: "src/fast/symmetry/value-order.ts",
    from: "for (let i = 0; i < width; i++) {",
    to: "for (let i = width - 1; i < width; i++) {",
  },
  {
    about: "nested vectors keep their order where a value is renamed",
    file: "src/fast/symmetry/id-renaming.ts",
    from: "renamed[this.#space.leaves[this.leafTo[leaf]].place] = this.code(leaf, code);",
    to: "renamed[place] = this.code(leaf, code);",
  },
  {
    about: "the new names of an id are kept before it is given out",
    file: "src/fast/symmetry/id-renaming.ts",
    from: "if (id >= interner.next) return id;",
    to: "",
  },
  {
    about: "members of a vector keep their places under other names",
    file: "src/fast/symmetry/id-renaming.ts",
    from: "out[to[member]] = this.id(member, ids[member]);",
    to: "out[member] = this.id(member, ids[member]) + 0 * to[member];",
  },
  {
    about: "a naming is undone instead of done",
    file: "src/fast/symmetry/id-renaming.ts",
    from: "this.leafTo = renaming.to;\n    const from = leaves.map(() => 0);\n    renaming.to.forEach((to, leaf) => (from[to] = leaf));\n    this.leafFrom = from;",
    to: "const from = leaves.map(() => 0);\n    renaming.to.forEach((to, leaf) => (from[to] = leaf));\n    this.leafTo = from;\n    this.leafFrom = renaming.to;",
  },
  {
    about: "a set keeps one of its members under new names",
    file: "src/derive/renaming.ts",
    from: "has(set, member) ? add(renamed, name) : renamed), none)",
    to: "has(set, member) ? add(renamed, name) : renamed), has(set, 0) ? 1 : none)",
  },
  {
    about: "arguments that are sets keep their members",
    file: "src/methods/symmetry/symmetry-of.ts",
    from: "const members = family === undefined ? undefined : own(names, family);",
    to: "const members = undefined as readonly number[] | undefined;",
  },
  {
    about: "any start passes for a symmetric one",
    file: "src/methods/symmetry/choose-families.ts",
    from: "if (sample.reaches(renamed)) continue;",
    to: "continue;",
  },
  {
    about: "a step property that tells members apart passes the look before the search",
    file: "src/methods/symmetry/choose-families.ts",
    from: "if (after !== undefined) asymmetry ??= found(() => ofTransition(step, before, after));",
    to: "",
  },
  {
    about: "of a property taken as a whole, what one instance says is what all say",
    file: "src/methods/symmetry/symmetry-checks.ts",
    from: "args.reduce((bits, one) => bits | look(one), 0);",
    to: "look(args[0]);",
  },
  {
    about: "a step property of a step is not compared under other names",
    file: "src/fast/symmetry/symmetric-effects.ts",
    from: "agree: (_, own, renamed) => own === renamed,",
    to: "agree: () => true,",
  },
];

/** Bugs in counting up to symmetry: a canonical form that is none, asymmetry that goes unnoticed, mixed-up names. */
export const symmetryMutants: readonly Mutant[] = bugs.map((bug) => ({ ...bug, tests }));
