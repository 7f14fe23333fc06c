import { expect, test } from "vitest";
import { recordPaths } from "../../src/command/find/record-paths.ts";
import { actionPaths } from "../../scenarios/action-paths.ts";
import { scenarios } from "../../scenarios/index.ts";

test("what actions and properties touch is as it was recorded: else npm run paths", () => {
  expect(recordPaths({ scenarios })).toEqual(actionPaths);
});
