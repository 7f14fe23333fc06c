import { expect, test } from "vitest";
import { readsInFull, saysWhatItMeans, staysInside } from "./laws.ts";

test("a well-typed condition says what it says in TypeScript, and reads the same leaves of the state", () => {
  const { accepted, refused } = saysWhatItMeans(500);
  expect(accepted).toBeGreaterThan(refused / 4);
});

test("whatever is typed is read in full, or refused with a place in it", () => {
  expect(readsInFull(1500)).toBeGreaterThan(50);
});

test("a number that is accepted stays inside what it is written to", () => {
  expect(staysInside(300)).toBeGreaterThan(60);
});
