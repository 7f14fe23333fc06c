import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { kernelNames } from "../../models/kvm/kernels.ts";
import { options } from "../../models/kvm/options/index.ts";
import { kvm } from "../../scenarios/kvm.ts";

const page = readFileSync(new URL("../../docs/kernel/versions.md", import.meta.url), "utf8");

const oldestFirst = kernelNames.toReversed();
const following = options.filter(({ follows }) => follows !== undefined);
const worldsWith = (name: string): readonly string[] =>
  kvm.filter((world) => world.options.some((option) => option.name === name)).map((world) => world.name);

/** The cells of each row of the page's table, its head first. */
const shown = page
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  .filter(([first]) => !first.startsWith("-"));

test("docs/kernel/versions.md has what the options say of each kernel", () =>
  expect(shown).toEqual([
    ["option", ...oldestFirst, "worlds that name it"],
    ...following.map(({ name, follows }) => [
      name,
      ...oldestFirst.map((kernel) => follows!.defaults[kernel]),
      worldsWith(name).join(", "),
    ]),
  ]));

test("docs/kernel/versions.md tells of each difference what it is, and a world that names it shows it", () => {
  const told = [...page.matchAll(/^### (\w+): /gm)].map(([, name]) => name);
  expect(told).toEqual(following.map(({ name }) => name));
  for (const { name } of following) {
    const [, part] = page.split(`### ${name}: `);
    const [section] = part.split("\n### ");
    expect(worldsWith(name).some((world) => section.includes(world))).toBe(true);
  }
});

test("docs/kernel/versions.md says what was read of each kernel", () =>
  expect([...page.matchAll(/^- <a id="([\d.]+)"><\/a>/gm)].map(([, name]) => name)).toEqual(kernelNames));
