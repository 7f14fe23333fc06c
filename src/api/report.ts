/**
 * `apicv-check/report`: answers as text, JSON and graphs.
 *
 * Text is plain ASCII of at most 79 columns, runs of at most 75, as mail has it.
 */
export { answerText, claimsText, gateText, printedRun, violationText } from "../report/text.ts";
export { exploreJson as answerJson } from "../report/json.ts";
export { gateJson } from "../report/gate-report.ts";
export { effortOf, type Effort } from "../report/effort.ts";
export { graphText, type GraphFormat, type GraphText } from "../graph/graph-text.ts";
