import type { Scope } from "#check";
import { apicvPowerOn } from "./state-apicv.ts";
import { deliveryPowerOn } from "./state-delivery.ts";
import { ioctlPowerOn } from "./state-ioctl.ts";
import { pinPowerOn } from "./state-pin.ts";
import { picPowerOn } from "./state-pic.ts";
import { pitPowerOn } from "./state-pit.ts";
import { rtcPowerOn } from "./state-rtc.ts";
import { noVectors } from "./state-vectors.ts";
import type { State } from "./state.ts";

const family = (size: number | undefined): readonly undefined[] => Array.from({ length: size ?? 0 });

/** The machine before anything has booted; every start point is reached from here. */
export const powerOn =
  (type: State["vm"]["type"]) =>
  (scope: Scope): readonly State[] => [
    {
      host: {
        preemptionTimerOff: false,
        booted: false,
        enableApicv: true,
        nohzFull: false,
        piInjectTimer: false,
      },
      vm: {
        type,
        td: type === "KVM_X86_TDX_VM" ? "UNINITIALIZED" : "RUNNABLE",
        irqchip: "NONE",
        vpit: false,
        inhibit: apicvPowerOn.inhibit,
        apicMap: apicvPowerOn.apicMap,
        apicvLock: false,
        hltMwaitInGuest: false,
        bypassIrqs: false,
        dead: false,
        bugOn: apicvPowerOn.bugOn,
        ghostRefreshWarned: false,
      },
      vcpu: family(scope["vcpu"]).map(() => ({
        pc: "ABSENT" as const,
        mode: "OUTSIDE" as const,
        req: {
          UNBLOCK: false,
          EVENT: false,
          APICV_UPDATE: false,
          VM_DEAD: false,
          MIGRATE_TIMER: false,
          SCAN_IOAPIC: false,
          LOAD_EOI_EXITMAP: false,
          IOAPIC_EOI_EXIT: false,
        },
        irq: {
          HRTIMER: false,
          RESCHEDULE: false,
          POSTED_INTR: false,
          CALL_FUNCTION: false,
          PI_WAKEUP: false,
        },
        exit: "OTHER" as const,
        creating: ioctlPowerOn.creating,
        initialized: false,
        apicvActive: false,
        inIoctl: false,
        idModified: false,
        events: apicvPowerOn.events,
        apicMode: "DISABLED" as const,
        swEnabled: false,
        pir: noVectors,
        on: false,
        irr: noVectors,
        isr: noVectors,
        tmr: noVectors,
        irrUnseen: false,
        ioapicHandled: noVectors,
        staleEoi: "none" as const,
        eoiExitBitmap: noVectors,
        eoi: "none" as const,
        readC: false,
        interruptFlag: true,
        mp: "RUNNABLE" as const,
        waiter: false,
        task: "RUNNING" as const,
        sched: "ON_CPU" as const,
        cpu: "P0" as const,
        sn: false,
        nv: "POSTED" as const,
        ndst: "P0" as const,
        wakeupList: "NONE" as const,
      })),
      timer: family(scope["vcpu"]).map(() => ({
        periodic: false,
        tscMode: false,
        masked: false,
        period: false,
        deadline: false,
        advance: false,
        expired: false,
        early: false,
        staleWait: false,
        hv: false,
        clocksApart: false,
        hvExpired: false,
        switching: "NONE" as const,
        hr: "INACTIVE" as const,
        on: "OWN" as const,
        due: false,
        pc: "NONE" as const,
        pending: 0,
        ghost: {
          fired: false,
          injections: 0,
          exited: false,
          sawZero: false,
          expiredInHandler: false,
          masked: false,
          switched: false,
          rearmed: false,
        },
      })),
      inhibitor: { pc: "IDLE", reason: "BLOCKIRQ", set: false, target: 0, ioctlOn: 0, ipi: 0 },
      ioapic: { locked: false, irr: false, pendingEoi: 0, destMap: 0 },
      ...pinPowerOn,
      ioctl: ioctlPowerOn.ioctl,
      ...deliveryPowerOn,
      device: {
        notification: "NONE",
        to: "P0",
        target: 0,
        pc: "IDLE",
        pcTarget: 0,
        aim: "P0",
        attach: "NONE",
      },
      rtc: rtcPowerOn,
      pic: picPowerOn,
      pit: pitPowerOn,
    },
  ];
