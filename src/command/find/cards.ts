import { own } from "../../schema/own.ts";
import { programName } from "../../program-name.ts";
import { everyChosen, type Axis } from "../../model/axis.ts";
import { choiceOf } from "../../catalogue/choice.ts";
import type { Action, Range } from "../../model/action.ts";
import { fairnessText } from "../../model/fairness.ts";
import { isLiveness, vacuousIsGood, type Property, type Role } from "../../model/property.ts";
import { expectationFor, type AnyScenario, type Named, type Option } from "../../catalogue/scenario.ts";
import { columns, row } from "../../report/columns.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import type { Shared } from "./inventory.ts";
import type { Touching } from "./touching.ts";

type Facts = readonly (readonly [string, string])[];

/** A title and, under it, the facts that are known, the labels in a column of their own. */
export const card = (title: string, facts: Facts): readonly string[] => [
  title,
  ...facts
    .filter(([, text]) => text !== "")
    .flatMap(([label, text]) => row([[label], [text]], columns([10, 66], 1), 2)),
];

const whereText = (where: Readonly<Record<string, string | readonly string[]>> | undefined): string =>
  Object.entries(where ?? {})
    .map(([key, value]) => `${key} ${typeof value === "string" ? value : value.join("|")}`)
    .join(", ");

/** What is expected of a property in a scenario, by the first axis (and the others, where they make a difference), then by option. */
const expectations = (scenario: AnyScenario, id: string): readonly string[] => {
  const { axes = {}, presets = [] } = scenario;
  const deciding = Object.fromEntries(Object.entries(axes).filter(([axis]) => !presets.includes(axis)));
  const chosen = everyChosen(deciding);
  const [first = ""] = Object.keys(deciding);
  const lines = [...new Set(chosen.map((one) => own(one, first)))].flatMap((value) => {
    const worlds = chosen.filter((one) => own(one, first) === value);
    const verdicts = worlds.map((one) => {
      const expectation = expectationFor(scenario, id, choiceOf(scenario, one));
      const because = expectation?.because === undefined ? "" : ` (${expectation.because})`;
      return expectation === undefined ? "nothing expected" : `${expectation.verdict}${because}`;
    });
    const alike = verdicts.every((verdict) => verdict === verdicts[0]);
    const each = alike ? verdicts.slice(0, 1) : verdicts;
    return each.map((verdict, i) => {
      const world = (alike ? [value ?? ""] : Object.values(worlds[i])).join(", ");
      return world === "" ? verdict : `${world}: ${verdict}`;
    });
  });
  const options = new Set([...scenario.options.map(({ name }) => name), ...presets]);
  const special = scenario.expected
    .filter(
      ({ property, where }) => property === id && Object.keys(where ?? {}).some((key) => options.has(key)),
    )
    .map(
      ({ where, verdict, because }) =>
        `${whereText(where)}: ${verdict}${because === undefined ? "" : ` (${because})`}`,
    );
  return [...lines, ...special];
};

/** What a property is, in words. */
const ROLES: Readonly<Record<Role, string>> = {
  requirement: "a requirement",
  law: "a law: it holds, or is vacuous, whatever is chosen",
  observation: "an observation, not a requirement",
};

/** What the letters of fairness conditions stand for. */
const FAIRNESS = {
  weak: "WF: what could be done all the time is done in the end",
  strong: "SF: what could be done again and again is done in the end",
  recurrent: "[]<>: is so again and again",
} as const;

/** What a liveness property assumes, and what that means; nothing of a safety property. */
const assumptions = (property: Property<unknown>): Facts => {
  if (!isLiveness(property)) return [];
  const { fairness } = property;
  if (fairness.length === 0) return [["assumes", "nothing: everything may stop for ever at any moment"]];
  const strengths = [...new Set(fairness.map(({ strength }) => strength))];
  return [
    ["assumes", fairness.map(fairnessText).join(", ")],
    ...strengths.map((strength) => ["", FAIRNESS[strength]] as const),
  ];
};

