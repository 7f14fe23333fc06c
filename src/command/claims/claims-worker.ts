import { parentPort, workerData } from "node:worker_threads";
import { checkClaims } from "../../catalogue/check-claims.ts";
import { exploreFast } from "../../explore.ts";
import { stopped, takenOnce, type Shared, type ToldAnswer } from "./claims-sharing.ts";
import { loaded } from "../flags/source.ts";

const shared = workerData as Shared;
const { cells } = shared;
const { scenarios, claims: book } = await loaded(shared.catalogue);
const claims = book.claims.filter(({ id }) => shared.claims.includes(id));
const columns = book.columns.filter(({ name }) => shared.columns.includes(name));
const { answers } = await checkClaims(scenarios, { columns }, claims, exploreFast, {
  pulse: () => (stopped(cells) ? "interrupted" : undefined),
  takes: takenOnce(cells),
});
const told = answers.map(({ claim, check, column, ...rest }): ToldAnswer => {
  const at = [claims.indexOf(claim), claim.checks.indexOf(check), columns.indexOf(column)] as const;
  return { ...rest, at };
});
parentPort!.postMessage(told);
