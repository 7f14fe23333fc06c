import { CheckError, unknownName } from "../../errors.ts";
import { bytesOf } from "../terminal/read-bytes.ts";
import { SCHEMA_VERSION } from "../../report/schema-version.ts";

/** A run as a result file of `explore` records it. */
export interface Recorded {
  readonly id: string;
  readonly replay: string;
  readonly length: unknown;
  readonly start: unknown;
  readonly steps: readonly unknown[];
  readonly loopAt: unknown;
}

const LARGEST = 64 * 2 ** 20;

const bad = (file: string, why: string, cause?: unknown): CheckError =>
  new CheckError("input", `cannot replay ${file}: ${why}`, { cause });

const isUtf16 = (bytes: Buffer): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);

const textOf = async (file: string): Promise<string> => {
  const bytes = await bytesOf(file, {
    largest: LARGEST,
    bad: (why, cause) => bad(file, why, cause),
    tooLarge: (size) => `it has ${size} bytes, a result file has at most ${LARGEST}`,
  });
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

/** More names than these are not listed in an error. */
const FEW = 20;

const listed = (ids: readonly string[], by: string): string =>
  ids.length <= FEW ? ids.join(by) : `${ids.slice(0, FEW).join(by)}${by}${ids.length - FEW} more`;

/** Far more levels than any state has: what is compared and printed later calls itself at each. */
const DEEPEST = 200;

/** Whether a value has lists or objects at more than `levels` levels. */
const isDeeper = (value: unknown, levels: number): boolean => {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true;
    level = level.flatMap((one) =>
      typeof one === "object" && one !== null
        ? Object.values(one).filter((inner) => typeof inner === "object")
        : [],
    );
  }
  return false;
};

const recordedIn = (property: unknown): readonly Recorded[] => {
  if (!isRecord(property) || !isRecord(property["trace"]) || typeof property["id"] !== "string") return [];
  const { replay, length, start, steps, loopAt } = property["trace"];
  return typeof replay === "string" && Array.isArray(steps)
    ? [{ id: property["id"], replay, length, start, steps, loopAt }]
    : [];
};

/** The versions of a result whose runs are read: those of 1 stand where they stand now. */
const READ: readonly unknown[] = [1, SCHEMA_VERSION];

/**
 * The run that a result file records, of `property` where it has several.
 * @throws CheckError when the file cannot be read, is no result of `explore`, or leaves open which run is meant.
 */
export const recordedRun = async (file: string, property: string | undefined): Promise<Recorded> => {
  const text = await textOf(file);
  let result: unknown;
  try {
    result = JSON.parse(text);
  } catch (error) {
    throw bad(file, `it is not JSON (${complaint(text, error as Error)})`, error);
  }
  if (isDeeper(result, DEEPEST))
    throw bad(file, `it is nested deeper than ${DEEPEST} levels, which no result of explore is`);
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
    if (runs.length > 1)
      throw bad(file, `it has ${runs.length} traces: add --property ${listed(ids, " or ")}`);
    return runs[0];
  }
  const run = runs.find(({ id }) => id === property);
  if (run === undefined)
    throw unknownName("property", property, ids, `${file} has traces of: ${listed(ids, ", ")}`);
  return run;
};
