import { extname } from "node:path";
import type { Outcome } from "../../catalogue/outcome.ts";
import { CheckError } from "../../errors.ts";
import type { GraphFormat, GraphText } from "../../graph/graph-text.ts";
import type { GraphPart } from "../../graph/state-diagram.ts";
import { own } from "../../schema/own.ts";
import type { Io } from "../terminal/io.ts";
import { writeWhole } from "../terminal/output.ts";
import { programName } from "../../program-name.ts";

/** What the ending of a file's name says. */
const FORMATS: Readonly<Record<string, GraphFormat>> = {
  ".dot": "dot",
  ".json": "json",
  ".graphml": "graphml",
  ".gexf": "gexf",
  ".aut": "aut",
};

/** The graph format of a file. @throws CheckError when its ending names none. */
const formatOf = (file: string): GraphFormat => {
  const format = own(FORMATS, extname(file).toLowerCase());
  if (format === undefined)
    throw new CheckError(
      "usage",
      `cannot tell the graph format of ${file} from its ending: use ${Object.keys(FORMATS).join(", ")}`,
    );
  return format;
};

/** @throws CheckError when the file's ending names no graph format. */
export const checkGraphFile = (file: string): void => void formatOf(file);

/** The graph of a search, or the part of it that is asked for. */
export const graphOf = async (
  outcome: Outcome,
  format: GraphFormat,
  part: GraphPart | undefined,
): Promise<GraphText> =>
  (await import("../../graph/graph-text.ts")).graphText(outcome, format, undefined, part);

/** Writes the graph of a search in the format that the file's ending names. */
export const writeGraph = async (
  file: string,
  outcome: Outcome,
  part: GraphPart | undefined,
  io: Io,
): Promise<void> => {
  const { text, notice } = await graphOf(outcome, formatOf(file), part);
  writeWhole(file, text);
  if (notice !== undefined) io.stderr.write(`${programName()}: ${file}: ${notice}\n`);
};
