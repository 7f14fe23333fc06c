import type { Action, Draft } from "#check";
import { timerPowerOn } from "../state-timer.ts";
import { vectorNames } from "../state-vectors.ts";
import type { State } from "../state.ts";

/** What nobody can see and nothing that is seen depends on. */
export interface Forget {
  /** Its fields, by their paths or how those begin. */
  readonly fields: readonly string[];
  /** Whether history does not depend on it: on other history it does. */
  readonly alone?: true;
  /** Sets it to one value. */
  readonly effect: (d: Draft<State>) => void;
}

/** Where the exit that was handled does not matter any more. */
const handled: readonly State["vcpu"][number]["pc"][] = ["INJECT_TIMER", "RUN_TOP", "NONROOT"];

type Ghost = State["timer"][number]["ghost"];

/** What the timer's ghosts are set to. */
const forgotten: Ghost = timerPowerOn.ghost;

const forgetGhost = <K extends keyof Ghost>(name: K): Forget => ({
  fields: [`timer[].ghost.${name}`],
  effect: ({ timer }) => {
    for (const { ghost } of timer) ghost[name] = forgotten[name];
  },
});

const forgetHandledExit: Forget = {
  fields: ["vcpu[].exit"],
  alone: true,
  effect: ({ vcpu }) => {
    for (const one of vcpu) if (handled.includes(one.pc)) one.exit = "OTHER";
  },
};

/** What the other worlds keep of a run to judge it by, and the exit that was handled. */
export const forgetHistory: readonly Forget[] = [
  ...(Object.keys(forgotten) as (keyof Ghost)[]).map(forgetGhost),
  forgetHandledExit,
];

/** What becomes of an interrupt that was accepted: a timer goes on without it. */
export const forgetDelivered: Forget = {
  fields: [
    "vcpu[].pir",
    "vcpu[].irr",
    "vcpu[].isr",
    "vcpu[].tmr",
    "vcpu[].on",
    "vcpu[].irq.POSTED_INTR",
    "vcpu[].req.EVENT",
    "vcpu[].irrUnseen",
    "vcpu[].rvi",
    "vcpu[].svi",
    "vcpu[].endedInVain",
    "vcpu[].eoi",
  ],
  alone: true,
  effect: ({ vcpu }) => {
    for (let v = 0; v < vcpu.length; v++) {
      const one = vcpu[v];
      for (const vector of vectorNames) {
        one.pir[vector] = false;
        one.irr[vector] = false;
        one.isr[vector] = false;
        one.tmr[vector] = false;
      }
      one.on = false;
      one.irq.POSTED_INTR = false;
      one.req.EVENT = false;
      one.irrUnseen = false;
      one.rvi = "HIGHEST_IRR";
      one.svi = "HIGHEST_ISR";
      one.endedInVain = false;
      one.eoi = "none";
    }
  },
};

/** The same actions, each of which forgets. */
export const forgetting = (
  actions: readonly Action<State>[],
  forget: readonly Forget[],
): readonly Action<State>[] =>
  actions.map((action) => ({
    ...action,
    effect: (d, args) => {
      action.effect(d, args);
      for (const one of forget) one.effect(d);
    },
  }));

/** What the other worlds keep of what a guest's handler of a pin has done. */
export const forgetPinHistory: Forget = {
  fields: [
    "pin.checked",
    "pin.acking",
    "pin.ghostServed",
    "pin.ghostUnaccepted",
    "pin.status",
    "vcpu[].endedInVain",
  ],
  effect: ({ pin, vcpu }) => {
    pin.checked.a = false;
    pin.checked.b = false;
    pin.acking = "NONE";
    pin.ghostServed = 0;
    pin.ghostUnaccepted = false;
    pin.status = 0;
    for (let v = 0; v < vcpu.length; v++) vcpu[v].endedInVain = false;
  },
};

/** What is in service, and what was to be injected once that was tried: others have a higher priority, or none. */
export const forgetInService: Forget = {
  fields: ["vcpu[].isr", "vcpu[].irr"],
  alone: true,
  effect: ({ vcpu }) => {
    for (let v = 0; v < vcpu.length; v++) {
      const one = vcpu[v];
      for (const vector of vectorNames) {
        // What is printed of an injection is seen by the ISR behind it.
        if (one.pc !== "IRQS_OFF") one.isr[vector] = false;
        if (one.pc !== "EVENTS") one.irr[vector] = false;
      }
    }
  },
};

/** What nobody asks of a message once it is accepted, or of the interrupt that it has become. */
export const forgetMessageHistory: Forget = {
  fields: ["msi.delivery.result", "msi.delivery.trig", "ipi.result", "ipi.trig", "vcpu[].endedInVain"],
  effect: ({ msi: { delivery }, ipi, vcpu }) => {
    for (const one of [delivery, ipi]) {
      one.result = 0;
      if (one.pc !== "ROUTED" && one.pc !== "MAP" && one.pc !== "ACCEPT") one.trig = "EDGE";
    }
    for (let v = 0; v < vcpu.length; v++) vcpu[v].endedInVain = false;
  },
};

/** The same state with the I/O APIC's lock free. */
export const unlockedPin = (s: State): State => ({
  ...s,
  ioapic: { ...s.ioapic, locked: false },
  pin: { ...s.pin, pc: "IDLE" },
  scan: { ...s.scan, waiting: false },
});
