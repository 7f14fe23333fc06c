import type { CaseResult } from "../../catalogue/gate.ts";
import { worldText } from "../../catalogue/size.ts";
import { CheckError } from "../../errors.ts";
import { fingerprintOf } from "../../report/formats/reported.ts";
import { bytesOf } from "../terminal/read-bytes.ts";

/** A finding that is accepted, and why. */
export interface Accepted {
  readonly fingerprint: string;
  readonly world: string;
  readonly property: string;
  readonly reason: string;
}

const KEYS = ["fingerprint", "world", "property", "reason"] as const;
/** A baseline with more than this is none that anybody has read. */
const LARGEST = 10_000_000;

const entryOf = (value: unknown, bad: (why: string) => CheckError, place: number): Accepted => {
  const where = `accepted[${place}]`;
  if (typeof value !== "object" || value === null) throw bad(`${where} is no object`);
  const given = value as Readonly<Record<string, unknown>>;
  for (const key of KEYS) {
    const text = given[key];
    if (typeof text !== "string" || text.trim() === "")
      throw bad(`${where} has no "${key}": each entry has ${KEYS.join(", ")}, as texts`);
  }
  const extra = Object.keys(given).find((key) => !(KEYS as readonly string[]).includes(key));
  if (extra !== undefined) throw bad(`${where} has "${extra}", and an entry has ${KEYS.join(", ")} only`);
  return given as unknown as Accepted;
};

/** The findings that a baseline file accepts. @throws CheckError when it cannot be read or an entry is not whole. */
export const readBaseline = async (file: string): Promise<readonly Accepted[]> => {
  const bad = (why: string, cause?: unknown): CheckError =>
    new CheckError("input", `cannot read the baseline ${file}: ${why}`, { cause });
  const bytes = await bytesOf(file, {
    largest: LARGEST,
    bad,
    tooLarge: (size) => `it has ${size} bytes, a baseline has at most ${LARGEST}`,
  });
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw bad("it is no JSON", error);
  }
  const { accepted } = (parsed ?? {}) as { readonly accepted?: unknown };
  if (!Array.isArray(accepted)) throw bad('it has no list "accepted"');
  const entries = accepted.map((entry, place) => entryOf(entry, bad, place));
  const prints = entries.map(({ fingerprint }) => fingerprint);
  const twice = prints.find((one, place) => prints.indexOf(one) !== place);
  if (twice !== undefined) throw bad(`${twice} is accepted twice`);
  return entries;
};

/** The fingerprints of what a case violates. */
const fingerprints = ({ scenario, choice, properties }: CaseResult): readonly (string | null)[] => {
  const world = worldText(scenario, choice);
  return properties.map(({ property, verdict, evidence }) =>
    verdict === "violated" ? fingerprintOf(world, property.id, evidence) : null,
  );
};

/** A case, what is accepted of it being known. */
export const accepting =
  (accepted: readonly Accepted[]) =>
  (result: CaseResult): CaseResult => {
    if (accepted.length === 0) return result;
    const prints = fingerprints(result);
    const properties = result.properties.map((one, place) => {
      const entry = accepted.find(({ fingerprint }) => fingerprint === prints[place]);
      return entry === undefined || one.asExpected
        ? one
        : { ...one, expected: "violated" as const, reason: `accepted: ${entry.reason}`, asExpected: true };
    });
    return properties.every((one, place) => one === result.properties[place])
      ? result
      : { ...result, properties };
  };

/**
 * What is accepted and was not found where it was looked for: of the worlds that were searched to their end, and, where
 * `all` was looked at, also what is of no world any more.
 */
export const fixed = (
  accepted: readonly Accepted[],
  results: readonly CaseResult[],
  all: boolean,
): readonly Accepted[] => {
  const found = new Set(results.flatMap(fingerprints));
  const looked = new Map<string, CaseResult>();
  for (const result of results) looked.set(worldText(result.scenario, result.choice), result);
  return accepted.filter(({ fingerprint, world, property }) => {
    if (found.has(fingerprint)) return false;
    const result = looked.get(world);
    const verdict = result?.properties.find((one) => one.property.id === property)?.verdict;
    return verdict === undefined ? all : verdict !== "unknown";
  });
};
