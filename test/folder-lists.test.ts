import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { runs } from "./fixtures/runs.ts";

interface List {
  readonly file: string;
  readonly folder: string;
  readonly except?: readonly string[];
  readonly about: string;
  readonly name: string;
  readonly type: { readonly name: string; readonly from: string };
}

const { writeLists } = (await import(new URL("../scripts/folder-lists.mjs", import.meta.url).href)) as {
  readonly writeLists: (root: string, lists: readonly List[]) => void;
};

const list: List = {
  file: "lists/all.ts",
  folder: "things",
  except: ["others"],
  about: "All things.",
  name: "all",
  type: { name: "Thing", from: "../thing.ts" },
};

/** Does something with a folder that has these files, and those below `lists`. */
const withFiles = <T>(files: Readonly<Record<string, string>>, use: (root: string) => T): T => {
  const root = mkdtempSync(join(tmpdir(), "apicv-check-lists-"));
  try {
    for (const [file, text] of Object.entries({ "lists/none.md": "", "things/none.md": "", ...files })) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    return use(root);
  } finally {
    rmSync(root, { recursive: true });
  }
};

const written = (root: string): string => {
  writeLists(root, [list]);
  return readFileSync(join(root, list.file), "utf8");
};
const pathsIn = (text: string): readonly string[] =>
  [...text.matchAll(/ from "\.\.\/things\/(.*)";$/gm)].map(([, path]) => path);
const adds = "export default 1;\n";

test("a list has what each file of the folder exports by default", () => {
  const files = {
    "things/a.ts": `/** One. */\nexport const one = 1;\n\n${adds}`,
    "things/deep/b-c.ts": "export default thing({\n  name: 1,\n});\n",
    "things/helper.ts": "export const helped = 1;\n// no export default\n",
    "things/others/d.ts": adds,
    "things/notes.md": adds,
  };
  expect(withFiles(files, written)).toBe(
    [
      "// Written by scripts/folder-lists.mjs, before every build and test: each file in things that has a default export.",
      "// The order is that of these lines, which may be moved; a new file comes last.",
      'import type { Thing } from "../thing.ts";',
      'import a from "../things/a.ts";',
      'import bC from "../things/deep/b-c.ts";',
      "",
      "/** All things. */",
      "export const all: readonly Thing[] = [",
      "  a,",
      "  bC,",
      "].flat();",
      "",
    ].join("\n"),
  );
});

test("names are words that are free: not one of the language, of two files, or of the list", () => {
  const names = ["new.ts", "a/x.ts", "b/x.ts", "all.ts", "3.ts", "await.ts"];
  const text = withFiles(Object.fromEntries(names.map((name) => [`things/${name}`, adds])), written);
  const imported = [...text.matchAll(/^import (\w+) from "\.\.\/things\/(.*)";$/gm)];
  expect(Object.fromEntries(imported.map(([, name, path]) => [path, name]))).toEqual({
    "3.ts": "_3",
    "a/x.ts": "aX",
    "all.ts": "_all",
    "await.ts": "_await",
    "b/x.ts": "bX",
    "new.ts": "_new",
  });
});

test("what a list had keeps its order, what is gone is taken out, what is new comes last", () => {
  const file = fc.stringMatching(/^[a-d](\/[a-d])?$/).map((name) => `${name}.ts`);
  fc.assert(
    fc.property(fc.uniqueArray(file), fc.uniqueArray(file), (had, there) => {
      const files = {
        ...Object.fromEntries(there.map((path) => [`things/${path}`, adds])),
        [list.file]: had.map((path, i) => `import x${i} from "../things/${path}";\n`).join(""),
      };
      withFiles(files, (root) => {
        const kept = had.filter((path) => there.includes(path));
        const text = written(root);
        expect(pathsIn(text)).toEqual([...kept, ...there.filter((path) => !had.includes(path)).toSorted()]);
        expect(written(root)).toBe(text);
      });
    }),
    { numRuns: runs(100) },
  );
});

test("a list that is as it should be is not touched, and nothing else is left in its folder", () => {
  withFiles({ "things/a.ts": adds }, (root) => {
    written(root);
    const before = statSync(join(root, list.file), { bigint: true });
    written(root);
    expect(statSync(join(root, list.file), { bigint: true }).mtimeNs).toBe(before.mtimeNs);
    expect(readdirSync(join(root, "lists")).toSorted()).toEqual(["all.ts", "none.md"]);
  });
});
