import { readFileSync } from "node:fs";
import * as catalogue from "../../scenarios/index.ts";
import { run } from "../fixtures/io.ts";

export const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

/** The commands that README shows and that end by themselves, without the files that they write. */
export const examples = [
  ...readme.matchAll(/^npx apicv-check (list|explain|explore|replay|step) (.*)$/gm),
].map(
  (match) =>
    `${match[1]} ${match[2]
      .replace(/#.*/, "")
      .replace(/ --graph \S+/, "")
      .trim()}`,
);

/** What works: a command that is understood, finds nothing unexpected and has something to say. */
export const works = { code: 0, stderr: "", says: true };

/** How a command of README ends. */
export const endOf = async (line: string): Promise<typeof works> => {
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
  const { code, stdout, stderr } = await run(words, {}, catalogue);
  return { code, stderr, says: stdout.length > 100 };
};
