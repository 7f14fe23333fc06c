import { expect, test } from "vitest";
import { readsInFull, saysWhatItMeans, staysInside } from "./laws.ts";

test("many well-typed conditions say what they say in TypeScript", () => {
  const { accepted, refused } = saysWhatItMeans(20_000);
  expect(accepted).toBeGreaterThan(refused / 4);
});

test("many texts are read in full, or refused with a place in them", () => {
  expect(readsInFull(50_000)).toBeGreaterThan(2000);
});

test("of many, a number that is accepted stays inside what it is written to", () => {
  expect(staysInside(20_000)).toBeGreaterThan(4000);
});
