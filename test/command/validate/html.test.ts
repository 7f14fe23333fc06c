import { linkSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { validate } from "../../../src/command/validate/validate-command.ts";
import { captured } from "../../../scenarios/captured.ts";
import { fakeIo } from "../../fixtures/io.ts";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";

const folder = temporaryFolder();
const [file, html] = ["host.txt", "host.html"].map((name) => join(folder, name));

const LINES = [
  "      CPU 0/KVM-4243    [002] .....   100.000001: kvm_exit: reason HLT rip 0x1000 info 0 0",
  "      CPU 0/KVM-4243    [002] d..1.   100.000002: kvm_entry: vcpu 0, rip 0x1000",
  " <b>qemu-4242    [003] .....  100.000003: kvm_apicv_inhibit_changed: set reason=8, inhibits=0x100 IRQWIN",
  " <b>qemu-4242    [003] .....  100.000004: kvm_apicv_inhibit_changed: set reason=2, inhibits=0x4 ABSENT",
  "      CPU 0/KVM-4243    [002] .....   100.000005: kvm_exit: reason HLT rip 0x1000 info 0 0",
];

const pageOf = async (lines: readonly string[]) => {
  writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
  const { io, written } = fakeIo();
  const catalogue = { captured: async () => captured, scenarios: [] };
  const code = await validate(catalogue, file, { html, chosen: {} }, io);
  const page = readFileSync(html, "utf8");
  const rows = [...page.matchAll(/<tr([^>]*) id="line-(\d+)"><th scope="row">\d+<\/th>(.*)<\/tr>/g)].map(
    ([, attributes, at, cells]) => ({
      at: Number(at),
      isWrong: attributes.includes("wrong"),
      cells: [...cells.matchAll(/<td>(.*?)<\/td>/g)].map(([, text]) => text),
    }),
  );
  const heads = [...page.matchAll(/<th scope="col">(.*?)<\/th>/g)].map(([, text]) => text);
  return { code, page, rows, heads, printed: written.stdout };
};

test("a page has a lane for each thread, beside it what is known of each part, and marks what is not allowed", async () => {
  const { code, rows, heads, page, printed } = await pageOf(LINES);
  expect(code).toBe(1);
  expect(heads).toEqual([
    "line",
    "CPU 0/KVM 4243",
    "&lt;b&gt;qemu 4242",
    "APICv inhibits",
    "thread of vCPU 0",
  ]);
  expect(rows.map(({ at, isWrong }) => [at, isWrong])).toEqual([
    [1, false],
    [2, false],
    [3, false],
    [4, true],
    [5, false],
  ]);
  expect(rows[1].cells).toEqual(["kvm_entry: vcpu 0, rip 0x1000", "", "", expect.any(String)]);
  expect(rows[1].cells[3]).not.toBe("");
  expect(rows[3].cells.slice(0, 3)).toEqual([
    "",
    "not allowed: kvm_apicv_inhibit_changed: set reason=2, inhibits=0x4 ABSENT",
    "",
  ]);
  // What is printed stands in it too, and nothing in it is run or loaded.
  expect(page.replaceAll("&gt;", ">").replaceAll("&lt;", "<")).toContain(printed.trim());
  expect(page).not.toMatch(/<script|<b>|src=|href=/);
});

test("a page is not begun where it cannot be written, before anything is read", async () => {
  const { io } = fakeIo();
  const catalogue = { captured: async () => captured, scenarios: [] };
  await expect(
    validate(catalogue, join(folder, "none.txt"), { html: join(folder, "none", "host.html") }, io),
  ).rejects.toThrow(/host\.html/);
});

describe("a page is not written over the capture", () => {
  const text = `${LINES[0]}\n`;
  const catalogue = { captured: async () => captured, scenarios: [] };
  const [symbolic, hard] = ["symbolic.txt", "hard.txt"].map((name) => join(folder, name));

  test.each([
    ["its own name", file],
    ["a symbolic link to it", symbolic],
    ["a hard link to it", hard],
  ])("%s", async (_, page) => {
    writeFileSync(file, text);
    if (page === symbolic) symlinkSync(file, symbolic);
    if (page === hard) linkSync(file, hard);
    const { io, written } = fakeIo();
    await expect(validate(catalogue, file, { html: page, chosen: {} }, io)).rejects.toThrow(
      `--html would overwrite the capture ${page}: give another file`,
    );
    expect(readFileSync(file, "utf8")).toBe(text);
    expect(written.stdout).toBe("");
  });
});

test("a page on stdout stands instead of the text, and not beside data", async () => {
  writeFileSync(file, `${LINES[0]}\n`);
  const { io, written } = fakeIo();
  const catalogue = { captured: async () => captured, scenarios: [] };
  await validate(catalogue, file, { html: "-", chosen: {} }, io);
  expect(written.stdout).toMatch(/^<!doctype html>/i);
  await expect(validate(catalogue, file, { html: "-", json: true, chosen: {} }, io)).rejects.toThrow(
    /stdout takes one report, and json and html are asked there/,
  );
});

test("an empty name is no capture", async () => {
  const { io } = fakeIo();
  const catalogue = { captured: async () => captured, scenarios: [] };
  await expect(validate(catalogue, "", {}, io)).rejects.toThrow(/which capture\? Give a file/);
});

test("a page without a name is refused, and a capture behind links in a circle is one clear error", async () => {
  writeFileSync(file, `${LINES[0]}\n`);
  const { io } = fakeIo();
  const catalogue = { captured: async () => captured, scenarios: [] };
  await expect(validate(catalogue, file, { html: "", chosen: {} }, io)).rejects.toThrow(
    "--html names no file: give one, or - for stdout",
  );
  const [one, other] = ["one", "other"].map((name) => join(folder, name));
  symlinkSync(one, other);
  symlinkSync(other, one);
  await expect(validate(catalogue, one, {}, io)).rejects.toThrow(
    /cannot read the capture .*one: its symbolic links lead in a circle/,
  );
});
