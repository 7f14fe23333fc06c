import type { Scope } from "../schema/domain.ts";
import type { Amendment, Change, Program, Switch, Variation } from "./variation.ts";

const amendmentText = ({ guard, when, without, set }: Amendment): string =>
  [
    ...(guard === undefined ? [] : [`guard ${guard.text}`]),
    ...(when === undefined ? [] : [`when ${when.text}`]),
    ...(without === undefined ? [] : [`without ${without.map(({ text }) => text).join(", ")}`]),
    ...(set ?? []).map(({ path, value }) => `set ${path.text}: ${value.text}`),
  ].join("; ");

/** A change in a line. */
const changeText = (change: Change): string => {
  switch (change.kind) {
    case "drop":
      return `drop ${change.actions.map(({ text }) => text).join(", ")}`;
    case "in":
      return `in ${change.action.text}: ${amendmentText(change)}`;
    case "like":
      return [`add ${change.name.text} like ${change.like.text}`, amendmentText(change)]
        .filter((part) => part !== "")
        .join(": ");
    case "add":
      return `add ${change.name.text}: ${amendmentText(change)}`;
  }
};

const switchTexts = ({ name, values }: Switch): readonly string[] =>
  values.flatMap(({ value, change }) =>
    change.map((one) => `${name.text}=${value.text}: ${changeText(one)}`),
  );

/** A program in a line. */
export const programText = ({ of, steps }: Program): string =>
  `program of ${of.text}: ${steps.map((step) => step.do.text).join(", ")}`;

/** The changes that a variation makes of actions and fields, a line each. */
export const changeTexts = (variation: Variation): readonly string[] => [
  ...(variation.state ?? []).map(({ path, domain }) =>
    "text" in domain
      ? `state ${path.text}: ${domain.text}`
      : `state ${path.text}: ${domain.map(({ text }) => text).join(", ")}`,
  ),
  ...(variation.change ?? []).map(changeText),
  ...(variation.switch ?? []).flatMap(switchTexts),
  ...(variation.program ?? []).map(programText),
];

/** How the model of a variation differs from that of the scenario that is varied, which has this scope: a line each. */
export const differenceTexts = (variation: Variation, was: Scope): readonly string[] => [
  ...(variation.scope ?? [])
    .filter(({ family, size }) => was[family.text] !== Number(size.text))
    .map(({ family, size }) => `scope ${family.text}=${size.text}`),
  ...(variation.actions ?? []).map(({ text }) => `with ${text}`),
  ...changeTexts(variation),
];
