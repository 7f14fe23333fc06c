import { z } from "zod";
import type { Load } from "../../catalogue/catalogue.ts";
import { CheckError, unknownName } from "../../errors.ts";
import { own } from "../../schema/own.ts";
import type { Io } from "../terminal/io.ts";
import { MOST } from "./budget.ts";

/** Arguments of a call, of the forms that its tool asks for. */
export type Given = Readonly<Record<string, unknown>>;

/** A command that an assistant can call. */
export interface Tool {
  readonly name: string;
  /** What it does, and what its report is, for who chooses among tools. */
  readonly about: string;
  readonly input: z.ZodObject;
  /** Whether what it prints is JSON. */
  readonly json: boolean;
  /** Runs it; the exit code. @throws CheckError as its command does. */
  readonly run: (load: Load, given: Given, io: Io) => Promise<number>;
}

/** What a tool takes that searches. */
export const budgeted = {
  states: z
    .int()
    .min(1)
    .max(MOST.states)
    .describe("states that all searches of this call may visit together"),
  seconds: z.number().positive().max(MOST.seconds).describe("seconds after which its searches are stopped"),
};

/** What is wrong with one argument. */
const complaint = (
  { name, input }: Tool,
  given: unknown,
  { code, path, message, ...rest }: z.core.$ZodIssue,
): CheckError => {
  const known = Object.keys(input.shape);
  if (code === "unrecognized_keys") {
    const [key] = (rest as unknown as z.core.$ZodIssueUnrecognizedKeys).keys;
    return unknownName("argument", key, known, `${name} takes: ${known.join(", ")}`);
  }
  const [key] = path;
  const isMissing = typeof key === "string" && own(given as Given, key) === undefined;
  const about = typeof key === "string" ? own(input.shape, key) : undefined;
  return isMissing
    ? new CheckError(
        "usage",
        `${name} needs ${key}: ${(about as z.ZodType | undefined)?.description ?? message}`,
      )
    : new CheckError("usage", `${name}: ${path.join(".")}: ${message}`);
};

/** The arguments of a call. @throws CheckError with what is wrong first: an unknown name, one that is missing, or its value. */
export const argumentsOf = (tool: Tool, given: Given): Given => {
  const parsed = tool.input.safeParse(given);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  throw complaint(tool, given, issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0]);
};
