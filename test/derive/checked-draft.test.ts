import { expect, test } from "vitest";
import { int, record } from "#check";
import { checkedDrafts } from "../../src/derive/checked-draft.ts";

const State = record({ n: int(0, 9) });

test("one schema is opened as often as is allowed, whatever was allowed before", () => {
  const writesFive = (most?: number): void => {
    const draft = checkedDrafts(State, {}, most)({ n: 0 }) as { n: number };
    for (let n = 1; n <= 5; n++) draft.n = n;
  };
  expect(writesFive).not.toThrow();
  expect(() => writesFive(3)).toThrow("3");
  expect(() => writesFive(5)).not.toThrow();
  expect(writesFive).not.toThrow();
});
