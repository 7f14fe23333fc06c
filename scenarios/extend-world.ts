import {
  CheckError,
  extendScenario,
  unknownName,
  type AnyScenario,
  type Extending,
  type GuestProgram,
} from "#check";
import type { DesignName } from "../models/kvm/designs/index.ts";
import type { KernelName } from "../models/kvm/kernels.ts";
import type { KvmOption } from "../models/kvm/option.ts";
import { options } from "../models/kvm/options/index.ts";
import type { GuestName } from "../models/kvm/ops.ts";
import type { State } from "../models/kvm/state.ts";
import { kvm } from "./kvm.ts";

/** How a world differs from one that ships; what is left out is as it is there. */
export interface ExtendingWorld<S = State> extends Omit<Extending<S, State>, "axes"> {
  readonly designs?: readonly DesignName[];
  readonly guests?: readonly GuestName[];
  readonly kernels?: readonly KernelName[];
}

/** The world of that name; `by` extends it. @throws CheckError with the nearest name where there is none. */
const worldNamed = (name: string, by: string): AnyScenario => {
  const found = kvm.find((world) => world.name === name);
  if (found !== undefined) return found;
  throw unknownName(
    "world",
    name,
    kvm.map((world) => world.name),
    `${by} extends it`,
  );
};

/** @throws CheckError when a world's own option has the name of one that ships. */
const refuseTakenNames = (world: string, own: NonNullable<ExtendingWorld["options"]>): void => {
  for (const one of own)
    if (!("changes" in one) && options.some(({ name }) => name === one.name))
      throw new CheckError(
        "input",
        `${world}: there is an option called ${one.name} already: take optionNamed("${one.name}"), or call yours otherwise`,
      );
};

/**
 * A world that extends one that ships: more takes part, its model is patched, its state has more fields, or it is asked
 * something else. It boots on the unchanged model.
 * @throws CheckError when a name is not there, an option of its own has the name of another, or an expectation can never
 * decide anything.
 */
export const extendWorld = <S = State>(
  name: string,
  { designs, guests, kernels, ...spec }: ExtendingWorld<S>,
): AnyScenario => {
  const base = worldNamed(name, spec.name);
  refuseTakenNames(spec.name, spec.options ?? []);
  const axes = {
    design: designs ?? base.axes?.["design"] ?? [],
    guest: guests ?? base.axes?.["guest"] ?? [],
    kernel: kernels ?? base.axes?.["kernel"] ?? [],
  };
  return extendScenario<S, State>(base, { ...spec, axes });
};

/** The option of that name, as `only` takes it. @throws CheckError with the nearest name where there is none. */
export const optionNamed = (name: string): KvmOption => {
  const found = options.find((option) => option.name === name);
  if (found !== undefined) return found;
  throw unknownName(
    "option",
    name,
    options.map((option) => option.name),
    "see the list of options",
  );
};

/** The program of a vCPU's guest: its instructions in their order, as `guest_write_tmict(value=N)`. */
export const guest = (v: number, ...steps: GuestProgram["steps"]): GuestProgram => ({
  of: `guest${v}`,
  steps,
});
