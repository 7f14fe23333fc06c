import { choiceOf } from "../../catalogue/choice.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import type { Lane } from "../../catalogue/differences.ts";
import type { AnyScenario } from "../../catalogue/scenario.ts";
import { CheckError } from "../../errors.ts";
import type { Axis } from "../../model/axis.ts";
import { own } from "../../schema/own.ts";
import { laneForm, type CompareFlags } from "./compare-flags.ts";

/** The values that a scenario has on an axis. */
export const valuesOn = ({ axes = {} }: AnyScenario, axis: Axis | undefined): readonly string[] =>
  (axis && own(axes, axis.name)) ?? [];

/** The axis along which words are compared, and all of them: those of its flag come first. */
export const comparedAlong = (
  { axes = [], scenarios }: Pick<Catalogue, "axes" | "scenarios">,
  words: readonly string[],
  flags: CompareFlags,
): { readonly axis: Axis | undefined; readonly texts: readonly string[]; readonly flags: CompareFlags } => {
  const first = words[0]?.split(",")[0];
  const said = (axis: Axis): string | undefined => {
    const text: unknown = own<unknown>({ ...flags }, axis.name);
    return typeof text === "string" ? text : undefined;
  };
  const flaggedAxes = axes.filter((one) => said(one) !== undefined);
  const axis =
    axes.find((one) =>
      first === undefined
        ? said(one)?.includes(",") === true
        : scenarios.some((scenario) => valuesOn(scenario, one).includes(first)),
    ) ??
    // A word that is nowhere a value is taken for one beside that of the only flag, and refused so.
    (first !== undefined && !first.includes("=") && flaggedAxes.length === 1 ? flaggedAxes[0] : axes[0]);
  const flagged = axis && said(axis);
  if (axis === undefined || flagged === undefined || first?.includes("=") === true)
    return { axis, texts: words, flags };
  return { axis, texts: [...flagged.split(","), ...words], flags: { ...flags, [axis.name]: undefined } };
};

/** What `VALUE[,option=value]...` names, the value on the axis; without one it is the scenario's default. */
const laneOf = (scenario: AnyScenario, axis: Axis | undefined, text: string, flags: CompareFlags): Lane => {
  const [first, ...rest] = text.split(",");
  if (first.includes("="))
    return {
      name: text,
      choice: choiceOf(scenario, { ...flags, set: [...(flags.set ?? []), first, ...rest] }),
    };
  const instead =
    scenario.options.length === 0
      ? "choose another --scenario"
      : "compare values of its options, as option=value";
  if (axis === undefined)
    throw new CheckError("usage", `this catalogue names no axis to compare worlds along: ${instead}`);
  if (valuesOn(scenario, axis).length === 0)
    throw new CheckError("usage", `${scenario.name} has no ${axis.plural} to compare: ${instead}`);
  const options = scenario.options.filter(({ values }) => values.includes(first));
  if (options.length > 0 && !valuesOn(scenario, axis).includes(first))
    throw new CheckError(
      "usage",
      `"${first}" is no ${axis.name}, but a value of ${options.map(({ name }) => name).join(" and ")}\n` +
        `  compare it as ${options[0].name}=${first}, or with a ${axis.name}, as ${laneForm(axis)}`,
    );
  const set = [...(flags.set ?? []), ...rest];
  return { name: text, choice: choiceOf(scenario, { ...flags, [axis.name]: first, set }) };
};

/** What is compared: values on an axis, with options or without, each once. */
export const lanesOf = (
  scenario: AnyScenario,
  axis: Axis | undefined,
  texts: readonly string[],
  flags: CompareFlags,
): readonly Lane[] => {
  const lanes = [...new Set(texts)].map((text) => laneOf(scenario, axis, text, flags));
  if (lanes.length < 2) {
    const known = valuesOn(scenario, axis);
    const those = known.length === 0 ? "" : `; those of ${scenario.name} are: ${known.join(", ")}`;
    throw new CheckError(
      "usage",
      `compare takes two ${axis?.plural ?? "worlds"} or more${those}; options are compared as ${laneForm(axis)}`,
    );
  }
  return lanes;
};
