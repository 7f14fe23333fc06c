import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
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

const BLOCK = "explore kvm/block";
const RUN = "#property=halted-vcpu-wakes-for-vector";

/** Writes the page of a command; its file, and what the command printed. */
const written = async (command: string, name: string) => {
  const file = join(program.dir, name);
  const { stdout, stderr } = await program.run(MAIN, [...command.split(" "), "--report", `html=${file}`]);
  expect(stderr).not.toContain("html");
  return { url: pathToFileURL(file).href, file, stdout };
};

const opened = async (hash: string) => {
  const { url, stdout } = await block();
  return { ...(await openPage(browser, `${url}${hash}`)), stdout };
};
let once: ReturnType<typeof written> | undefined;
const block = () => (once ??= written(BLOCK, "block.html"));

test("the page of a search opens from its file, asks nobody, and is small", async () => {
  const { file } = await block();
  const { page, complaints } = await opened("");
  await page.locator(".verdict").first().waitFor();
  expect(await page.locator(".verdict .what").allTextContents()).toContain("no-lost-wakeup");
  // Failing first.
  expect(await page.locator(".verdict").first().textContent()).toContain("halted-vcpu-wakes-for-vector");
  expect(await page.getByRole("region", { name: "Coverage" }).textContent()).toContain(
    "19 of 61 never taken:",
  );
  expect(await page.getByRole("region", { name: "What the verdicts rest on" }).textContent()).toContain(
    "Complete: every state that can be reached in this scope was explored.",
  );
  expect(statSync(file).size).toBeLessThan(500_000);
  expect(readFileSync(file, "utf8")).not.toMatch(/(src|href)="http/);
  expect(complaints).toEqual([]);
});

test("the filter leaves the verdicts that have all of its words", async () => {
  const { page, complaints } = await opened("");
  await page.getByLabel("Filter").fill("witnessed");
  expect(await page.locator(".verdict .what").allTextContents()).toEqual([
    "yielding-vcpu-sees-posted-interrupt",
  ]);
  await page.getByLabel("Filter").fill("");
  await page.getByLabel("Show").selectOption("known violation");
  expect(await page.locator(".verdict .what").allTextContents()).toEqual(["halted-vcpu-wakes-for-vector"]);
  expect(complaints).toEqual([]);
});

test("a run is gone through by keys, and its address leads back to the step", async () => {
  const { page, complaints } = await opened("");
  await page.getByRole("link", { name: "halted-vcpu-wakes-for-vector" }).click();
  await page.getByText("at the start").waitFor();
  expect(await page.evaluate("document.activeElement.textContent")).toBe(
    "halted-vcpu-wakes-for-vector: violated",
  );
  for (const key of ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp"]) await page.keyboard.press(key);
  await page.getByText("step 2 of 22").waitFor();
  expect(await page.getByRole("region", { name: "Step", exact: true }).textContent()).toContain(
    "vcpu[0].pir.device01",
  );
  await page.keyboard.press("End");
  await page.getByText("step 22 of 22").waitFor();
  expect(new URL(page.url()).hash).toBe(`${RUN}&step=22`);
  const again = await openPage(browser, page.url());
  await again.page.getByText("step 22 of 22").waitFor();
  expect(await again.page.locator('[aria-current="step"]').textContent()).toContain("breaks it");
  expect(again.page.url()).toBe(page.url());
  expect([...complaints, ...again.complaints]).toEqual([]);
});

test("what one actor noticed of another is an arrow, and is said", async () => {
  const { page } = await opened(`${RUN}&step=20`);
  await page.getByText("It noticed that step 2 had changed vcpu[0].pir.device: a post.").waitFor();
  expect(await page.locator(".lanes .arrow.now").count()).toBe(2);
  expect(await page.getByRole("list", { name: "Arrows" }).textContent()).toContain("post (2)");
  expect(await page.locator(".lanes .dot").count()).toBe(22);
});

test("the button copies the text that the command prints for a mail", async () => {
  const { page, stdout } = await opened(RUN);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy for a mail" }).click();
  await page.getByText("copied").waitFor();
  const mail = await page.evaluate("navigator.clipboard.readText()");
  expect(String(mail)).toContain("** broken: halted-vcpu-wakes-for-vector (v=0)");
  expect(stdout).toContain(String(mail));
});

test("what a step breaks is said before it is taken, and as it is taken", async () => {
  const { page, complaints } = await opened(`${RUN}&step=21`);
  const other = page.getByRole("region", { name: "What else could have happened here" });
  const breaks = "breaks halted-vcpu-wakes-for-vector";
  expect(await other.getByRole("button").filter({ hasText: breaks }).allTextContents()).toHaveLength(1);
  await other.getByRole("button", { name: /irqfd_set_on/ }).click();
  await page
    .getByRole("status")
    .filter({ hasText: `step 22 of 22; it ${breaks}` })
    .waitFor();
  expect(await page.getByRole("region", { name: "Step", exact: true }).textContent()).toContain(
    `It ${breaks}.`,
  );
  // The same step earlier, beside the run, breaks nothing.
  const early = await opened(`${RUN}&step=2`);
  await early.page
    .getByRole("region", { name: "What else could have happened here" })
    .getByRole("button", { name: /irqfd_set_on/ })
    .click();
  await early.page.getByText("step 3 of 3, beside the run since step 2").waitFor();
  expect((await early.page.getByRole("status").allTextContents()).join(" ")).not.toContain("breaks");
  await early.page.keyboard.press("Control+z");
  await early.page.getByText("step 2 of 22").waitFor();
  expect([...complaints, ...early.complaints]).toEqual([]);
});

test("another branch is walked, undone, and named by the address", async () => {
  const { page, complaints } = await opened(`${RUN}&step=20`);
  const other = page.getByRole("region", { name: "What else could have happened here" });
  await other.getByRole("button", { name: /preempt/ }).click();
  await page.getByText("step 21 of 21, beside the run since step 20").waitFor();
  expect(await page.evaluate("document.activeElement.textContent")).toBe(
    "What else could have happened here",
  );
  expect(await page.locator('[aria-current="step"]').textContent()).toContain("preempt");
  await other
    .getByRole("button", { name: /sched_in/ })
    .first()
    .click();
  await page.getByText("step 22 of 22, beside the run since step 20").waitFor();
  const again = await openPage(browser, page.url());
  await again.page.getByText("step 22 of 22, beside the run since step 20").waitFor();
  await page.getByRole("button", { name: "Undo the last step" }).click();
  await page.getByText("step 21 of 21, beside").waitFor();
  await page.getByRole("button", { name: "Back to the run" }).click();
  await page.getByText("step 20 of 22").waitFor();
  expect([...complaints, ...again.complaints]).toEqual([]);
});

test("the graph shows the neighbourhood, what is known by depth, and the states grouped by a field", async () => {
  const { page, complaints } = await opened(`${RUN}&step=20&view=graph`);
  const nodes = async () => Number(await page.locator("canvas").getAttribute("data-nodes"));
  await page.locator('canvas[data-drawn="yes"]').waitFor();
  expect(await nodes()).toBeGreaterThan(23);
  await page.getByLabel("Show").selectOption("all known states, by depth");
  expect(await nodes()).toBeGreaterThan(1000);
  await page.getByText(/This page has [\d,]+ states of 19,954/).waitFor();
  await page.getByLabel("Show").selectOption("vcpu[0].mode");
  expect(await nodes()).toBe(2);
  expect(complaints).toEqual([]);
});

test("what compare found is a table, and each cell opens its run", async () => {
  const { url } = await written("compare v1-inhibit upstream --scenario kvm/timer", "compare.html");
  const { page, complaints } = await openPage(browser, url);
  const table = page.getByRole("region", { name: "Table" });
  expect(await table.locator("thead th").allTextContents()).toEqual(["v1-inhibit", "upstream"]);
  await table.getByRole("link").first().click();
  await page.getByRole("button", { name: "Copy for a mail" }).waitFor();
  expect(complaints).toEqual([]);
});

test("several values are a table of combinations, and each violation opens its run", async () => {
  const { url } = await written(
    "explore kvm/level --guest td,vmx --set levelTriggered=* --quiet",
    "combinations.html",
  );
  const { page, complaints } = await openPage(browser, url);
  const table = page.getByRole("region", { name: "Table" });
  const cells = table.getByRole("link");
  const count = await cells.count();
  expect(count).toBeGreaterThan(1);
  for (const place of [0, count - 1]) {
    await cells.nth(place).click();
    await page.getByRole("button", { name: "Copy for a mail" }).waitFor();
    await page.getByRole("link", { name: "All verdicts" }).click();
  }
  expect(complaints).toEqual([]);
});

test("what claims and check found opens as well", async () => {
  const claims = await openPage(
    browser,
    (await written("claims P3 --design active --quiet", "claims.html")).url,
  );
  await claims.page.getByRole("region", { name: "Table" }).getByRole("link").first().click();
  await claims.page.getByRole("button", { name: "Copy for a mail" }).waitFor();
  const check = await openPage(browser, (await written("check oracle/die-hard --quiet", "check.html")).url);
  await check.page.locator(".verdict").first().waitFor();
  expect([...claims.complaints, ...check.complaints]).toEqual([]);
});
