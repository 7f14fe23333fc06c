import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compiled, MAIN, type Compiled } from "../fixtures/compiled.ts";
import { openPage, startChromium } from "./browser.ts";

let program: Compiled;
let browser: Browser;

beforeAll(async () => {
  program = compiled();
  browser = await startChromium();
});
afterAll(async () => {
  await browser.close();
  program.remove();
});

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong with a page as it stands, in both themes. */
const faults = async (page: Page): Promise<readonly string[]> => {
  const found: string[] = [];
  await page.evaluate(AXE);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations, passes } = (await page.evaluate("axe.run()")) as AxeResults;
    expect(passes.length).toBeGreaterThan(10);
    for (const { id, nodes } of violations)
      for (const { html, failureSummary } of nodes)
        found.push(`${colorScheme}: ${id}: ${html}\n${failureSummary ?? ""}`);
  }
  return found;
};

const fileOf = async (command: string, name: string): Promise<string> => {
  const file = join(program.dir, name);
  await program.run(MAIN, [...command.split(" "), "--quiet", "--report", `html=${file}`]);
  return pathToFileURL(file).href;
};

test("axe finds nothing wrong with any view of a report, in either theme", async () => {
  const url = await fileOf("explore kvm/block", "block.html");
  const run = "#property=halted-vcpu-wakes-for-vector";
  const overview = (await openPage(browser, url)).page;
  await overview.locator(".verdict").first().waitFor();
  await overview.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
  expect(await faults(overview)).toEqual([]);
  for (const step of [0, 20, 22]) {
    const { page } = await openPage(browser, `${url}${run}&step=${step}`);
    await page.getByRole("region", { name: "Steps" }).waitFor();
    expect(await faults(page)).toEqual([]);
  }
  const { page } = await openPage(browser, `${url}${run}&step=20`);
  const other = page.getByRole("region", { name: "What else could have happened here" });
  await other.getByRole("button", { name: /preempt/ }).click();
  await page.getByText("step 21 of 21, beside the run since step 20").waitFor();
  expect(await faults(page)).toEqual([]);
  const graph = (await openPage(browser, `${url}${run}&step=20&view=graph`)).page;
  await graph.locator('canvas[data-drawn="yes"]').waitFor();
  await graph.getByText("The same as a table").click();
  expect(await faults(graph)).toEqual([]);
});

test("axe finds nothing wrong with the page that explores, nor with what it found", async () => {
  const server = spawn(process.execPath, [join(program.dir, MAIN), "ui"]);
  try {
    const [said] = (await once(server.stdout, "data")) as readonly Buffer[];
    const url = said.toString().trim();
    const { page } = await openPage(browser, url);
    await page.getByRole("button", { name: "Explore" }).waitFor();
    await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
    await page.getByLabel("or paste it").fill("name: kept");
    await page.getByRole("button", { name: "Use this file" }).click();
    await page.getByRole("alert").waitFor();
    expect(await faults(page)).toEqual([]);
    const found = (await openPage(browser, `${url}?world=oracle/die-hard`)).page;
    await found.getByRole("region", { name: "Verdicts", exact: true }).waitFor();
    expect(await faults(found)).toEqual([]);
  } finally {
    server.kill("SIGINT");
  }
});

test("axe finds nothing wrong with tables of verdicts, and with an address that leads nowhere", async () => {
  const url = await fileOf("compare v1-inhibit upstream --scenario kvm/block", "table.html");
  const { page } = await openPage(browser, url);
  await page.getByRole("region", { name: "Table" }).waitFor();
  expect(await faults(page)).toEqual([]);
  const nowhere = await openPage(browser, `${url}#property=nothing`);
  await nowhere.page.getByRole("alert").waitFor();
  expect(await faults(nowhere.page)).toEqual([]);
});
