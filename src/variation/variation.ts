import type { Axis } from "../model/axis.ts";
import type { Written } from "./text/written.ts";

/**
 * What is asked of a scenario that ships, varied: as a scenario file says it, or flags of the command line. Every text is
 * as it was written, and means something only beside the scenario.
 */
export interface Variation {
  readonly name: Written;
  readonly about: Written;
  readonly source?: Written;
  /** The scenario that is varied. */
  readonly extends: Written;
  readonly axes?: readonly AxisSetting[];
  /** Actions, `PREFIX_*` or scenarios: what takes part besides. */
  readonly actions?: readonly Written[];
  readonly options?: readonly OptionSetting[];
  readonly scope?: readonly FamilySize[];
  readonly start?: StartPoint;
  readonly state?: readonly NewField[];
  readonly change?: readonly Change[];
  readonly switch?: readonly Switch[];
  readonly program?: readonly Program[];
  readonly properties: readonly Asked[];
}

/** The values that are left on an axis, the first of which is the default. */
export interface AxisSetting {
  readonly axis: Axis;
  readonly values: readonly Written[];
}

/** An option with the values that are left, the first of which is the default. */
export interface OptionSetting {
  readonly option: Written;
  readonly values: readonly Written[];
}

export interface FamilySize {
  readonly family: Written;
  readonly size: Written;
}

/** Where it starts: a start point of the scenario, its own where left out, and steps from there. */
export interface StartPoint {
  readonly from?: Written;
  readonly steps: readonly Written[];
}

/** A field of the state: a new one, or one with more words. */
export interface NewField {
  /** `FIELD`, or `vcpu[].FIELD` for each member. */
  readonly path: Written;
  /** `bool`, `MIN..MAX`, a family; or the words. */
  readonly domain: Written | readonly Written[];
  /** Records on its way are there only by it. */
  readonly creates?: true;
}

/** Assigns a value to a field. */
export interface Assignment {
  readonly path: Written;
  readonly value: Written;
}

/** What an action cites, under the word that the catalogue has for it. */
export interface Citation {
  readonly what: string;
  readonly text: Written;
}

/** What is done to an action beside what it does: all of it optional. */
export interface Amendment {
  /** In the order in which the catalogue names them. */
  readonly cites: readonly Citation[];
  /** Its guard, instead of the one that it has. */
  readonly guard?: Written;
  /** Its guard is true only where this is, too. */
  readonly when?: Written;
  /** Its effect does not write these; `all` for none of it. */
  readonly without?: readonly Written[];
  /** It writes these after it, of values that are read before it. */
  readonly set?: readonly Assignment[];
}

/** Actions that take no part. */
export interface Drop {
  readonly kind: "drop";
  readonly actions: readonly Written[];
}

/** A change of an action, or of those of its steps that have certain arguments. */
export interface Amend extends Amendment {
  readonly kind: "in";
  readonly action: Written;
}

/** A new action that does what another does, and more or less. */
export interface AddLike extends Amendment {
  readonly kind: "like";
  readonly name: Written;
  readonly like: Written;
  readonly actor?: Written;
}

/** A new action. */
export interface AddNew extends Amendment {
  readonly kind: "add";
  readonly name: Written;
  readonly actor: Written;
  readonly args: readonly NewArgument[];
}

export interface NewArgument {
  readonly name: Written;
  /** A family, or the words. */
  readonly range: Written | readonly Written[];
}

/** One change of a model. */
export type Change = Drop | Amend | AddLike | AddNew;

/** An option of the variation's own: which changes are made besides. */
export interface Switch {
  readonly name: Written;
  readonly about?: Written;
  readonly values: readonly SwitchValue[];
}

export interface SwitchValue {
  readonly value: Written;
  readonly change: readonly Change[];
}

/** The instructions of one member of a family, in order. */
export interface Program {
  readonly of: Written;
  readonly steps: readonly Instruction[];
}

export interface Instruction {
  readonly label?: Written;
  readonly do: Written;
  readonly when?: Written;
}

/** What is expected of a property where `where` matches; the first that matches counts. */
export interface Expected {
  readonly where: readonly { readonly key: Written; readonly values: readonly Written[] }[];
  /** A verdict, or `any`. */
  readonly is: Written;
  readonly because?: Written;
}

/** A property that ships, by its id. */
export interface AskedShipped {
  readonly kind: "shipped";
  readonly id: Written;
  readonly expect: readonly Expected[];
}

/** A property of the variation's own. */
export interface AskedOwn {
  readonly kind: "never" | "always" | "reach" | "step" | "leadsTo";
  readonly id: Written;
  readonly says?: Written;
  readonly args: readonly NewArgument[];
  readonly holds: Written;
  /** The antecedent, or the `from` of `leadsTo`. */
  readonly when?: Written;
  /** `weak ACTION`, `strong ACTION`: what is assumed besides weak fairness of each actor. */
  readonly fair: readonly Written[];
  readonly expect: readonly Expected[];
}

export type Asked = AskedShipped | AskedOwn;
