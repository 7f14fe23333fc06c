import { scenarios } from "../scenarios/index.ts";
import { page, rowsOf, type FewestSwitches } from "./fewest-switches.ts";

const rows: FewestSwitches[] = [];
for (const scenario of scenarios) rows.push(...(await rowsOf(scenario)));
console.log(page(rows).join("\n"));
