import { extname } from "node:path";
import type { Outcome } from "../catalogue/outcome.ts";
import { CheckError } from "../errors.ts";
import type { Io } from "./io.ts";
import { writeWhole } from "./output.ts";

/** More states than this no layout makes readable; `dot` also takes very long. */
const CAPS: Readonly<Record<string, number>> = { ".dot": 2_000, ".json": 20_000, ".graphml": 20_000 };

/** The ending of a file's name, in small letters. */
const endingOf = (file: string): string => extname(file).toLowerCase();

/** @throws CheckError when the file's ending names no graph format. */
export const checkGraphFile = (file: string): void => {
  if (CAPS[endingOf(file)] === undefined)
    throw new CheckError(
      "usage",
      `cannot tell the graph format of ${file} from its ending: use ${Object.keys(CAPS).join(", ")}`,
    );
};

/** Writes the graph of a search in the format that the file's ending names. */
export const writeGraph = async (file: string, outcome: Outcome, io: Io): Promise<void> => {
  const { stateDiagramOf: spaceOf } = await import("../graph/state-diagram.ts");
  const ending = endingOf(file);
  const space = spaceOf(outcome, CAPS[ending]);
  const text = async (): Promise<string> => {
    if (ending === ".dot") return (await import("../graph/dot.ts")).dotOf(space);
    if (ending === ".graphml") return (await import("../graph/graphml.ts")).graphmlOf(space);
    return `${JSON.stringify(space.graph.export(), undefined, 1)}\n`;
  };
  writeWhole(file, await text());
  if (space.notice !== undefined) io.stderr.write(`apicv-check: ${file}: ${space.notice}\n`);
};
