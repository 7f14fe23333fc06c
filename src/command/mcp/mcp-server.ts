import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import type { Load } from "../../catalogue/catalogue.ts";
import { unknownName } from "../../errors.ts";
import { version } from "../../package-version.ts";
import { programName } from "../../program-name.ts";
import { failure } from "../terminal/failure.ts";
import type { Io } from "../terminal/io.ts";
import { call, resultSchema, type Called } from "./call.ts";
import { capturedIo } from "./captured-io.ts";
import type { Given, Tool } from "./tool.ts";
import { toolsOf } from "./tools.ts";

const jsonSchema = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { io: "input" }) as { readonly type: "object" };

/** What a client is told of a tool. None writes anything, and none asks anything but the models. */
const described = ({ name, about, input }: Tool) => ({
  name,
  description: about,
  inputSchema: jsonSchema(input),
  outputSchema: jsonSchema(resultSchema),
  annotations: { readOnlyHint: true, openWorldHint: false },
});

const answered = (called: Called) =>
  "error" in called
    ? { isError: true, content: [{ type: "text" as const, text: called.error }] }
    : {
        structuredContent: called.result,
        content: [{ type: "text" as const, text: JSON.stringify(called.result) }],
      };

/** A server of the Model Context Protocol with the tools of a catalogue. Calls are answered one after the other. */
export const mcpServer = (load: Load, io: Io): Server => {
  const tools = toolsOf(load);
  const server = new Server(
    { name: programName(), version: version() },
    { capabilities: { tools: {} }, ...(load.about === undefined ? {} : { instructions: load.about }) },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(described) }));

  const unknown = (name: string): Called => {
    const names = tools.map((tool) => tool.name);
    const captured = capturedIo(io, new AbortController().signal, undefined);
    failure(unknownName("tool", name, names, `there are: ${names.join(", ")}`), captured.io);
    return { error: captured.printed.stderr.trimEnd() };
  };
  let before: Promise<unknown> = Promise.resolve();
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    const { name, arguments: given = {} } = params;
    const tool = tools.find((one) => one.name === name);
    if (tool === undefined) return answered(unknown(name));
    const turn = before.then(() => call(tool, given as Given, { load, io, signal }));
    before = turn;
    return answered(await turn);
  });
  return server;
};
