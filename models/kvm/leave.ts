import type { Draft } from "#check";
import { guestRuns } from "./predicates.ts";
import type { State } from "./state.ts";

/** The guest is left with an exit that the vCPU thread has to handle. */
export const leave = (d: Draft<State>, v: number, exit: State["vcpu"][number]["exit"]): void => {
  d.vcpu[v].pc = "EXITED";
  d.vcpu[v].exit = exit;
  d.timer[v].ghost.exited = true;
};

/** The guest may run its next instruction: neither a host interrupt nor a preemption timer at 0 makes it exit first. */
export const inGuest = (s: State, v: number): boolean =>
  guestRuns(s.vcpu[v]) && !(s.timer[v].hv && s.timer[v].due && !s.timer[v].clocksApart);
