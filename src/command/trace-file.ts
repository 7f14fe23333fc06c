import { readFileSync, statSync } from "node:fs";
import { CheckError, systemReason, unknownName } from "../errors.ts";
import { SCHEMA_VERSION } from "../report/schema-version.ts";

/** A run as a result file of `explore` records it. */
export interface Recorded {
  readonly id: string;
  readonly replay: string;
  readonly start: unknown;
  readonly steps: readonly unknown[];
  readonly loopAt: unknown;
}

const LARGEST = 64 * 2 ** 20;

const bad = (file: string, why: string, cause?: unknown): CheckError =>
  new CheckError("input", `cannot replay ${file}: ${why}`, { cause });

const bytesOf = (file: string): Buffer => {
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) throw bad(file, "it is a directory");
    if (stat.size > LARGEST)
      throw bad(file, `it has ${stat.size} bytes, a result file has at most ${LARGEST}`);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof CheckError) throw error;
    throw bad(file, systemReason(error, "there is no such file"), error);
  }
};

const isUtf16 = (bytes: Buffer): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);

const textOf = (file: string): string => {
  const bytes = bytesOf(file);
  if (bytes.length === 0) throw bad(file, "it is empty");
  if (isUtf16(bytes)) throw bad(file, "it is UTF-16 text; save it as UTF-8");
  if (bytes.includes(0)) throw bad(file, "it is a binary file, not a result of explore --json");
  return bytes.toString("utf8").replace(/^\ufeff/, "");
};

/** What the JSON parser says, with line and column where it gives a position. */
const complaint = (text: string, { message }: Error): string => {
  const position = /position (\d+)/.exec(message)?.[1];
  const said = message.replace(/\s+/g, " ");
  if (position === undefined) return said;
  const before = text.slice(0, Number(position)).split("\n");
  return `line ${before.length}, column ${before.at(-1)!.length + 1}: ${said}`;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const recordedIn = (property: unknown): readonly Recorded[] => {
  if (!isRecord(property) || !isRecord(property["trace"]) || typeof property["id"] !== "string") return [];
  const { replay, start, steps, loopAt } = property["trace"];
  return typeof replay === "string" && Array.isArray(steps)
    ? [{ id: property["id"], replay, start, steps, loopAt }]
    : [];
};

/** The versions of a result whose runs are read: those of 1 stand where they stand now. */
const READ: readonly unknown[] = [1, SCHEMA_VERSION];

/**
 * The run that a result file records, of `property` where it has several.
 * @throws CheckError when the file cannot be read, is no result of `explore`, or leaves open which run is meant.
 */
export const recordedRun = (file: string, property: string | undefined): Recorded => {
  const text = textOf(file);
  let result: unknown;
  try {
    result = JSON.parse(text);
  } catch (error) {
    throw bad(file, `it is not JSON (${complaint(text, error as Error)})`, error);
  }
  if (!isRecord(result) || !Array.isArray(result["properties"]))
    throw bad(file, "it is not a result of explore --json: it has no properties");
  if (!READ.includes(result["schemaVersion"]))
    throw new CheckError(
      "version",
      `cannot replay ${file}: its schemaVersion is ${JSON.stringify(result["schemaVersion"])}, this version reads ${READ.join(" and ")}`,
    );
  const runs = result["properties"].flatMap(recordedIn);
  const ids = runs.map(({ id }) => id);
  if (runs.length === 0) throw bad(file, "no property in it has a trace");
  if (property === undefined) {
    if (runs.length > 1) throw bad(file, `it has ${runs.length} traces: add --property ${ids.join(" or ")}`);
    return runs[0];
  }
  const run = runs.find(({ id }) => id === property);
  if (run === undefined)
    throw unknownName("property", property, ids, `${file} has traces of: ${ids.join(", ")}`);
  return run;
};
