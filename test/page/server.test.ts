import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serve, type Served } from "../../src/command/ui/server.ts";

let served: Served;
let port: number;

const files = (name: string): string => `text of ${name}`;

beforeAll(async () => {
  served = await serve(0, files);
  port = Number(new URL(served.url).port);
});
afterAll(() => served.close());

/** What comes back for a request, whatever headers it has. */
const asked = (
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = "GET",
): Promise<{ readonly status: number; readonly text: string; readonly headers: NodeJS.Dict<unknown> }> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      let text = "";
      response.on("data", (chunk) => (text += String(chunk)));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text, headers: response.headers }),
      );
    });
    sent.on("error", reject);
    sent.end();
  });

describe("the server of the page", () => {
  test("gives its own files, and nothing else", async () => {
    expect(await asked("/")).toMatchObject({ status: 200, text: "text of ui.html" });
    expect(await asked("/page.js?x=1")).toMatchObject({ status: 200, text: "text of page.js" });
    expect(await asked("/page-worker.js")).toMatchObject({ status: 200, text: "text of page-worker.js" });
    for (const path of [
      "/x",
      "/../package.json",
      "/page.js/../../package.json",
      "/%2e%2e/package.json",
      "//page.js/",
    ])
      expect((await asked(path)).status).toBe(404);
  });

  test("answers only who names it by its own address", async () => {
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`])
      expect((await asked("/", { host })).status).toBe(200);
    for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1", `127.0.0.1:${port + 1}`])
      expect((await asked("/", { host })).status).toBe(403);
  });

  test("answers no other page", async () => {
    expect((await asked("/", { origin: `http://127.0.0.1:${port}` })).status).toBe(200);
    for (const origin of ["null", "https://evil.example", "http://127.0.0.1", `https://127.0.0.1:${port}`])
      expect((await asked("/", { origin })).status).toBe(403);
  });

  test("lets nothing be written, and nothing be framed or kept", async () => {
    for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
      expect((await asked("/", {}, method)).status).toBe(405);
    expect((await asked("/", {}, "HEAD")).text).toBe("");
    expect((await asked("/")).headers).toMatchObject({
      "x-frame-options": "DENY",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "no-store",
    });
  });

  test("is reached from this machine alone, and says so where its port is in use", async () => {
    expect(new URL(served.url).hostname).toBe("127.0.0.1");
    await expect(serve(port, files)).rejects.toThrow(`port ${port} is in use`);
  });
});
