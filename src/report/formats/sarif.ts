import { actorsOf, briefSteps, toldOfRun } from "./run-text.ts";
import type { Reported, ReportedRun, ReportedVerdict, ReportedWorld, Standing } from "./reported.ts";

/** No more steps of a run than code scanning keeps of a flow. */
const MOST_STEPS = 1000;

const SHOWN: readonly Standing[] = ["fail", "known", "open"];
const LEVELS: Readonly<Record<Standing, string>> = {
  fail: "error",
  known: "note",
  open: "warning",
  pass: "none",
  skip: "none",
};

const locationOf = ({ source, name }: ReportedWorld, text?: string) => ({
  ...(text === undefined ? {} : { message: { text } }),
  physicalLocation: { artifactLocation: { uri: encodeURI(source) }, region: { startLine: 1 } },
  logicalLocations: [{ fullyQualifiedName: name, kind: "module" }],
});

/** A run as one flow: a thread for each actor, the order of execution over all of them. */
const codeFlow = (world: ReportedWorld, run: ReportedRun) => {
  const steps = briefSteps(run).slice(0, MOST_STEPS);
  return {
    message: { text: [`a run of ${run.trace.steps.length} steps:`, toldOfRun(run)].join(" ").trim() },
    threadFlows: actorsOf(steps).map((actor) => ({
      id: actor,
      locations: steps
        .filter((step) => step.actor === actor)
        .map(({ number, text, changes }) => ({
          executionOrder: number,
          location: locationOf(world, [text, ...changes].join("\n")),
        })),
    })),
  };
};

const resultOf = (world: ReportedWorld, verdict: ReportedVerdict, ruleIndex: number) => ({
  ruleId: verdict.property,
  ruleIndex,
  kind: verdict.standing === "open" ? "open" : "fail",
  // Of a result that is open the standard allows no other level.
  level: verdict.standing === "open" ? "none" : LEVELS[verdict.standing],
  message: { text: `${verdict.name} in ${world.name}: ${verdict.message}` },
  locations: [locationOf(world)],
  partialFingerprints: { "counterexample/v1": verdict.fingerprint },
  ...(verdict.run === null || verdict.run.trace.steps.length === 0
    ? {}
    : { codeFlows: [codeFlow(world, verdict.run)] }),
  ...(verdict.standing === "known"
    ? { suppressions: [{ kind: "external", status: "accepted", justification: verdict.message }] }
    : {}),
});

const pascal = (id: string): string =>
  id
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");

/** What is violated or left open as SARIF 2.1.0, for code scanning: a rule for each property, a run as a code flow. */
export const sarifOf = (reported: Reported): string => {
  const { program, version, command, finished, worlds } = reported;
  const all = worlds.flatMap(({ verdicts }) => verdicts);
  const rules = [...new Map(all.map((verdict) => [verdict.property, verdict])).values()];
  const place = new Map(rules.map(({ property }, at) => [property, at]));
  const refusals = worlds.flatMap(({ name, refusal }) =>
    refusal === null ? [] : [{ level: "error", message: { text: `${name}: no start: ${refusal}` } }],
  );
  const document = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: program,
            semanticVersion: version,
            rules: rules.map(({ property, statement }) => ({
              id: property,
              name: pascal(property),
              shortDescription: { text: statement },
              fullDescription: { text: statement },
              help: { text: `${program} explain ${property}` },
              defaultConfiguration: { level: "error" },
            })),
          },
        },
        automationDetails: { id: `${program}/${command}/` },
        invocations: [
          {
            executionSuccessful: finished,
            ...(refusals.length === 0 ? {} : { toolExecutionNotifications: refusals }),
          },
        ],
        columnKind: "utf16CodeUnits",
        results: worlds.flatMap((world) =>
          world.verdicts
            .filter(({ standing }) => SHOWN.includes(standing))
            .map((verdict) => resultOf(world, verdict, place.get(verdict.property) ?? 0)),
        ),
      },
    ],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
};
