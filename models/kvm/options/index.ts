import { alone, type JointOptions, type KvmOption } from "../option.ts";
import { everyOption } from "./every-option.ts";

/** One of the options that ship. */
export type ShippedOption = Extract<(typeof everyOption)[number], { readonly name: string }>;

/** Every option. */
export const options: readonly KvmOption[] = everyOption.filter((one) => "changes" in one);

/** What the options change, each by itself or several together, in the order in which actions and boot steps are added. */
export const decisions: readonly JointOptions[] = everyOption.map((one) =>
  "changes" in one ? alone(one) : one,
);
