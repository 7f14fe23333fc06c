import { expect, test } from "vitest";
import { exploreFast } from "#check";
import { checkClaims, inOrder } from "../../src/catalogue/check-claims.ts";
import { cellsFor, stopAll, stopped, takenOnce } from "../../src/command/claims/claims-sharing.ts";
import { catalogue } from "../fixtures/io.ts";

const { claims: book, scenarios } = catalogue;

test("models that two share are searched once, and the answers together are those of one alone", async () => {
  const whole = await checkClaims(scenarios, book, book.claims, exploreFast);
  const cells = cellsFor(book.claims, book);
  let searches = 0;
  const part = (takes: () => boolean) =>
    checkClaims(
      scenarios,
      book,
      book.claims,
      (...asked) => {
        searches++;
        return exploreFast(...asked);
      },
      { takes },
    );
  // The first has time for one model only.
  let left = 1;
  const takes = takenOnce(cells);
  const first = await part(() => left-- > 0 && takes());
  const second = await part(takenOnce(cells));
  expect(first.answers.length).toBeGreaterThan(0);
  expect(second.answers.length).toBeGreaterThan(0);
  expect(searches).toBe(2);
  expect(inOrder([...second.answers, ...first.answers], book, book.claims)).toEqual(whole.answers);
});

test("who stops, stops all", () => {
  const cells = cellsFor(book.claims, book);
  expect(stopped(cells)).toBe(false);
  stopAll(cells);
  expect(stopped(cells)).toBe(true);
});
