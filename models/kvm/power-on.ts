import type { Scope } from "#check";
import { apicvPowerOn } from "./state-apicv.ts";
import { avicPowerOn } from "./state-avic.ts";
import { deliveryPowerOn } from "./state-delivery.ts";
import { initSipiPowerOn } from "./state-init-sipi.ts";
import { ioctlPowerOn } from "./state-ioctl.ts";
import { pinPowerOn } from "./state-pin.ts";
import { picPowerOn } from "./state-pic.ts";
import { pitPowerOn } from "./state-pit.ts";
import { rtcPowerOn } from "./state-rtc.ts";
import { nothingSaved, savingPowerOn } from "./state-saved.ts";
import { frozen } from "./frozen.ts";
import { timerPowerOn } from "./state-timer.ts";
import { noVectors } from "./state-vectors.ts";
import type { State } from "./state.ts";

const family = (size: number | undefined): readonly undefined[] => Array.from({ length: size ?? 0 });

/**
 * The machine before anything has booted; every start point is reached from here. All of them share their constants: what
 * was written to one would be in each.
 */
export const powerOn =
  (type: State["vm"]["type"]) =>
  (scope: Scope): readonly State[] =>
    frozen<State[]>([
      {
        host: {
          preemptionTimerOff: false,
          booted: false,
          enableApicv: true,
          nohzFull: false,
          tdVmStateLocks: true,
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
          hltInGuest: false,
          mwaitInGuest: false,
          bypassIrqs: false,
          eoiBroadcast: "QUIRKED",
          septZap: "NONE",
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
          blockIrq: false,
          baseMoved: false,
          synic: "OFF" as const,
          idModified: false,
          events: apicvPowerOn.events,
          initSipi: initSipiPowerOn.initSipi,
          apicMode: "DISABLED" as const,
          swEnabled: false,
          directedEoi: false,
          pir: noVectors,
          on: false,
          irr: noVectors,
          isr: noVectors,
          tmr: noVectors,
          irrUnseen: false,
          physicalId: avicPowerOn.physicalId,
          irqWindow: false,
          rvi: "HIGHEST_IRR" as const,
          svi: "HIGHEST_ISR" as const,
          endedInVain: false,
          ioapicHandled: noVectors,
          staleEoi: "none" as const,
          eoiExitBitmap: noVectors,
          eoi: "none" as const,
          readC: false,
          interruptFlag: true,
          signal: false,
          mp: "RUNNABLE" as const,
          waiter: false,
          task: "RUNNING" as const,
          sched: "ON_CPU" as const,
          loadedAt: "NONE" as const,
          cpu: "P0" as const,
          sn: false,
          nv: "POSTED" as const,
          ndst: "P0" as const,
          wakeupList: "NONE" as const,
        })),
        timer: family(scope["vcpu"]).map(() => timerPowerOn),
        inhibitor: { pc: "IDLE", reason: "BLOCKIRQ", set: false, target: 0, ioctlOn: 0, ipi: 0 },
        ioapic: { locked: false, irr: false, pendingEoi: 0, destMap: 0 },
        ...pinPowerOn,
        ioctl: ioctlPowerOn.ioctl,
        ...deliveryPowerOn,
        sender: initSipiPowerOn.sender,
        avicIpi: avicPowerOn.avicIpi,
        irte: avicPowerOn.irte,
        gaLog: avicPowerOn.gaLog,
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
        saving: savingPowerOn,
        saved: family(scope["vcpu"]).map(() => nothingSaved),
      },
    ]);
