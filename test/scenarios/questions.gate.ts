import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { main } from "../../src/command/program.ts";
import { shipped } from "../../scenarios/shipped.ts";
import { fakeIo } from "../fixtures/io.ts";

const files = ["scenarios/questions", "scenarios/bugs"].flatMap((folder) =>
  readdirSync(join(import.meta.dirname, "../..", folder))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => join(folder, file)),
);

test.each(files)("%s: every case is as the file expects", async (file) => {
  const { io, written } = fakeIo();
  const code = await main(["check", "--quiet", file], io, shipped);
  expect([code, written.stderr]).toEqual([0, ""]);
  expect(written.stdout).not.toMatch(/ (No|Open)( |$)/m);
});
