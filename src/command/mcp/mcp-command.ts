import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import type { Load } from "../../catalogue/catalogue.ts";
import { EXIT, type Io } from "../terminal/io.ts";
import { mcpServer } from "./mcp-server.ts";

/** `mcp`: serves a client on stdin and stdout until it goes away, or an interrupt; the exit code. */
export const serveMcp = async (load: Load, io: Io): Promise<number> => {
  const server = mcpServer(load, io);
  let interrupted = false;
  const ended = new Promise<void>((resolve) => {
    server.onclose = resolve;
  });
  const close = (): void => void server.close();
  const release = io.onInterrupt(() => {
    interrupted = true;
    close();
  });
  process.stdin.once("end", close);
  await server.connect(new StdioServerTransport());
  await ended;
  release();
  return interrupted ? EXIT.interrupted : EXIT.asExpected;
};
