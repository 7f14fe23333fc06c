import { extendScenario, unknownName, type AnyScenario, type Extending, type GuestProgram } from "#check";
import type { DesignName } from "../models/kvm/designs/index.ts";
import type { KvmOption } from "../models/kvm/option.ts";
import { options } from "../models/kvm/options/index.ts";
import type { GuestName } from "../models/kvm/ops.ts";
import type { State } from "../models/kvm/state.ts";
import { kvm } from "./kvm.ts";

/** How a world differs from one that ships; what is left out is as it is there. */
export interface ExtendingWorld<S = State> extends Omit<Extending<S, State>, "axes"> {
  readonly designs?: readonly DesignName[];
  readonly guests?: readonly GuestName[];
}

/**
 * A world that extends one that ships: more takes part, its model is patched, its state has more fields, or it is asked
 * something else. It boots on the unchanged model.
 * @throws CheckError when a name is not there, or an expectation can never decide anything.
 */
export const extendWorld = <S = State>(
  name: string,
  { designs, guests, ...spec }: ExtendingWorld<S>,
): AnyScenario => {
  const base = kvm.find((world) => world.name === name);
  if (base === undefined)
    throw unknownName(
      "world",
      name,
      kvm.map((world) => world.name),
      `${spec.name} extends it`,
    );
  const axes = {
    design: designs ?? base.axes?.["design"] ?? [],
    guest: guests ?? base.axes?.["guest"] ?? [],
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
