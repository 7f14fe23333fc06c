import { expect, test } from "vitest";
import { touchingIn } from "../../src/command/find/touching.ts";
import { recordPaths } from "../../src/command/find/record-paths.ts";
import { actionPaths } from "../../scenarios/action-paths.ts";
import { scenarios } from "../../scenarios/index.ts";
import { shipped } from "../../scenarios/shipped.ts";

const touched = [actionPaths.actions, actionPaths.properties].flatMap(
  Object.values<{ reads: string; writes: string }>,
);

test("what actions and properties touch is as the build recorded it", () => {
  expect(recordPaths({ scenarios })).toEqual(actionPaths);
});

test("it is of fields that there are", async () => {
  const fields = new Set((await touchingIn(await shipped())).fields.map(({ item }) => item.path));
  const paths = touched.flatMap(({ reads, writes }) => `${reads} ${writes}`.split(" "));
  expect(paths.filter((path) => path !== "" && !fields.has(path))).toEqual([]);
});

test("every action writes something", () => {
  const idle = Object.entries(actionPaths.actions).filter(([, { writes }]) => writes === "");
  expect(idle.map(([name]) => name)).toEqual([]);
});
