import { claimsIn } from "../../catalogue/catalogue.ts";
import { checkClaims } from "../../catalogue/check-claims.ts";
import { exploreFast } from "../../explore.ts";
import { loaded } from "../flags/source.ts";
import { takePart } from "../search/model-sharing.ts";
import { unlessKept, type ClaimsGiven, type ToldAnswer } from "./claims-given.ts";

await takePart<ClaimsGiven, ToldAnswer>(async ({ kept, ...given }, taking) => {
  const catalogue = await loaded(given.catalogue);
  const { scenarios, sizes = {} } = catalogue;
  const book = await claimsIn(catalogue);
  const claims = book.claims.filter(({ id }) => given.claims.includes(id));
  const columns = book.columns.filter(({ name }) => given.columns.includes(name));
  const following = { ...taking, sizes, wants: unlessKept(kept) };
  const { answers } = await checkClaims(scenarios, { columns }, claims, exploreFast, following);
  return answers.map(({ claim, check, column, ...rest }) => ({
    ...rest,
    at: [claims.indexOf(claim), claim.checks.indexOf(check), columns.indexOf(column)] as const,
  }));
});
