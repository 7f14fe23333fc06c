import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Catalogue, Load } from "../../catalogue/catalogue.ts";
import { CheckError } from "../../errors.ts";
import { LARGEST_FILE } from "../../variation/format/limits.ts";
import { isCode } from "./code-file.ts";
import type { FileText } from "./file-text.ts";
import { scenarioGiven } from "./scenario-given.ts";
import { bytesOf } from "../terminal/read-bytes.ts";

/** The text of a scenario file. @throws CheckError when it cannot be read, or is no text. */
export const fileText = async (name: string): Promise<FileText> => {
  const bad = (why: string, cause?: unknown): CheckError =>
    new CheckError("input", `cannot read ${name}: ${why}`, { cause });
  const bytes = await bytesOf(name, {
    largest: LARGEST_FILE,
    bad,
    tooLarge: (size) => `it has ${size} bytes, a scenario file has at most ${LARGEST_FILE}`,
  });
  if (bytes.length === 0) throw bad("it is empty");
  try {
    return { name, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch (error) {
    throw bad("it is not UTF-8 text", error);
  }
};

/** A catalogue with the scenarios of some files, the first of which is meant where none is named. */
export const withTexts = async (catalogue: Catalogue, files: readonly FileText[]): Promise<Catalogue> => {
  if (files.length === 0) return catalogue;
  let { scenarios } = catalogue;
  let first: string | undefined;
  for (const file of files)
    if (isCode(file.name)) {
      const added = await (await import("./additions.ts")).withCode({ ...catalogue, scenarios }, file);
      scenarios = added.scenarios;
      first ??= added.first;
    } else {
      const { scenarioFrom } = await import("../../variation/from-text.ts");
      const scenario = scenarioFrom(file, { ...catalogue, scenarios });
      scenarios = [...scenarios, scenario];
      first ??= scenario.name;
    }
  return { ...catalogue, scenarios, ...(first !== undefined && { defaultScenario: first }), files };
};

/** The file of that name; where it is a folder, the scenario files and modules in it. @throws CheckError where it has none. */
export const filesIn = (name: string): readonly string[] => {
  if (statSync(name, { throwIfNoEntry: false })?.isDirectory() !== true) return [name];
  const files = readdirSync(name)
    .filter((file) => isScenarioFile(file) && !file.startsWith(".") && !/\.(d|config)\.\w+$/.test(file))
    .toSorted()
    .map((file) => join(name, file));
  if (files.length > 0) return files;
  throw new CheckError("input", `there is no scenario file (.yaml) and no module (.ts, .mjs) in ${name}`);
};

/** The same, before it is loaded. @throws CheckError when a file cannot be read. */
export const withFiles = async (load: Load, names: readonly string[]): Promise<Load> => {
  const files = await Promise.all([...new Set(names.flatMap(filesIn))].map(fileText));
  return Object.assign(async () => withTexts(await load(), files), load);
};

const isScenarioFile = (name: string): boolean => /\.ya?ml$/.test(name) || isCode(name);

/**
 * Whether a word is meant to be a scenario file, or a folder of them, rather than the name of a scenario: by how it is
 * written, never by what lies there, for the modules of a folder are run. A folder begins with `/`, `./` or `../`, or ends
 * with `/`.
 */
export const isFile = (word: string): boolean => isScenarioFile(word) || /^\.{0,2}\/|\/$/.test(word);

/** The options that name a file instead of a scenario, as parsed. */
export interface FileFlags {
  readonly file?: string;
  readonly scenario?: string;
}

/**
 * The catalogue with the file that is meant, if any, named by itself or by `--file`; and the flags, in which a scenario that
 * is named by itself is one. @throws CheckError when two are named.
 */
export const withFile = async <F extends FileFlags>(
  load: Load,
  flags: F,
  word?: string,
): Promise<readonly [load: Load, flags: F]> => {
  const { file, scenario } = flags;
  const path = file ?? (word !== undefined && isFile(word) ? word : undefined);
  if (path === undefined) return [load, scenarioGiven(word, flags)];
  // A file of code may add something to the scenario that is named.
  if (isCode(path) || filesIn(path).length > 1) {
    const named = file === undefined ? undefined : word;
    return [await withFiles(load, [path]), scenarioGiven(named, flags)];
  }
  const others = [
    ...(file === undefined || word === undefined ? [] : [word]),
    ...(scenario === undefined ? [] : [`--scenario ${scenario}`]),
  ];
  if (others.length > 0)
    throw new CheckError(
      "usage",
      `${[path, ...others].join(" and ")} each say what it is about: name one of them`,
    );
  return [await withFiles(load, [path]), flags];
};
