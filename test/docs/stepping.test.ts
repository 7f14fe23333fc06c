import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as catalogue from "../../scenarios/index.ts";
import { COMMANDS } from "../../src/command/step/command.ts";
import { STATES } from "../../src/command/step/shortest.ts";
import { run } from "../fixtures/io.ts";

const page = readFileSync(new URL("../../docs/stepping.md", import.meta.url), "utf8");

const sessions = [...page.matchAll(/```console\n\$ npx apicv-check (step.*)\n([^]*?)```/g)].map(
  ([, line, shown]) => ({ line, shown }),
);

test.each(sessions)("docs/stepping.md shows what `apicv-check $line` prints", async ({ line, shown }) => {
  const typed = [...shown.matchAll(/^> (.*)$/gm)].map(([, command]) => command);
  const { code, stdout, stderr } = await run(line, { typed }, catalogue);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(shown).toBe(stdout);
});

test("docs/stepping.md has sessions from a start and along a trace, and every command", () => {
  expect(sessions.map(({ line }) => line.includes(":"))).toEqual([false, true]);
  const rows = page.split("\n").map((row) => row.replaceAll(/\s+/g, " "));
  for (const { words, takes, about } of COMMANDS) {
    const [name, ...others] = words;
    const names = [`${name} ${takes}`.trim(), ...others].map((word) => `\`${word}\``).join(", ");
    expect(rows).toContain(`| ${names} | ${about} |`);
  }
  expect(page).toContain(`${STATES.toLocaleString("en-US")} states unless`);
});
