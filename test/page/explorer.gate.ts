import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compiled, MAIN, type Compiled } from "../fixtures/compiled.ts";
import { openPage, startChromium } from "./browser.ts";

let program: Compiled;
let browser: Browser;
let server: ChildProcess;
let url: string;

beforeAll(async () => {
  program = compiled();
  browser = await startChromium();
  server = spawn(process.execPath, [join(program.dir, MAIN), "ui"]);
  url = await new Promise((resolve, reject) => {
    let said = "";
    server.stdout!.on("data", (chunk) => {
      said += String(chunk);
      if (said.includes("\n")) resolve(said.trim());
    });
    server.on("close", (code) => reject(new Error(`the server ended with ${code}`)));
  });
});
afterAll(async () => {
  await browser.close();
  server.kill("SIGINT");
  program.remove();
});

/** A canvas, as far as a picture of it is taken. */
interface Drawn {
  readonly toDataURL: () => string;
}

/** The result that a page has, as it is saved. */
const saved = async (page: Page): Promise<object> => {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save the result as JSON" }).click(),
  ]);
  return JSON.parse(readFileSync(await download.path(), "utf8")) as object;
};

/** What is the same however fast it was found, and wherever. */
const lasting = (json: object): object =>
  Object.fromEntries(
    Object.entries(json).filter(
      ([key]) => !/^(seconds|statesPerSecond|transitionsPerSecond|peakMemoryBytes|bytesPerState)$/.test(key),
    ),
  );

/** What the command line prints of the same question. */
const printed = async (line: string): Promise<object> => {
  const { stdout } = await program.run(MAIN, [...line.split(" "), "--json"]);
  return JSON.parse(stdout) as object;
};

const explored = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: "Explore" }).click();
  await page.getByRole("region", { name: "Verdicts", exact: true }).waitFor();
};

test("a world that is explored in the browser has the result of the command line, to the last count", async () => {
  const { page, complaints } = await openPage(browser, url);
  await page.locator("#world").selectOption("kvm/block");
  await page.getByLabel("piLoad").selectOption({ index: 1 });
  const setting = await page.getByLabel("piLoad").inputValue();
  await explored(page);
  const found = lasting(await saved(page));
  expect(found).toEqual(
    lasting(await printed(`explore kvm/block --set piLoad=${setting} --max-states 1000000`)),
  );
  expect(Object.keys(found).length).toBeGreaterThan(20);
  expect(complaints).toEqual([]);
});

test("a question of one's own is answered, or told what is wrong with it", async () => {
  const { page, complaints } = await openPage(browser, url);
  await page.locator("#world").selectOption("kvm/timer");
  await page.locator("#ask").selectOption("some state has");
  await page.getByLabel("Expression").fill("timer[0].pendin > 0");
  await page.getByRole("button", { name: "Explore" }).click();
  await page.getByText(/did you mean .*pending/).waitFor();
  await page.getByLabel("Expression").fill("timer[0].pending > 0");
  await explored(page);
  expect(await page.locator(".verdict").count()).toBe(1);
  expect(await page.locator(".verdict").textContent()).toContain("witnessed");
  await page.getByRole("link", { name: /reach/ }).click();
  await page.getByText("at the start").waitFor();
  // The address asks the same again.
  const again = await openPage(browser, page.url());
  await again.page.getByText("at the start").waitFor();
  expect([...complaints, ...again.complaints]).toEqual([]);
});

const KEPT = `format: 1
name: kept
about: The jugs of the puzzle.
extends: oracle/die-hard
properties:
  four:
    says: the jug of five holds four
    reach: amount[1] == 4
    expect: witnessed
`;

test("a scenario file is pasted, opened, and changed by flags, with the result of the command line", async () => {
  const { page, complaints } = await openPage(browser, url);
  await page.getByText("A scenario file").click();
  await page.getByLabel("or paste it").fill("name: kept");
  await page.getByRole("button", { name: "Use this file" }).click();
  await page.getByRole("alert").filter({ hasText: "pasted.yaml" }).waitFor();
  const file = join(program.dir, "kept.yaml");
  writeFileSync(file, KEPT);
  await page.getByLabel("Open").setInputFiles(file);
  await page.locator("#world", { hasText: "kept (kept.yaml)" }).waitFor();
  await explored(page);
  const byName = JSON.stringify(await printed(`explore ${file} --max-states 1000000`)).replaceAll(
    file,
    "kept.yaml",
  );
  expect(lasting(await saved(page))).toEqual(lasting(JSON.parse(byName) as object));
  await page.getByText("Change the world").click();
  await page.getByLabel("Takes no part, a line each").fill("Empty");
  await page.getByLabel("Switches at most").fill("0");
  await explored(page);
  const changed = (await saved(page)) as { readonly states: number; readonly bounds: object };
  const { states, bounds } = (await printed(
    `explore ${file} --drop Empty --switches 0 --max-states 1000000`,
  )) as typeof changed;
  expect({ states: changed.states, bounds: changed.bounds }).toEqual({ states, bounds });
  // The address asks the same again, file and all.
  const again = await openPage(browser, page.url());
  await again.page.getByRole("region", { name: "Verdicts", exact: true }).waitFor();
  expect(((await saved(again.page)) as typeof changed).states).toBe(states);
  expect([...complaints, ...again.complaints]).toEqual([]);
});

