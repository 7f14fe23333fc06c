import type { Axis } from "../../model/axis.ts";

/** What `list` takes. */
export const listKind = (axes: readonly Axis[]): string =>
  `${axes.map(({ plural }) => `${plural}, `).join("")}scenarios, properties, claims, messages, actions, state, starts, options, terms, bugs, mutations or findings (with --search all of them, unless given)`;

/** What `explain` takes. */
export const explainName = (axes: readonly Axis[]): string =>
  `a property, claim, message, scenario, ${axes.map(({ name }) => `${name}, `).join("")}option, bug, mutation, finding, action, start point or field of the state; or what any of them mentions: a function, a register, a word`;

/** How `list` knows what it says of actions and fields. */
export const LIST_HELP = `
What an action reads and writes was recorded: it was run with every combination of values that
it can tell apart, also with such as no run reaches. So some that are listed may never happen;
of an action with more than 1,024 combinations some may be missing.
`;
