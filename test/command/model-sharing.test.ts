import { expect, test } from "vitest";
import { exploreFast } from "#check";
import { checkClaims, inOrder } from "../../src/catalogue/check-claims.ts";
import { cellsFor, stopAll, stopFor, taken, takenOnce } from "../../src/command/search/model-sharing.ts";
import { mostModels } from "../../src/command/claims/claims-threads.ts";
import { catalogue, claims as book } from "../fixtures/io.ts";

const { scenarios } = catalogue;

test("models that two share are searched once, and the answers together are those of one alone", async () => {
  const whole = await checkClaims(scenarios, book, book.claims, exploreFast);
  const cells = cellsFor(mostModels(book.claims, book));
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

test("who stops, stops all, for the first reason given, and no more models are taken", () => {
  const cells = cellsFor(3);
  const takes = takenOnce(cells);
  expect([stopFor(cells), takes(), taken(cells)]).toEqual([undefined, true, 1]);
  stopAll(cells, "time");
  stopAll(cells);
  expect([stopFor(cells), takes(), taken(cells)]).toEqual(["time", false, 1]);
});
