import type { Expectation as AnyExpectation } from "#check";
import type { DesignName } from "../models/kvm/designs/index.ts";
import type { KernelName } from "../models/kvm/kernels.ts";
import type { KvmOption } from "../models/kvm/option.ts";
import type { ShippedOption } from "../models/kvm/options/index.ts";
import type { GuestName } from "../models/kvm/ops.ts";

type OneOrMore<T> = T | readonly T[];

/** Where an expectation of a world counts: under which designs, guests, kernels, and values of options that ship. */
export type Where = {
  readonly [O in ShippedOption as O["name"]]?: OneOrMore<O["values"][number]>;
} & {
  readonly design?: OneOrMore<DesignName>;
  readonly guest?: OneOrMore<GuestName>;
  readonly kernel?: OneOrMore<KernelName>;
};

/** What is expected of a property in a world that has only options that ship. */
export interface Expectation extends Omit<AnyExpectation, "where"> {
  readonly where?: Where;
}

/** What is expected in a world of some options: where it has some of its own, their names are for the world to check. */
export type ExpectationOf<O extends KvmOption> = [Exclude<O["name"], ShippedOption["name"]>] extends [never]
  ? Expectation
  : AnyExpectation;
