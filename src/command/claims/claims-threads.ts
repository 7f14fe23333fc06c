import { Worker } from "node:worker_threads";
import { checkClaims, inOrder, type Answer } from "../../catalogue/check-claims.ts";
import type { Claim, Column } from "../../catalogue/claim.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { moduleBeside } from "../../module-beside.ts";
import type { Explore, Pulse } from "../../problem/exploration.ts";
import { cellsFor, stopAll, stopped, takenOnce, type Shared, type ToldAnswer } from "./claims-sharing.ts";

/** What a thread answers. Rejects with what it failed with. */
const answersOf = (shared: Shared): Promise<readonly ToldAnswer[]> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(new URL(moduleBeside(import.meta.url, "claims-worker")), {
      workerData: shared,
    });
    thread.on("message", resolve).on("error", reject);
    thread.on("exit", () => reject(new Error("a thread that checks claims ended before it had answered")));
  });

/** Checks claims as `checkClaims` does, the models shared among this thread and `count - 1` others: the same answers. */
export const checkOnThreads = async (
  { scenarios, module }: Catalogue & { readonly module: string },
  columns: readonly Column[],
  claims: readonly Claim[],
  { explore, pulse, count }: { readonly explore: Explore; readonly pulse: Pulse; readonly count: number },
): ReturnType<typeof checkClaims> => {
  const cells = cellsFor(claims, { columns });
  const shared: Shared = {
    catalogue: module,
    claims: claims.map(({ id }) => id),
    columns: columns.map(({ name }) => name),
    cells,
  };
  const others = Promise.all(Array.from({ length: count - 1 }, () => answersOf(shared)));
  const mine = checkClaims(scenarios, { columns }, claims, explore, {
    pulse: (progress) => (stopped(cells) ? "interrupted" : pulse(progress)),
    takes: takenOnce(cells),
  });
  // Whoever ends early, by an interrupt or an error, ends the others.
  const own = mine.then(({ finished }) => {
    if (!finished) stopAll(cells);
  });
  try {
    const [told] = await Promise.all([others, own]);
    const all = told.flat().map(({ at: [claim, check, column], ...rest }): Answer => ({
      ...rest,
      claim: claims[claim],
      check: claims[claim].checks[check],
      column: columns[column],
    }));
    const { answers, finished } = await mine;
    return { answers: inOrder([...answers, ...all], { columns }, claims), finished };
  } catch (error) {
    stopAll(cells);
    await Promise.allSettled([mine, others]);
    throw error;
  }
};
