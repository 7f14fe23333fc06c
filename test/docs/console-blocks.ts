import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";

const root = join(import.meta.dirname, "../..");

/** The pages that people read. */
const PAGES: readonly string[] = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

const textOf = (page: string): string => readFileSync(join(root, page), "utf8");

/** A command that a page shows. */
export interface Shown {
  readonly page: string;
  /** Without the name of the program. */
  readonly words: readonly string[];
  readonly line: string;
  /** What stands below it; empty where nothing does. */
  readonly output: string;
}

/** What a machine of many sets, as one of its machines has it. */
const asOneMachine = (line: string): string =>
  line
    .replaceAll("${{ matrix.shard }}", "1")
    .replaceAll("$CI_NODE_INDEX/$CI_NODE_TOTAL", "1/4")
    .replaceAll("$SLURM_ARRAY_TASK_ID", "1");

/** The words of a command line, without a comment; what is in quotes is in one word. */
const wordsOf = (line: string): readonly string[] =>
  [...asOneMachine(line).matchAll(/\s#.*$|((?:'[^']*'|"[^"]*"|[^\s'"])+)/g)].flatMap(([, word]) =>
    word === undefined ? [] : [word.replaceAll(/['"]/g, "")],
  );

const shownIn = (page: string, line: string, output: string): Shown => ({
  page,
  line,
  output,
  // `--watch` goes on until it is interrupted.
  words: wordsOf(line.replaceAll("\\\n", " ")).filter((word) => word !== "--watch"),
});

/** The commands of each block of the kind `console`, with what they print. */
const consoleCommands: readonly Shown[] = PAGES.flatMap((page) =>
  [...textOf(page).matchAll(/^```console\n([^]*?)^```$/gm)].flatMap(([, block]) =>
    [...block.matchAll(/^\$ (?:npx )?apicv-check ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)/gm)].map(
      ([, line, output]) => shownIn(page, line, output),
    ),
  ),
);

/** Searches that the gate compares: `npm test` has no time for them. */
const DEAR: readonly RegExp[] = [
  /^flip /,
  /^explore --bug /,
  /^explore \S+\.yaml$/,
  /^explore .* --save /,
  /^compare --all-options /,
  /^compare --kernel /,
  /^validate /,
];

const isDear = ({ words }: Shown): boolean => DEAR.some((kind) => kind.test(words.join(" ")));

/** `step` is shown with what is typed: test/docs/stepping.test.ts types it. */
const compared = consoleCommands.filter(({ words, output }) => output !== "" && words[0] !== "step");

/** The commands whose output is compared, by where that is done. */
export const withOutput = {
  test: compared.filter((shown) => !isDear(shown)),
  gate: compared.filter(isDear),
};

/** Every command that a page shows, in whatever block, at the beginning of a line. */
export const allCommands: readonly Shown[] = PAGES.flatMap((page) =>
  [
    ...textOf(page).matchAll(
      /^(?:[ \t-]*)(?:run: )?(?:\$ )?(?:npx )?apicv-check (?!is |settles )((?:.*\\\n)*.*)$/gm,
    ),
  ]
    .filter(([whole]) => /^( {4}|\$|npx|apicv-check [a-z]+( |$)|.*npx)/.test(whole))
    .map(([, line]) => shownIn(page, line, "")),
);

/** Blocks that a page names before it shows them: `<!-- name.yaml -->`. */
const files: readonly (readonly [name: string, text: string])[] = PAGES.flatMap((page) =>
  [...textOf(page).matchAll(/^<!-- ([\w.-]+) -->\n+```\w+\n([^]*?)^```$/gm)].map(
    ([, name, text]) => [name, text] as const,
  ),
);

/** Runs the tests of a file in a directory that has the files which pages name, and the scenario files of the project. */
export const inDirectoryOfPages = (): void => {
  const before = process.cwd();
  let dir = "";
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), "apicv-check-"));
    symlinkSync(join(root, "scenarios"), join(dir, "scenarios"));
    for (const [name, text] of files) writeFileSync(join(dir, name), text);
    process.chdir(dir);
  });
  afterAll(() => {
    process.chdir(before);
    rmSync(dir, { recursive: true });
  });
};

/** Figures that are of one machine at one time. */
const unmeasured = (text: string): string =>
  text
    .replaceAll(/\b\d[\d,.]*(?= (?:s|ms|MB|GB|states\/s|transitions\/s)\b)/g, "#")
    .replaceAll(/ +(?=#)/g, " ");

const literal = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);

/** What matches a printed text as a page shows it: `...` alone in a line stands for lines that are left out. */
const shape = (shown: string): RegExp =>
  new RegExp(
    `^${unmeasured(shown)
      .split(/^ *\.\.\.\n/m)
      .map(literal)
      .join(String.raw`(?:.*\n)*`)}$`,
  );

/** Whether a text is what a page shows of it, but for what is measured. */
export const isShown = (shown: string, printed: string): boolean => shape(shown).test(unmeasured(printed));
