import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { Load } from "../../../src/catalogue/catalogue.ts";
import { mcpServer } from "../../../src/command/mcp/mcp-server.ts";
import { fakeIo } from "../../fixtures/io.ts";

/** The client of the SDK, connected; it checks results against the schemas that it was told. */
export const clientOn = async (transport: Transport): Promise<Client> => {
  const client = new Client({ name: "test", version: "0" });
  await client.connect(transport);
  await client.listTools();
  return client;
};

/** A client of a server in this process. */
export const connected = async (load: Load): Promise<Client> => {
  const [mine, its] = InMemoryTransport.createLinkedPair();
  await mcpServer(load, fakeIo().io).connect(its);
  return clientOn(mine);
};

/** What a call gave, or the text of its error. */
export interface Got {
  readonly result:
    | {
        readonly version: number;
        readonly exit: number;
        readonly report?: Readonly<Record<string, unknown>>;
        readonly text?: string;
      }
    | undefined;
  readonly error: string | undefined;
}

/** Calls a tool. */
export const called = async (client: Client, name: string, args: Record<string, unknown>): Promise<Got> => {
  const { structuredContent, isError, content } = await client.callTool({ name, arguments: args });
  const [{ text }] = content as readonly { readonly text: string }[];
  return isError === true
    ? { result: undefined, error: text }
    : { result: structuredContent as Got["result"], error: undefined };
};
