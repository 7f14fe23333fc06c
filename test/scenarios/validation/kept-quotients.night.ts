import { expect, test } from "vitest";
import { isKeptAsMade, slow } from "./kept-as-made.ts";

test.each(slow)("what is kept of %s is what is made of it now", async (_, world) => {
  expect(await isKeptAsMade(world)).toBe(true);
});
