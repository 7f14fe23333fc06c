import { asksWith, type Finding, type Fix } from "../catalogue/finding.ts";
import { programName } from "../program-name.ts";
import { quoted } from "./command-line.ts";

/** The command that shows a finding, or that it is gone with a fix. */
export const commandOf = (finding: Finding, fix?: Fix): string =>
  [programName(), "explore", ...(fix === undefined ? finding.asks : asksWith(finding, fix))]
    .map(quoted)
    .join(" ");
