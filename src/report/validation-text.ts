import { grouped, plural } from "../check/verdict.ts";
import { layouts } from "../events/layouts.ts";
import { rareAct } from "../observed/labels.ts";
import type { Broken } from "../validate/broken-runs.ts";
import type { Known, Refusal } from "../validate/follow.ts";
import type { Need } from "../validate/widen.ts";
import type { Judged } from "../validate/judge-part.ts";
import type { Validation } from "../validate/validate-capture.ts";
import { ascii, wrap } from "./wrap.ts";

const WIDTH = 75;
const INDENT = "    ";
/** So many lines that were not understood are shown. */
const SHOWN = 5;

/** A line of the capture with its number, marked where it is the one that is not allowed. */
const captureLine = ({ textAt }: Validation, at: number, marked: boolean): string =>
  ascii(`${INDENT}${marked ? ">" : " "}${String(at).padStart(6)}  ${textAt(at) ?? ""}`).slice(0, 2 * WIDTH);

/** Labels and acts as they are told: what is seen of an event, or something rare that nobody saw. */
const told = (label: string): string => rareAct(label)?.replaceAll("_", " ") ?? label;

const list = (labels: readonly string[]): string =>
  labels.length === 0 ? "nothing" : labels.map(told).join("; ");

const indented = (text: string): readonly string[] => wrap(`${INDENT}  ${text}`, WIDTH);

const factsText = (facts: Known["facts"]): string =>
  facts.length === 0
    ? "nothing is known"
    : facts.map(([name, values]) => `${name} ${values.join(" or ")}`).join("; ");

const refusalLines = (
  validation: Validation,
  { at, before, facts, possible, mendings, standing }: Refusal,
  worlds: readonly string[],
): readonly string[] => {
  const common = mendings.filter(({ rare }) => !rare).map(({ label }) => label);
  const rare = mendings.filter((one) => one.rare).map(({ label }) => label);
  return [
    ...before.map((line) => captureLine(validation, line, false)),
    captureLine(validation, at, true),
    ...indented(`Nothing allows this here (world: ${worlds.join("; ")}), or lines are missing before it.`),
    ...indented(`Before it (${plural(standing, "kind")} of states agree): ${factsText(facts)}`),
    ...indented(`Possible were: ${list(possible)}`),
    ...indented(`Would fit with a line before it: ${list(common)}`),
    ...(rare.length === 0 ? [] : indented(`Would fit with a rare act: ${list(rare)}`)),
  ];
};

/** What is known of the states at a line that was asked for. */
const knownLines = ({ standing, facts, possible }: Known): readonly string[] => [
  ...indented(`At that line (${plural(standing, "kind")} of states agree): ${factsText(facts)}`),
  ...indented(`Possible next: ${list(possible)}`),
];

const SEEN: Readonly<Record<Broken["by"], string>> = {
  every: "broken in every run that agrees",
  some: "possibly broken: in some of the runs that agree, not in all",
  none: "broken in no run that agrees",
  never: "no run breaks it here, whatever it prints",
};

/** Which of the runs that agree have broken what is asked, and from where on. */
const brokenText = (property: string, { by, at }: Broken): string => {
  const from = at === undefined ? "from the beginning" : `from line ${at} on`;
  return `${property}: ${SEEN[by]}${by === "every" || by === "some" ? `, ${from}` : ""}`;
};

const needText = ({ kind, what }: Need): string =>
  kind === "rare-act"
    ? `a rare act: ${what.replaceAll("_", " ")}`
    : kind === "missing-line"
      ? `a line that is not there: ${what}`
      : `an act that the world does not have: ${what === "" ? "nothing that is told of states changed" : what}`;

/** What has to have happened unseen for a part to be allowed. */
const neededLines = ({ world, needs }: NonNullable<Judged["widened"]>): readonly string[] => [
  ...indented(`To be allowed (world: ${world}) it needs, unseen:`),
  ...needs.flatMap((need) => wrap(`${INDENT}    before line ${need.at} ${needText(need)}`, WIDTH)),
];

