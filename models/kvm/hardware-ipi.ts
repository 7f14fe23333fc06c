import type { Destination } from "./state-delivery.ts";
import type { State } from "./state.ts";

type Vcpu = State["vcpu"][number];

/** What the CPU does by itself with a write of ICR: the vCPUs whose descriptors, or pages, it writes; nothing: it exits. */
export type HardwareIpi = (vcpu: Vcpu, dest: Destination, vcpus: number) => number | undefined;

const physical: readonly Destination[] = ["0", "1"];
const logical: Readonly<Partial<Record<Destination, number>>> = { LOGICAL_1: 1, LOGICAL_2: 2, LOGICAL_3: 3 };

const own = (dest: Destination): number | undefined => (dest === "SELF" ? 1 : undefined);
const byId = (dest: Destination, vcpus: number): number | undefined => {
  const id = physical.indexOf(dest);
  return id < 0 || id >= vcpus ? undefined : 1 << id;
};

/** Every ICR write exits: an emulated APIC, and a TD, for which it is a TDVMCALL. */
export const noHardwareIpi: HardwareIpi = () => undefined;

/** A TD whose writes of SELF_IPI the TDX module virtualizes. */
export const selfIpiOnly: HardwareIpi = (_, dest) => own(dest);

/** APICv: self-IPIs, and with IPI virtualization those to one physical id, by the table of descriptors. */
export const apicvIpi =
  (ipiVirtualization: boolean): HardwareIpi =>
  ({ apicvActive }, dest, vcpus) =>
    apicvActive ? (own(dest) ?? (ipiVirtualization ? byId(dest, vcpus) : undefined)) : undefined;

/** AVIC: physical and logical ids, by its two tables. */
export const avicIpi: HardwareIpi = ({ apicvActive }, dest, vcpus) =>
  apicvActive ? (own(dest) ?? byId(dest, vcpus) ?? logical[dest]) : undefined;
