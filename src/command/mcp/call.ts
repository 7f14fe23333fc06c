import { z } from "zod";
import type { Load } from "../../catalogue/catalogue.ts";
import { failure } from "../terminal/failure.ts";
import type { Io } from "../terminal/io.ts";
import type { Budget } from "./budget.ts";
import { capturedIo } from "./captured-io.ts";
import { argumentsOf, type Given, type Tool } from "./tool.ts";

/** The version of what tools take and give: it goes up when something goes or means something else. */
const TOOLS_VERSION = 1;

/** What a tool gives. */
export const resultSchema = z.strictObject({
  version: z.literal(TOOLS_VERSION).describe("of what the tools take and give"),
  exit: z
    .int()
    .describe(
      "the exit code of the command: 0 as expected, 1 an unexpected verdict, 3 stopped by the budget, 130 cancelled",
    ),
  report: z
    .looseObject({})
    .describe("what the command prints with --json; it has a schemaVersion of its own")
    .optional(),
  text: z.string().describe("what the command prints, where it has no --json").optional(),
  notices: z.string().describe("what the command says besides").optional(),
});
export type Result = z.infer<typeof resultSchema>;

/** What became of a call: a result, or the text of the error, as the command line prints it. */
export type Called = { readonly result: Result } | { readonly error: string };

const budgetIn = ({ states, seconds }: Given): Budget | undefined =>
  typeof states === "number" && typeof seconds === "number" ? { states, seconds } : undefined;

/** Calls a tool. No failure is thrown. */
export const call = async (
  tool: Tool,
  given: Given,
  { load, io: world, signal }: { readonly load: Load; readonly io: Io; readonly signal: AbortSignal },
): Promise<Called> => {
  const { io, printed } = capturedIo(world, signal, budgetIn(given));
  try {
    const exit = await tool.run(load, argumentsOf(tool, given), io);
    const { stdout, stderr } = printed;
    const shown = tool.json ? { report: JSON.parse(stdout) as Record<string, unknown> } : { text: stdout };
    const notices = stderr === "" ? {} : { notices: stderr };
    return { result: { version: TOOLS_VERSION, exit, ...shown, ...notices } };
  } catch (error) {
    failure(error, io);
    return { error: printed.stderr.trimEnd() };
  }
};
