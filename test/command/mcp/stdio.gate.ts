import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compiled, MAIN, type Compiled } from "../../fixtures/compiled.ts";
import { called, clientOn } from "./connected.ts";

let program: Compiled;
beforeAll(() => {
  program = compiled();
});
afterAll(() => program.remove());

test("a client starts the command, asks it, and its end ends the command", async () => {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [join(program.dir, MAIN), "mcp"],
    stderr: "pipe",
  });
  let said = "";
  transport.stderr?.on("data", (chunk) => (said += String(chunk)));
  const client = await clientOn(transport);
  const { result } = await called(client, "explore", { states: 1_000_000, seconds: 600, scenario: "timer" });
  expect(result).toMatchObject({ version: 1, exit: 0, report: { scenario: "kvm/timer", complete: true } });
  const { pid } = transport;
  await client.close();
  expect(said).toBe("");
  expect(() => process.kill(pid!, 0)).toThrow("ESRCH");
});

test("a command whose input ends ends by itself, and prints nothing", async () => {
  const ended = await program.run(MAIN, ["mcp"], (child) => child.stdin?.end());
  expect(ended).toEqual({ code: 0, stdout: "", stderr: "" });
});

test("an interrupt ends it, as any command", async () => {
  const ended = await program.run(MAIN, ["mcp"], (child) => {
    // A first answer says that it listens.
    child.stdin?.write(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" })}\n`);
    child.stdout?.once("data", () => child.kill("SIGTERM"));
  });
  expect(ended.code).toBe(130);
});
