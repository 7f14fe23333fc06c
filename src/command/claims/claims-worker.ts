import { claimsIn } from "../../catalogue/catalogue.ts";
import { checkClaims } from "../../catalogue/check-claims.ts";
import { exploreFast } from "../../explore.ts";
import { loaded } from "../flags/source.ts";
import { takePart } from "../search/model-sharing.ts";
import type { ClaimsGiven, ToldAnswer } from "./claims-threads.ts";

await takePart<ClaimsGiven, ToldAnswer>(async (given, taking) => {
  const catalogue = await loaded(given.catalogue);
  const { scenarios } = catalogue;
  const book = await claimsIn(catalogue);
  const claims = book.claims.filter(({ id }) => given.claims.includes(id));
  const columns = book.columns.filter(({ name }) => given.columns.includes(name));
  const { answers } = await checkClaims(scenarios, { columns }, claims, exploreFast, taking);
  return answers.map(({ claim, check, column, ...rest }) => ({
    ...rest,
    at: [claims.indexOf(claim), claim.checks.indexOf(check), columns.indexOf(column)] as const,
  }));
});
