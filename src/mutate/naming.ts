import type { Args } from "../model/action.ts";
import type { PathKey } from "../state-path.ts";

/** A path with `[]` for each member of a vector: `vcpu[].req.UNBLOCK`. */
export const patternOf = (path: readonly PathKey[]): string =>
  path.map((key, i) => (typeof key === "number" ? "[]" : i === 0 ? key : `.${key}`)).join("");

/** By what the steps of an action are told apart. */
export const argsKey = (args: Args): string => JSON.stringify(Object.entries(args));

/** An actor without the numbers of members: `CPU`. */
export const who = (actor: string): string => actor.replaceAll(/\d+/g, "").trim();
