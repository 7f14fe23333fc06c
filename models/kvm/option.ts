import type { Option, Patch } from "#check";
import { linksOf } from "./citation.ts";
import type { BootSteps } from "./boot-steps.ts";
import { ofEachKernel, type Since } from "./kernels.ts";
import type { GuestName, VendorOps } from "./ops.ts";
import type { State } from "./state.ts";

/** Whose model is changed: a guest and its vendor callbacks. */
export interface Guest {
  readonly name: GuestName;
  readonly ops: VendorOps;
}

/** What a value of an option changes: named actions, and steps of the boot. */
export interface Change extends Patch<State> {
  readonly boot?: BootSteps;
}

/** A change, or the change for a guest. */
export type ChangeOf = Change | ((guest: Guest) => Change);

/** A decision that the thread leaves open, with all that its values change. */
export interface KvmOption<V extends string = string, N extends string = string> extends Option {
  readonly name: N;
  /** The default first. */
  readonly values: readonly V[];
  /** The guests that it concerns; it leaves the others as they are. All of them where left out. */
  readonly guests?: readonly GuestName[];
  readonly changes: Readonly<Record<V, ChangeOf>>;
}

/** Options that decide about the same steps: what is changed depends on the values of all of them. */
export interface JointOptions {
  readonly options: readonly KvmOption[];
  readonly change: (guest: Guest, set: Readonly<Record<string, string>>) => Change;
}

/** What an author writes to declare an option: its values, the default first, each with what it changes. */
export interface OptionSpec<V extends string, N extends string> extends Omit<Option, "values" | "follows"> {
  readonly name: N;
  /** Which value kernels have, from the first that had it on; the newest has the first. */
  readonly since?: Since<NoInfer<V>>;
  readonly guests?: readonly GuestName[];
  readonly values: Readonly<Record<V, ChangeOf>>;
}

/**
 * Declares an option. It exists for the worlds that name it and for no other, so that a default that changes something
 * changes it there only. What differs between kernels (`since`) is as the kernel has it in every world; where a world names
 * it, it can be set otherwise.
 */
export const option = <V extends string, N extends string>({
  name,
  values,
  since,
  ...rest
}: OptionSpec<V, N>): KvmOption<V, N> => ({
  ...rest,
  name,
  ...(since && { follows: { axis: "kernel", defaults: ofEachKernel(since) } }),
  links: linksOf(rest.source),
  values: Object.keys(values) as V[],
  changes: values,
});

/** The option with some of its values, the default first, whatever the kernel: how a world narrows it. */
export const only = <V extends string, N extends string>(
  whole: KvmOption<V, N>,
  ...values: readonly [NoInfer<V>, ...NoInfer<V>[]]
): KvmOption<V, N> => {
  const { follows: _, ...fixed } = whole;
  return { ...fixed, values };
};

/**
 * Declares what several options change together, by their names. Where a world names only some of them, the others have
 * their first values.
 */
export const joint = <O extends Readonly<Record<string, KvmOption>>>(
  options: O,
  change: (
    guest: Guest,
    set: { readonly [K in keyof O]: O[K] extends KvmOption<infer V> ? V : never },
  ) => Change,
): JointOptions => ({ options: Object.values(options), change: change as JointOptions["change"] });

/** What an option changes by itself. */
export const alone = (one: KvmOption): JointOptions => ({
  options: [one],
  change: (guest, set) => {
    const change = one.changes[set[one.name]];
    return typeof change === "function" ? change(guest) : change;
  },
});
