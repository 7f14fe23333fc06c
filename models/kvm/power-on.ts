import type { Scope } from "#check";
import type { State } from "./state.ts";

const nothing = { timer: false, rtc: false } as const;
const family = (size: number | undefined): readonly undefined[] => Array.from({ length: size ?? 0 });

/** The machine before anything has booted; every start point is reached from here. */
export const powerOn =
  (type: State["vm"]["type"]) =>
  (scope: Scope): readonly State[] => [
    {
      host: { booted: false, nohzFull: false, piInjectTimer: false },
      vm: {
        type,
        td: type === "KVM_X86_TDX_VM" ? "UNINITIALIZED" : "RUNNABLE",
        irqchip: "NONE",
        inhibit: { ABSENT: true, TDX: false, BLOCKIRQ: false, PHYSICAL_ID_ALIASED: false },
        apicvLock: false,
        hltMwaitInGuest: false,
        dead: false,
        ghostRefreshWarned: false,
      },
      vcpu: family(scope["vcpu"]).map(() => ({
        pc: "ABSENT" as const,
        mode: "OUTSIDE" as const,
        req: { UNBLOCK: false, EVENT: false, APICV_UPDATE: false, VM_DEAD: false },
        irq: { HRTIMER: false, RESCHEDULE: false, POSTED_INTR: false, CALL_FUNCTION: false },
        exit: "OTHER" as const,
        initialized: false,
        apicvActive: false,
        apicMode: "DISABLED" as const,
        swEnabled: false,
        pir: nothing,
        on: false,
        irr: nothing,
        isr: nothing,
        readC: false,
      })),
      timer: family(scope["vcpu"]).map(() => ({
        periodic: false,
        hr: "INACTIVE" as const,
        on: "OWN" as const,
        due: false,
        pc: "NONE" as const,
        pending: 0,
        ghost: { fired: false, injections: 0, exited: false, sawZero: false, expiredInHandler: false },
      })),
      inhibitor: { pc: "IDLE", reason: "BLOCKIRQ", set: false, target: 0, ioctlOn: 0, ipi: 0 },
      ioapic: { locked: false, irr: false, pendingEoi: 0, destMap: 0 },
      rtc: {
        line: false,
        pc: "IDLE",
        target: 0,
        accepted: 0,
        status: -1,
        ghostTicked: false,
        ghostMerged: false,
      },
    },
  ];
