// In some folders a file adds what it exports by default: a world, an option, an action, or several. The lists of them are
// written here, before every build and test: a new file need not be added anywhere.
import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path/posix";
import { Script } from "node:vm";

/** Each list: where it is, what it is called and of what type, if not of those of the files, and the folder of these. */
const lists = [
  {
    file: "scenarios/every-world.ts",
    folder: "scenarios",
    except: ["claims", "findings", "mutations"],
    about: "Every world, in the order of `list scenarios`: the first is the default.",
    name: "everyWorld",
    type: { name: "KvmScenario", from: "./world.ts" },
  },
  {
    file: "scenarios/claims/every-claim.ts",
    folder: "scenarios/claims",
    about: "Every claim, in the order of docs/claims.md.",
    name: "everyClaim",
    type: { name: "Claim", from: "#check" },
  },
  {
    file: "scenarios/mutations/rows.ts",
    folder: "scenarios/mutations",
    about: "Every mutation, in the order of docs/mutations.md.",
    name: "mutationRows",
    type: { name: "MutationRow", from: "./row.ts" },
  },
  {
    file: "scenarios/findings/every-finding.ts",
    folder: "scenarios/findings",
    about: "Every finding, in the order of docs/findings.md.",
    name: "everyFinding",
    type: { name: "Finding", from: "#check" },
  },
  {
    file: "models/kvm/every-guest.ts",
    folder: "models/kvm/actions",
    about: "The actions of every guest, in the order of its steps.",
    name: "everyGuest",
    type: { name: "OfEveryGuest", from: "./ops.ts" },
  },
  {
    file: "models/kvm/options/every-option.ts",
    folder: "models/kvm/options",
    about: "Every option, in the order in which what they add is added.",
    name: "everyOption",
  },
  {
    file: "models/textbook/index.ts",
    folder: "models/textbook",
    except: ["benchmark"],
    about: "Textbook models whose numbers are known from other tools.",
    name: "oracles",
    type: { name: "AnyScenario", from: "#check" },
  },
];

/** The files of a folder and those below it that export something by default. */
const adding = (root, { folder, except = [] }) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts") && !except.includes(path.split("/")[0]))
    .filter((path) => /^export default /m.test(readFileSync(join(root, folder, path), "utf8")))
    .map((path) => join(folder, path))
    .toSorted();

/** The text of a file, empty where there is none. */
const textOf = (path) => {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return "";
    throw error;
  }
};

/** The files that a list has so far, in its order. */
const listed = (root, { file }) =>
  [...textOf(join(root, file)).matchAll(/^import \w+ from "(\..*)";$/gm)].map(([, path]) =>
    join(dirname(file), path),
  );

/** A name for what a file adds; with `_` before it where the language or the list itself would not have it. */
const nameOf = (path, own) => {
  const name = path.replace(/\.ts$/, "").replaceAll(/\W+(\w)?/g, (_, next = "") => next.toUpperCase());
  try {
    new Script(`"use strict"; async () => { let ${own}, ${name}; }`);
    return name;
  } catch {
    return `_${name}`;
  }
};

/** What the default export of each file is called in a list: after its file, with the folder where that is not enough. */
const namesOf = (files, { folder, name: own }) => {
  const short = files.map((file) => nameOf(basename(file), own));
  return files.map((file, i) =>
    short.filter((name) => name === short[i]).length === 1 ? short[i] : nameOf(relative(folder, file), own),
  );
};

/** The text of a list: what it had stays in its order, files that are new come after it. */
const listText = (root, list) => {
  const { file, folder, about, name, type } = list;
  const there = adding(root, list);
  const files = [...new Set([...listed(root, list).filter((one) => there.includes(one)), ...there])];
  const names = namesOf(files, list);
  const place = (path) => {
    const from = relative(dirname(file), path);
    return from.startsWith(".") ? from : `./${from}`;
  };
  return [
    `// Written by scripts/folder-lists.mjs, before every build and test: each file in ${folder} that has a default export.`,
    "// The order is that of these lines, which may be moved; a new file comes last.",
    ...(type === undefined ? [] : [`import type { ${type.name} } from "${type.from}";`]),
    ...files.map((path, i) => `import ${names[i]} from "${place(path)}";`),
    "",
    `/** ${about} */`,
    `export const ${name}${type === undefined ? "" : `: readonly ${type.name}[]`} = [`,
    ...names.map((one) => `  ${one},`),
    "].flat();",
    "",
  ].join("\n");
};

/** Writes the lists that are not as their folders are; no reader finds one half written. */
export const writeLists = (root, lists) => {
  for (const list of lists) {
    const whole = join(root, list.file);
    const text = listText(root, list);
    if (text === textOf(whole)) continue;
    writeFileSync(`${whole}.${process.pid}`, text);
    renameSync(`${whole}.${process.pid}`, whole);
  }
};

/** Before the tests, as vitest calls it. */
export const setup = () => writeLists(join(import.meta.dirname, ".."), lists);

if (process.argv[1] === import.meta.filename) setup();
