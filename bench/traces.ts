import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { format, resolveConfig } from "prettier";
import { inDocs, withFigures } from "./page.ts";
import { plantedKernels } from "./planted-kernels.ts";
import { capturesTable, plantedTable, runsTable } from "./trace-figures.ts";

// Captures of hosts are not part of the project: `--captures` names a folder of them.
const { values } = parseArgs({
  options: { captures: { type: "string", default: "test/events/captures" } },
});
const captures = readdirSync(values.captures)
  .filter((name) => name.endsWith(".txt"))
  .map((name) => ({
    name: name.replace(/\.txt$/, ""),
    text: readFileSync(join(values.captures, name), "utf8"),
  }));

const page = inDocs("traces.md");
const command = "npm run traces:docs";
const tables: readonly (readonly [string, readonly string[]])[] = [
  [command, await runsTable()],
  [`${command}, captures`, await capturesTable(captures)],
  [`${command}, planted bugs`, await plantedTable(plantedKernels())],
];
const written = tables.reduce(
  (text, [name, lines]) => withFigures(text, name, lines),
  readFileSync(page, "utf8"),
);
const style = await resolveConfig(page);
writeFileSync(page, await format(written, { ...style, filepath: page }));
