import type { Mutant } from "./mutate.ts";

/** Bugs in counting up to symmetry: a canonical form that is none, asymmetry that goes unnoticed, mixed-up names. */
export const symmetryMutants: readonly Mutant[] = [
  {
    about: "members of a nested vector keep their places under new names",
    file: "src/derive/symmetry.ts",
    from: "const renamed = names[node.family]?.[key as number] ?? key;",
    to: "const renamed = node === (root as { fields?: Record<string, Node> }).fields?.[path[0]] ? (names[node.family]?.[key as number] ?? key) : key;",
  },
  {
    about: "index and set leaves keep their values under new names",
    file: "src/derive/symmetry.ts",
    from: 'if (node.kind !== "index" && node.kind !== "set") return undefined;',
    to: "return undefined;",
  },
  {
    about: "only two members ever change places",
    file: "src/derive/symmetry.ts",
    from: ".filter((names) => moved(names) > 0)",
    to: ".filter((names) => moved(names) > 0 && Object.values(names).every((family) => family.filter((name, i) => name !== i).length <= 2))",
  },
  {
    about: "members are sorted by their first vector alone",
    file: "src/explore/fast/canonical.ts",
    from: "for (let v = 0; v < ranks.length; v++) {\n      const members = ranks[v];\n      const difference",
    to: "for (let v = 0; v < 1; v++) {\n      const members = ranks[v];\n      const difference",
  },
  {
    about: "a naming that ties at a component is not looked at further",
    file: "src/explore/fast/canonical.ts",
    from: "if (difference > 0) return;\n      if (difference < 0) first = true;",
    to: "if (difference >= 0) return;\n      first = true;",
  },
  {
    about: "what was read under other names is forgotten",
    file: "src/explore/fast/twins.ts",
    from: "for (const leaf of this.#leavesOf(other.reads)) all.add(renamer.leafFrom[leaf]);",
    to: "",
  },
  {
    about: "what was not written is not read",
    file: "src/explore/fast/symmetric-effects.ts",
    from: "if (written === undefined) reads(leaf);",
    to: "",
  },
  {
    about: "asymmetry goes unnoticed",
    file: "src/explore/fast/twins.ts",
    from: "if (!agree(",
    to: "if (Number.isNaN(i) && !agree(",
  },
  {
    about: "a run keeps the names of the states that stand for others",
    file: "src/explore/symmetry/real-run.ts",
    from: "return names.steps[step];",
    to: "return step;",
  },
  {
    about: "values are ordered as they were met",
    file: "src/explore/fast/order.ts",
    from: "this.keys[at] = this.keys[at] * size + this.#interner.code(id, leaf);",
    to: "this.keys[at] = id + 0 * size * leaf;",
  },
];
