import { expect, test } from "vitest";
import { observedVersion } from "../../../src/validate/observed-version.ts";
import { isKeptAsMade, quick, slow } from "./kept-as-made.ts";

test.each(quick)("what is kept of %s is what is made of it now", async (_, world) => {
  expect(await isKeptAsMade(world)).toBe(true);
});

test.each(slow)("what is kept of %s is of the model as it is now", (_, world) => {
  const [version] = world.kept?.()?.split("\n") ?? [];
  expect(version).toBe(observedVersion(world.problem(), world.observing));
});