test("symmetry makes one state of those that differ in names, as on the command line", async () => {
  const { page, complaints } = await openPage(browser, `${url}?world=oracle/transaction-commit&symmetry`);
  await page.getByRole("region", { name: "Verdicts", exact: true }).waitFor();
  const { states } = (await saved(page)) as { readonly states: number };
  const line = "explore oracle/transaction-commit --symmetry --max-states 1000000";
  expect(((await printed(line)) as { readonly states: number }).states).toBe(states);
  expect(complaints).toEqual([]);
});

test("one walks on from a run as far as one likes, and back", async () => {
  const { page, complaints } = await openPage(browser, `${url}?world=kvm/block&depth=2#property=start`);
  const other = page.getByRole("region", { name: "What else could have happened here" });
  for (let step = 1; step <= 30; step++) {
    await other.getByRole("button").first().click();
    await page.getByText(`step ${step} of ${step}`).waitFor();
    await other.locator("li, p:not(:has-text('Looking'))").first().waitFor();
  }
  for (let step = 29; step >= 25; step--) {
    await page.getByRole("button", { name: "Undo the last step" }).click();
    await page.getByText(`step ${step} of ${step}`).waitFor();
  }
  expect(complaints).toEqual([]);
});

test("a graph of 20,000 nodes is drawn, and one can move in it", async () => {
  const { page, complaints } = await openPage(
    browser,
    `${url}?world=kvm/overview&depth=12#property=start&view=graph`,
  );
  await page.getByLabel("Show").selectOption("all known states, by depth");
  await page.getByRole("button", { name: "Find up to 20,000 states" }).click();
  await expect
    .poll(async () => Number(await page.locator("canvas").getAttribute("data-nodes")), { timeout: 3_000_000 })
    .toBeGreaterThanOrEqual(20_000);
  await page.getByText(/^20,\d+ nodes/).waitFor();
  const picture = async (): Promise<string> =>
    page.locator("canvas").evaluate((canvas) => (canvas as unknown as Drawn).toDataURL());
  const whole = await picture();
  await page.getByRole("button", { name: "Larger" }).click();
  await page.locator("canvas").press("ArrowRight");
  await expect.poll(picture).not.toBe(whole);
  await page.getByRole("button", { name: "Fit" }).click();
  await expect.poll(picture).toBe(whole);
  expect(complaints).toEqual([]);
});

test("the site is three files, which any web server can serve", async () => {
  const site = join(program.dir, "dist/site");
  execFileSync(process.execPath, [resolve("scripts/site.mjs")], { cwd: program.dir });
  expect(readdirSync(site).toSorted()).toEqual(["index.html", "page-worker.js", "page.js"]);
  const plain = createServer((request, response) => {
    const file = request.url === "/here/" ? "index.html" : (request.url ?? "").replace("/here/", "");
    response.writeHead(200, { "Content-Type": file.endsWith(".js") ? "text/javascript" : "text/html" });
    response.end(readFileSync(join(site, file)));
  });
  await new Promise<void>((listening) => plain.listen(0, "127.0.0.1", listening));
  const { port } = plain.address() as AddressInfo;
  const { page, complaints } = await openPage(browser, `http://127.0.0.1:${port}/here/`);
  await page.locator("#world").selectOption("oracle/die-hard");
  await explored(page);
  expect(complaints).toEqual([]);
  plain.closeAllConnections();
  plain.close();
});

test("a search is stopped, and says that it was", async () => {
  const { page, complaints } = await openPage(browser, url);
  await page.locator("#world").selectOption("kvm/overview");
  await page.getByRole("button", { name: "Explore" }).click();
  await page.locator("#progress", { hasText: "states" }).waitFor();
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByText(/INCOMPLETE: interrupted/).waitFor();
  expect(complaints).toEqual([]);
});
