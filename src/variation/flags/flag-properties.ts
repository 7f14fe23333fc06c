import { conditionOf } from "../../expression/condition.ts";
import type { Names } from "../../expression/names.ts";
import { ofSide } from "../../expression/state-names.ts";
import { placed } from "../ground/expressions.ts";
import { FaultError } from "../text/faults.ts";
import { trimmed } from "./flag-change.ts";
import type { AskedOwn } from "../variation.ts";
import { written, type Written } from "../text/written.ts";

/** The properties that flags ask, each as it was written. */
export interface FlagProperties {
  readonly never: readonly Written[];
  readonly always: readonly Written[];
  readonly reach: readonly Written[];
  readonly leadsTo: readonly Written[];
  readonly fair: readonly Written[];
  readonly after: readonly Written[];
  readonly before: readonly Written[];
}

/** The actions at whose steps a condition is asked, and on which side of them. */
interface Steps {
  readonly side: "before" | "after";
  readonly actions: readonly Written[];
}

/** `never`, `never-2`, ... */
const idOf = (kind: string, i: number): Written => written(i === 0 ? kind : `${kind}-${i + 1}`);

const leadsTo = (said: Written, i: number, fair: readonly Written[]): AskedOwn => {
  const at = said.text.indexOf("=>");
  if (at < 0) throw new FaultError(said.at, `"${said.text}" leads nowhere: write EXPR => EXPR`);
  return {
    kind: "leadsTo",
    id: idOf("leads-to", i),
    args: [],
    when: trimmed(said, 0, at),
    holds: trimmed(said, at + 2),
    fair,
    expect: [],
  };
};

/** `weak:NAME` or `strong:NAME`, as a file has it: with a blank. */
const fairness = (said: Written): Written => {
  if (!/^(weak|strong):\S/.test(said.text))
    throw new FaultError(
      said.at,
      `"${said.text}" is no fairness: write weak:NAME or strong:NAME, of an actor or action`,
    );
  return { ...said, text: said.text.replace(":", " ") };
};

/** A condition as one of a step: of the state on one side of it, unless it says itself of which. */
const stepText = (said: Written, side: Steps["side"], names: Names): string => {
  const { text } = said;
  if (/\b(before|after)\s*\./.test(text)) return text;
  return placed(said, () => {
    // What is wrong with it is said of the condition as it was written.
    conditionOf(text, names);
    return ofSide(text, side, names);
  });
};

const atSteps = (
  kind: "never" | "always",
  said: Written,
  id: Written,
  { side, actions }: Steps,
  names: Names,
): AskedOwn => {
  const text = stepText(said, side, names);
  const list = actions.map((action) => action.text).join(", ");
  // A caret is where it was typed, also behind "!(".
  const isOwn = text === said.text;
  const open = kind === "never" ? "!(" : "";
  const at = said.at && { offset: said.at.offset - (isOwn ? open.length : 0), verbatim: isOwn };
  return {
    kind: "step",
    id,
    args: [],
    fair: [],
    expect: [],
    says: written(`${kind === "never" ? "no" : "every"} state ${side} a step of ${list} has ${said.text}`),
    when: {
      text: actions.length === 1 ? `action == ${list}` : `action in [${list}]`,
      ...(actions[0].at && { at: { ...actions[0].at, verbatim: false } }),
    },
    holds: { text: kind === "never" ? `${open}${text})` : text, ...(at && { at }) },
  };
};

const stepsIn = ({ after, before, never, always }: FlagProperties): Steps | undefined => {
  if (after.length > 0 && before.length > 0)
    throw new FaultError(before[0].at, "--after and --before say at which steps: give one of them");
  const [actions, side] = after.length > 0 ? ([after, "after"] as const) : ([before, "before"] as const);
  if (actions.length === 0) return undefined;
  if (never.length + always.length === 0)
    throw new FaultError(
      actions[0].at,
      `--${side} says at which steps a condition is asked: add --never or --always`,
    );
  return { side, actions };
};

/** The properties that flags ask. @throws FaultError where one cannot be understood. */
export const propertiesInFlags = (flags: FlagProperties, names: Names): readonly AskedOwn[] => {
  const steps = stepsIn(flags);
  if (flags.fair.length > 0 && flags.leadsTo.length === 0)
    throw new FaultError(flags.fair[0].at, "--fair is assumed for --leads-to: add that, or leave it out");
  const fair = flags.fair.map(fairness);
  const common = { args: [], fair: [], expect: [] };
  const conditions = (["never", "always"] as const).flatMap((kind) =>
    flags[kind].map((said, i): AskedOwn =>
      steps === undefined
        ? { ...common, kind, id: idOf(kind, i), holds: said }
        : atSteps(kind, said, idOf(kind, i), steps, names),
    ),
  );
  return [
    ...conditions,
    ...flags.reach.map((said, i): AskedOwn => ({
      ...common,
      kind: "reach",
      id: idOf("reach", i),
      holds: said,
    })),
    ...flags.leadsTo.map((said, i) => leadsTo(said, i, fair)),
  ];
};
