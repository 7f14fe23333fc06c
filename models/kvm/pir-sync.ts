import type { Draft } from "#check";
import { anyVector, highestVector } from "./predicates.ts";
import { vectorNames, type Vector } from "./state-vectors.ts";
import type { State } from "./state.ts";

type Open = Draft<State>;

/** sync_pir_to_irr(): answers what it takes for the highest vector in IRR, which is also what it writes to RVI. */
export type SyncPirToIrr = (d: Open, v: number) => Vector | undefined;

/** Moves what was posted into the virtual IRR, as hardware and vmx_sync_pir_to_irr() do. */
export const harvest = (d: Open, v: number): void => {
  const vcpu = d.vcpu[v];
  vcpu.on = false;
  for (const vector of vectorNames) {
    if (vcpu.pir[vector]) vcpu.irr[vector] = true;
    vcpu.pir[vector] = false;
  }
};

/** The highest vector of IRR, after the harvest that is to come, is a new one. */
const highestIsFromPir = ({ pir, irr }: Pick<State["vcpu"][number], "pir" | "irr">): boolean => {
  const highest = vectorNames.find((vector) => pir[vector] || irr[vector]);
  return highest !== undefined && !irr[highest];
};

/** vmx_set_rvi(): outside guest mode it is of no account, since the sync before the next entry loads RVI again. */
const loadRvi = (vcpu: Open["vcpu"][number], highest: Vector | undefined): void => {
  if (vcpu.mode !== "OUTSIDE" && highest === undefined && anyVector(vcpu.irr)) vcpu.rvi = "ZERO";
  else vcpu.rvi = "HIGHEST_IRR";
};

/** vmx_sync_pir_to_irr(), by what __kvm_apic_update_irr() says is the highest vector of IRR where it finds PIR empty. */
const vmxSync =
  (ofEmptyPir: (irr: State["vcpu"][number]["irr"]) => Vector | undefined): SyncPirToIrr =>
  (d, v) => {
    const vcpu = d.vcpu[v];
    const found = vcpu.on && !anyVector(vcpu.pir) ? ofEmptyPir : highestVector;
    const fromPir = vcpu.on && highestIsFromPir(vcpu);
    if (vcpu.on) harvest(d, v);
    const highest = found(vcpu.irr);
    if (vcpu.apicvActive) loadRvi(vcpu, highest);
    else if (fromPir) vcpu.req.EVENT = true;
    return highest;
  };

/** As it is, since 7.1 and before 6.16: IRR is looked at. */
export const syncPirToIrr = vmxSync(highestVector);

/** From 6.16 to 7.0: a PIR that is empty is answered with -1, whatever is in IRR. */
export const syncPirToIrr616 = vmxSync(() => undefined);
