import type { Action, Draft } from "#check";
import type { VendorOps } from "../../ops.ts";
import { apicEnabled, vcpuIoctlAllowed } from "../../predicates.ts";
import type { State } from "../../state.ts";
import { ioctl } from "../../ioctl.ts";
import { setSpiv } from "../apicv/spiv.ts";
import { switchApic } from "./sregs.ts";
import { byGuest } from "../../text.ts";
import { acceptsItself } from "../../prints/delivery.ts";

/** What is written: a register of the x2APIC, with a value where that matters, or IA32_APICBASE. */
const writes = [
  "SPIV_OFF",
  "SPIV_ON",
  "LVTT_MASKED",
  "LVT0_EXTINT",
  "TMICT_0",
  "ICR_SELF",
  "SELF_IPI",
  "TPR",
  "EOI",
  "APICBASE_OFF",
] as const;
type Write = (typeof writes)[number];

/** Which of them KVM_SET_MSRS sets: it answers how many, 1 or 0. */
export type Accepts = (write: Write, vcpu: State["vcpu"][number]) => boolean;

const virtualized: readonly Write[] = ["TPR", "EOI"];

/** tdx_has_emulated_msr(), tdx_is_read_only_msr(): what the TDX module does not virtualize. */
export const asMerged: Accepts = (write) => write !== "APICBASE_OFF" && !virtualized.includes(write);

/** No filter at all, as the posted series may have had it. */
export const unfiltered: Accepts = () => true;

/** None of the APIC's registers. */
export const noneAccepted: Accepts = () => false;

/** An ordinary guest: x2APIC registers in x2APIC mode only. */
export const ordinaryMsrs: Accepts = (write, { apicMode }) =>
  write === "APICBASE_OFF" || apicMode === "X2APIC";

const ipiToItself = (ops: VendorOps, d: Draft<State>, v: number): void => {
  if (apicEnabled(d.vcpu[v])) ops.deliver(d, v, "ipi");
};

const write = (ops: VendorOps, d: Draft<State>, v: number, what: Write): void => {
  switch (what) {
    case "SPIV_OFF":
    case "SPIV_ON":
      return setSpiv(d, v, what === "SPIV_ON");
    case "LVTT_MASKED":
      d.timer[v].masked = true;
      return;
    case "LVT0_EXTINT":
      d.vcpu[v].events.lvt0ExtInt = d.vcpu[v].swEnabled;
      return;
    case "TMICT_0":
      d.timer[v].hr = "INACTIVE";
      d.timer[v].pending = 0;
      return;
    case "ICR_SELF":
    case "SELF_IPI":
      return ipiToItself(ops, d, v);
    case "APICBASE_OFF":
      return switchApic(d, v, "off");
    case "TPR":
    case "EOI":
  }
};

/** KVM_SET_MSRS of one of the APIC's registers. */
export const setMsrs = (ops: VendorOps, accepts: Accepts): Action<State> =>
  ioctl("KVM_SET_MSRS", {
    actor: "userspace",
    args: { v: "vcpu", write: writes },
    kernel: byGuest(
      "kvm_set_msr_common(): kvm_x2apic_msr_write(), kvm_apic_set_base() (a TD: tdx_has_emulated_msr())",
      {
        td: "tdx_has_emulated_msr(); kvm_set_msr_common(): kvm_x2apic_msr_write(), kvm_apic_set_base()",
        ordinary: "kvm_set_msr_common(): kvm_x2apic_msr_write(), kvm_apic_set_base()",
      },
    ),
    prints: (s, { v, write }: { readonly v: number; readonly write: Write }, _, kind) =>
      (write === "ICR_SELF" || write === "SELF_IPI") && !s.vm.dead && accepts(write, s.vcpu[v])
        ? acceptsItself(s, v, "ipi", kind)
        : [],
    source: "irqchip 6, 3.3, UNSURE list 3; timer 1.7, 1.14",
    atomic:
      "vcpu->mutex (irqchip 7.5): the vCPU is not in KVM_RUN, so the steps of what it delivers to itself race with nothing of " +
      "it; what is posted by others meanwhile commutes. TMICT: the hrtimer's callback is waited for",
    guard: (s, { v, write }) =>
      vcpuIoctlAllowed(s, v) &&
      (write !== "TMICT_0" || s.timer[v].hr !== "CALLBACK") &&
      (write !== "APICBASE_OFF" || s.vcpu[v].apicMode !== "DISABLED"),
    refuses: (s, { v, write }) => (accepts(write, s.vcpu[v]) ? undefined : "0"),
    accepted: "1",
    effect: (d, { v, write: what }) => write(ops, d, v, what),
  });