/** What else is said of a part. */
const besides = (
  { asked = "" }: Validation,
  { gaps, broken, widened, rare, known, notes }: Judged,
): readonly string[] => [
  ...gaps.flatMap((gap) => indented(`before line ${gap.at} a line is missing: ${gap.label}`)),
  ...(broken === undefined ? [] : indented(brokenText(asked, broken))),
  ...(widened === undefined ? [] : neededLines(widened)),
  ...(rare ? indented("only if something rare happened unseen") : []),
  ...(known === undefined ? [] : knownLines(known)),
  ...notes.flatMap(indented),
];

/** What a part is, its verdict, and what that rests on. */
const titleOf = ({ title, verdict, refusal, wrong, worlds, decided, lines }: Judged): string => {
  const at = refusal?.at ?? wrong.at(0)?.at;
  const where = at === undefined ? "" : ` at line ${at}`;
  const range = lines === undefined ? "" : `, lines ${lines[0]} to ${lines[1]}`;
  const rests =
    verdict === "violation"
      ? ""
      : ` (${[...(worlds.length === 0 ? [] : [worlds.join("; ")]), `${plural(decided, "line")} could have been refused`].join("; ")})`;
  return `${title}${range}: ${verdict}${where}${rests}`;
};

/** A part of a capture: its verdict, and what it rests on. */
const partLines = (validation: Validation, part: Judged): readonly string[] => {
  const { verdict, refusal, wrong, worlds, telling } = part;
  return [
    ...wrap(`${INDENT}${titleOf(part)}`, WIDTH),
    ...wrong.flatMap((one) => [captureLine(validation, one.at, true), ...indented(one.because)]),
    ...(refusal === undefined ? [] : refusalLines(validation, refusal, worlds)),
    ...besides(validation, part),
    ...(telling.length === 0 || verdict === "consistent"
      ? []
      : [
          ...indented(`not recorded: ${telling.join(", ")}`),
          ...indented(`record them: ${layouts["trace-cmd"].record(telling)}`),
        ]),
  ];
};

const some = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0
    ? []
    : [
        title,
        ...lines.slice(0, SHOWN).map((line) => `${INDENT}${ascii(line)}`.slice(0, 2 * WIDTH)),
        ...(lines.length > SHOWN ? [`${INDENT}and ${lines.length - SHOWN} more`] : []),
      ];

/** What a model says of a capture, the worst first; lines are those of the file as it was given. */
export const validationText = (name: string, validation: Validation): string => {
  const { verdict, events, machines, unknownEvents, unknownTexts, lost, others } = validation;
  const followed = machines.reduce((sum, { parts }) => sum + parts.length, 0);
  const lines = [
    ...wrap(`${name}: ${verdict} (${plural(events, "event")}, ${plural(followed, "part")} followed)`, WIDTH),
    "",
    ...machines.flatMap(({ name: machine, parts }) => [
      ...(machine === "" ? [] : [`  ${machine}`]),
      ...parts.flatMap((part) => partLines(validation, part)),
    ]),
    ...(followed === 0 ? [`${INDENT}Nothing in it is followed.`] : []),
    "",
    ...some(
      "Events that are not known:",
      unknownEvents.map(
        ({ event, lines: count, first }) => `${event}, ${plural(count, "line")} from line ${first}`,
      ),
    ),
    ...some(
      "Texts that no release prints:",
      unknownTexts.map(({ at, text }) => `${at}  ${text}`),
    ),
    ...some(
      "Lost, so that anything may have happened before lines:",
      lost.length === 0 ? [] : [lost.join(", ")],
    ),
    ...some(
      "Lines that are none of a tracer:",
      others.length === 0 ? [] : [`${grouped(others.length)}, the first is ${others[0]}`],
    ),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
};