/** What a property says, who said it, and what is expected of it where. */
export const explainProperty = (
  { item: property, scenarios: names }: Shared<Property<unknown>>,
  { scenarios }: Catalogue,
): readonly string[] => {
  const { id, formerly = [], kind, statement, claim, note } = property;
  return [
    ...card(`property ${id}`, [
      ["formerly", formerly.join(", ")],
      ["says", statement],
      ["kind", kind],
      ...assumptions(property),
      ["is", ROLES[property.role ?? "requirement"]],
      [
        "vacuous",
        vacuousIsGood(property) ? "is good here: what it speaks of is best if it never occurs" : "",
      ],
      ["claim", claim ?? ""],
      ...(note?.facts ?? []),
      ["see", (note?.links ?? []).join(" ")],
    ]),
    ...scenarios
      .filter(({ name }) => names.includes(name))
      .flatMap((scenario) => [
        `  expected in ${scenario.name}`,
        ...expectations(scenario, id).flatMap((line) => row([[line]], columns([73], 0), 4)),
      ]),
    `  check it   ${programName()} explore --scenario ${names[0]} --property ${id}`,
  ];
};

const rangeText = (range: Range): string => {
  if (typeof range === "string") return `each ${range}`;
  if ("subsetOf" in range) return `any or none of each ${range.subsetOf}`;
  return "someOf" in range ? `some of each ${range.someOf}` : range.join("|");
};

/** What an action stands for, its arguments, what it touches and where it takes part. */
export const explainAction = (
  { item: { name, note, args }, scenarios }: Shared<Action<unknown>>,
  touching: Touching,
): readonly string[] => [
  ...card(`action ${name}`, [
    ...(note?.facts ?? []),
    ["see", (note?.links ?? []).join(" ")],
    [
      "arguments",
      Object.entries(args)
        .map(([arg, range]) => `${arg}: ${rangeText(range)}`)
        .join(", "),
    ],
    ["writes", touching.written(name)],
    ["in", scenarios.join(", ")],
  ]),
  ...(scenarios.length === 0 ? [] : [`  explore it ${programName()} explore --scenario ${scenarios[0]}`]),
];

/** What a value of an axis is. */
export const explainNamed = (
  kind: string,
  { item: { name, about, source, links = [] }, scenarios }: Shared<Named>,
): readonly string[] => [
  ...card(`${kind} ${name}`, [
    ["is", about],
    ["said by", source],
    ["see", links.join(" ")],
    ["in", scenarios.join(", ")],
  ]),
  ...(scenarios.length === 0
    ? []
    : [`  explore it ${programName()} explore --scenario ${scenarios[0]} --${kind} ${name}`]),
];

/** Which value of an option is its default, where it follows an axis also there. */
const defaultText = ({ values: [first], follows }: Option): string => {
  const others = Object.entries(follows?.defaults ?? {}).filter(([, value]) => value !== first);
  const under = [...new Set(others.map(([, value]) => value))].map(
    (value) =>
      `; ${value} under ${follows!.axis} ${others.flatMap(([on, its]) => (its === value ? [on] : [])).join(", ")}`,
  );
  return `the first is the default${under.join("")}`;
};

/** What an option decides. */
export const explainOption = ({ item, scenarios }: Shared<Option>): readonly string[] => {
  const { name, about, values, source, links = [] } = item;
  return [
    ...card(`option ${name}`, [
      ["decides", about],
      ["values", `${values.join(", ")} (${defaultText(item)})`],
      ["said by", source],
      ["see", links.join(" ")],
      ["in", scenarios.join(", ")],
    ]),
    `  set it     ${programName()} explore --scenario ${scenarios[0]} --set ${name}=${values.at(-1)}`,
  ];
};

/** What a scenario is, and what is expected of its properties. */
export const explainScenario = (scenario: AnyScenario, axes: readonly Axis[]): readonly string[] => [
  ...card(`scenario ${scenario.name}`, [
    ["is", scenario.about],
    ...axes.map(({ name, plural }) => [plural, (own(scenario.axes ?? {}, name) ?? []).join(", ")] as const),
    ["options", scenario.options.map(({ name, values }) => `${name}=${values.join("|")}`).join(", ")],
    [
      "scope",
      Object.entries(scenario.scope)
        .map(([family, size]) => `${family}=${size}`)
        .join(", "),
    ],
    ["start", scenario.start],
  ]),
  ...scenario.properties.flatMap(({ id }) => [
    `  expected of ${id}`,
    ...expectations(scenario, id).flatMap((line) => row([[line]], columns([73], 0), 4)),
  ]),
  `  explore it ${programName()} explore --scenario ${scenario.name}`,
];
