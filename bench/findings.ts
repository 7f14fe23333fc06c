import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { findings } from "../scenarios/index.ts";
import { asksWith } from "../src/catalogue/finding.ts";
import { mendedIn, runShown } from "./finding-shown.ts";
import { page, type Found } from "./findings-page.ts";
import { askedEverywhere } from "./fix-everywhere.ts";

const program = fileURLToPath(new URL("../cli/main.js", import.meta.url));

/** What `explore` prints; a violation of a model that was changed is nothing that is expected, and so no failure here. */
const explored = (words: readonly string[]): string =>
  execFileSync(process.execPath, [program, "explore", ...words, "--quiet", "--allow-unrecorded"], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });

const all: Found[] = [];
for (const finding of await findings()) {
  const run = runShown(explored(finding.asks), finding.property);
  const fixes: Found["fixes"][number][] = [];
  for (const fix of finding.fixes)
    fixes.push({
      fix,
      mended: mendedIn(explored([...asksWith(finding, fix), "--json"]), finding.property),
      everywhere: await askedEverywhere(finding, fix),
    });
  all.push({ finding, run, fixes });
}
console.log(page(all).join("\n"));
