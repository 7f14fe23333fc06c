import { exploreFast, isLiveness, problemOf, type AnyScenario, type Property } from "#check";
import { chosenPairs } from "../src/model/axis.ts";
import { casesOf, type Case } from "../src/catalogue/cases.ts";
import { withinSwitches } from "../src/methods/switches/switches.ts";
import { settingsOf } from "../src/catalogue/choice.ts";
import { expectationFor } from "../src/catalogue/scenario.ts";
import { paragraph } from "../src/report/wrap.ts";

/** How few switches a violation needs: the table of docs/switches.md has a row for each. */
export interface FewestSwitches {
  readonly property: string;
  /** The world as the command line takes it. */
  readonly world: string;
  readonly switches: number;
  /** Steps of the shortest run with so few switches. */
  readonly steps: number;
  /** Steps of the shortest run of all. */
  readonly shortest: number;
  /** States found within the bound and in the whole search. */
  readonly states: number;
  readonly all: number;
}

/** The violations that a scenario expects, each in the first of its cases that has it. A `sometimes` has no run to show. */
const violationsOf = (scenario: AnyScenario): ReadonlyMap<Case, readonly Property<unknown>[]> => {
  const asked = new Map<Case, Property<unknown>[]>();
  const cases = casesOf(scenario);
  for (const property of scenario.properties) {
    if (property.kind === "sometimes" || isLiveness(property)) continue;
    const first = cases.find(
      ({ choice }) => expectationFor(scenario, property.id, choice)?.verdict === "violated",
    );
    if (first !== undefined) asked.set(first, [...(asked.get(first) ?? []), property]);
  }
  return asked;
};

const worldOf = ({ scenario, choice }: Case): string =>
  [
    scenario.name,
    ...chosenPairs(choice)
      .filter(([axis, value]) => value !== scenario.axes?.[axis]?.[0])
      .map(([axis, value]) => `--${axis} ${value}`),
    ...settingsOf(scenario, choice).map((setting) => `--set ${setting}`),
  ].join(" ");

/** The rows of a scenario: each violation under the smallest bound on switches that shows it. */
export const rowsOf = async (scenario: AnyScenario): Promise<readonly FewestSwitches[]> => {
  const rows: FewestSwitches[] = [];
  for (const [one, properties] of violationsOf(scenario)) {
    const { model, start } = scenario.build(one.choice);
    const problem = problemOf(model, scenario.scope, properties, start);
    const whole = await exploreFast(problem);
    const missing = new Set(properties);
    for (let switches = 0; missing.size > 0; switches++) {
      const found = await withinSwitches(exploreFast, switches)(problem);
      for (const property of missing) {
        const place = properties.indexOf(property);
        const path = found.findings[place].path;
        if (path === undefined) continue;
        missing.delete(property);
        rows.push({
          property: property.id,
          world: worldOf(one),
          switches,
          steps: path.steps.length,
          shortest: whole.findings[place].path!.steps.length,
          states: found.states,
          all: whole.states,
        });
      }
    }
  }
  const ids = scenario.properties.map(({ id }) => id);
  return rows.toSorted((a, b) => ids.indexOf(a.property) - ids.indexOf(b.property));
};

/** A row of the table. */
export const rowText = ({
  property,
  world,
  switches,
  steps,
  shortest,
  states,
  all,
}: FewestSwitches): string =>
  `| ${[property, world, switches, steps, shortest, ...[states, all].map((n) => n.toLocaleString("en-US"))].join(" | ")} |`;

/** The page docs/switches.md. */
export const page = (rows: readonly FewestSwitches[]): readonly string[] => {
  const most = Math.max(...rows.map(({ switches }) => switches));
  const tally = Array.from(
    { length: most + 1 },
    (_, n) => rows.filter(({ switches }) => switches === n).length,
  );
  return [
    "# How few switches the violations need",
    "",
    ...paragraph(
      "Written by `npm run switches:docs`, not by hand. A switch is where control passes from one actor (a pCPU, the " +
        "housekeeping pCPU, userspace, ...) to another. Every violation that a shipped world expects is a row, in the first " +
        "of its worlds that has it: the smallest bound on switches under which it shows, the steps of the shortest run " +
        "within that bound and of the shortest run of all, and the states within the bound and in the whole world. " +
        "Violations that a mutation of the kernel causes are in `docs/mutations.md`.",
    ),
    "",
    ...paragraph(
      `Of ${rows.length} violations ${tally.map((n, switches) => `${n} need ${switches}`).join(", ")} switches. A row again:`,
    ),
    "",
    "    apicv-check explore --scenario WORLD --property PROPERTY --switches 0..9",
    "",
    "| property | world | switches | steps | shortest | states within | states |",
    "| --- | --- | --: | --: | --: | --: | --: |",
    ...rows.map(rowText),
  ];
};
