/** The code of a leaf, by its number in the order of the schema, in the state that is looked at. */
export type CodeOf = (leaf: number) => number;

/** Changes of leaves: from which code to which, by leaf. */
export type Changes = ReadonlyMap<number, readonly [from: number, to: number]>;

/** What a reduction has to know of a step in a state. */
export type StepDependence = {
  /** The leaves on which all of this depends, each once, in an order that the codes of the earlier ones determine. */
  readonly leaves: readonly number[];
} & (
  | {
      readonly enabled: true;
      readonly changes: Changes;
      /** Steps that may not be left out where this one is taken: taken before it, they might do or undo what it does. */
      readonly dependent: readonly number[];
      /** It is invisible, and the state grows by it: it may be taken before steps that are left out. */
      readonly advances: boolean;
    }
  | {
      readonly enabled: false;
      /** Sets of steps, one of each of which must be taken before this one can be enabled. */
      readonly enabling: readonly (readonly number[])[];
    }
);

/** The dependence of the steps of a problem on each other, known before the search. */
export interface Dependence {
  /** Steps that may change what a property says, by id. */
  readonly visible: readonly number[];
  /** What a step does in the state in which the leaves have these codes. */
  move(step: number, code: CodeOf): StepDependence;
}
