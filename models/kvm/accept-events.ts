import type { Draft } from "#check";
import { requestsNmiOrSmi } from "./predicates.ts";
import type { State } from "./state.ts";

type Vcpu = State["vcpu"][number];

/** kvm_apic_has_pending_init_or_sipi(). */
export const initOrSipiPending = ({ initSipi }: Pick<Vcpu, "initSipi">): boolean =>
  initSipi.init || initSipi.sipi;

/** kvm_apic_init_sipi_allowed(): not in SMM, and never of a TD. */
export const initAllowed = ({ vm }: Pick<State, "vm">, { events }: Pick<Vcpu, "events">): boolean =>
  vm.type !== "KVM_X86_TDX_VM" && !events.inSmm;

/**
 * kvm_vcpu_has_events() before it looks at interrupts: an INIT or a SIPI that is not blocked, an NMI, an SMI, whatever IF says.
 * Of a request it is not asked whether what it brings is blocked.
 */
export const hasEventBesideInterrupts = (
  s: Pick<State, "vm" | "vcpu">,
  v: number,
  blockedInitWakes = false,
): boolean => {
  const vcpu = s.vcpu[v];
  const { nmiPending, smiPending, inSmm } = vcpu.events;
  return (
    (initOrSipiPending(vcpu) && (blockedInitWakes || initAllowed(s, vcpu))) ||
    requestsNmiOrSmi(vcpu) ||
    ((nmiPending || smiPending) && !inSmm)
  );
};

/** kvm_set_mp_state(), RUNNABLE: what a kick has left is used up. */
export const makeRunnable = (d: Draft<State>, v: number): void => {
  d.vcpu[v].mp = "RUNNABLE";
  d.vcpu[v].events.pvUnhalted = false;
};

/** kvm_apic_accept_events() is called. */
export const acceptEvents = (d: Draft<State>, v: number, caller: Vcpu["initSipi"]["caller"]): void => {
  d.vcpu[v].initSipi.caller = caller;
  d.vcpu[v].pc = "ACCEPT_INIT";
};

/** vcpu_block() of a vCPU that is runnable, once INIT and SIPI are accepted: HALTED becomes RUNNABLE, INIT_RECEIVED stays. */
export const endBlock = (d: Draft<State>, v: number): void => {
  if (d.vcpu[v].mp === "HALTED") makeRunnable(d, v);
  d.vcpu[v].pc = "CLEAR_UNBLOCK";
};

/** An INIT is accepted, and mp_state not yet INIT_RECEIVED. */
export const resetting = ({ pc }: Pick<Vcpu, "pc">): boolean =>
  pc === "RESET_POSTED" || pc === "RESET_TIMER" || pc === "RESET_REGISTERS";

/** INIT and SIPI have started the vCPU: no INIT is pending, and none under way. */
export const isStarted = (vcpu: Pick<Vcpu, "pc" | "mp" | "initSipi">): boolean =>
  !vcpu.initSipi.init && !resetting(vcpu) && (vcpu.mp === "RUNNABLE" || vcpu.mp === "HALTED");
