import { own } from "../schema/own.ts";
import { defaultOf } from "./choice.ts";
import type { AnyScenario, Choice } from "./scenario.ts";

/** An option that follows an axis, and what it is under each of some choices, in their order. */
export interface FollowingOption {
  readonly option: string;
  /** Whether the scenario has it as an option; else it is as the axis has it. */
  readonly isNamed: boolean;
  readonly values: readonly string[];
}

/** The options that follow an axis and are not alike under some choices, those that the scenario does not name last. */
export const followingOptions = (
  { options, origin }: AnyScenario,
  axis: string,
  choices: readonly Choice[],
): readonly FollowingOption[] => {
  const named = options.map(({ name }) => name);
  const more = (origin?.options ?? []).filter(({ name }) => !named.includes(name));
  return [...options, ...more]
    .filter(({ follows }) => follows?.axis === axis)
    .map((option) => ({
      option: option.name,
      isNamed: named.includes(option.name),
      values: choices.map((choice) => own(choice.options, option.name) ?? defaultOf(option, choice)),
    }))
    .filter(({ values: [first, ...others] }) => others.some((value) => value !== first));
};
