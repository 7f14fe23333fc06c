import { expect, test } from "vitest";
import { exploreFast, type Choice } from "#check";
import { checkClaims, inOrder } from "../../src/catalogue/check-claims.ts";
import { cellsFor, stopAll, stopFor, taken, takenOnce } from "../../src/command/search/model-sharing.ts";
import { mostModels } from "../../src/command/claims/claims-threads.ts";
import type { Sizes } from "../../src/catalogue/size.ts";
import type { Explore } from "../../src/problem/exploration.ts";
import { catalogue, claims as book } from "../fixtures/io.ts";

const { scenarios } = catalogue;

/** What two find that share worlds, of these sizes, and how often each has built one and both have searched. */
const shared = async (sizes: Sizes) => {
  const cells = cellsFor(mostModels(book.claims, book));
  let searches = 0;
  const part = async (takes: () => boolean) => {
    let built = 0;
    const building = scenarios.map((scenario) => ({
      ...scenario,
      build: (choice: Choice) => {
        built++;
        return scenario.build(choice);
      },
    }));
    const explore: Explore = (...asked) => {
      searches++;
      return exploreFast(...asked);
    };
    const { answers } = await checkClaims(building, book, book.claims, explore, { takes, sizes });
    return { answers, built };
  };
  // The first has time for one thing only.
  let left = 1;
  const takes = takenOnce(cells);
  const first = await part(() => left-- > 0 && takes());
  const second = await part(takenOnce(cells));
  const together = inOrder([...second.answers, ...first.answers], book, book.claims);
  return { first, second, searches, together };
};

test("models of a large world that two share are searched once, and the answers together are those of one alone", async () => {
  const whole = await checkClaims(scenarios, book, book.claims, exploreFast);
  const { first, second, searches, together } = await shared({
    "kvm/posting:mode-first:vmx": { states: 521, bytes: 0 },
  });
  expect(first.answers.length).toBeGreaterThan(0);
  expect(second.answers.length).toBeGreaterThan(0);
  expect(searches).toBe(2);
  expect(together).toEqual(whole.answers);
});

test("another world is one thread's, which alone builds it", async () => {
  const { first, second, searches, together } = await shared({});
  expect([first.built, second.built, searches]).toEqual([2, 0, 2]);
  expect(second.answers).toEqual([]);
  expect(together).toHaveLength(3);
});

test("who stops, stops all, for the first reason given, and no more models are taken", () => {
  const cells = cellsFor(3);
  const takes = takenOnce(cells);
  expect([stopFor(cells), takes(), taken(cells)]).toEqual([undefined, true, 1]);
  stopAll(cells, "time");
  stopAll(cells);
  expect([stopFor(cells), takes(), taken(cells)]).toEqual(["time", false, 1]);
});
