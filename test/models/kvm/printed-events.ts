import { tracepoints } from "../../../models/kvm/tracepoints/table.ts";
import type { Trace, TraceStep } from "../../../src/check/trace.ts";
import { captureReader } from "../../../src/events/capture-reader.ts";
import { layouts, type LayoutName } from "../../../src/events/layouts.ts";
import { captureText } from "../../../src/report/capture-text.ts";
import type { Event } from "../../../src/events/tracepoint.ts";
import { posterPcs } from "../../../models/kvm/state-poster.ts";
import { captured } from "../../../scenarios/captured.ts";
import type { State } from "../../../models/kvm/state.ts";

/** An event of a run: which step prints it, and whose thread. */
export interface Printed {
  readonly place: number;
  /** `CPU 0/KVM-4243`. */
  readonly thread: string;
  readonly event: Event;
}

/** What the steps of a run print, in their order. */
export const printedBy = (steps: readonly TraceStep<unknown>[]): readonly Printed[] =>
  steps.flatMap(({ step: { action, actor, args }, before, after }, place) => {
    const { comm, pid } = captured.thread(action.name, actor, before).task;
    const events = action.note?.events?.({ args, before, after }) ?? [];
    return events.map((event) => ({ place, thread: `${comm}-${pid}`, event }));
  });

/** Whether some thread is on its way to hand over an interrupt: what it printed before is not in the run. */
const underWay = ({ timer, pin, device, rtc, msi, ipi, pit, pic }: State): boolean =>
  [...timer.map(({ pc }) => pc), pin.pc, device.pc, rtc.pc, msi.delivery.pc, ipi.pc, pic.pc, pit.worker].some(
    (pc) => pc === "NEXT" || posterPcs.some((one) => one === pc),
  );

type Fault = (message: string) => void;
type Rule = (printed: Printed, fault: Fault) => void;

const field = ({ fields }: Event, name: string): string => String(fields[name]);

/** A vCPU is in the guest between kvm_entry and kvm_exit, and its thread prints nothing else there. */
const entriesAndExits = (): Rule => {
  const inGuest = new Map<unknown, boolean>();
  return ({ event, thread }, fault) => {
    const { name } = event;
    const vcpu = /^CPU (\d+)\/KVM/.exec(thread)?.[1];
    if (name === "kvm_entry" || name === "kvm_exit") {
      const v = field(event, "vcpu");
      if (v !== vcpu) fault(`of vCPU ${v}, by ${thread}`);
      if (inGuest.get(v) === (name === "kvm_entry")) fault("twice in a row");
      inGuest.set(v, name === "kvm_entry");
    } else if (vcpu !== undefined && inGuest.get(vcpu) === true && !name.startsWith("hrtimer"))
      // A wait for the deadline is between the entry that is printed and the guest.
      if (name !== "kvm_wait_lapic_expire") fault(`while vCPU ${vcpu} is in the guest`);
  };
};

/** What APICv accepts, a LAPIC has accepted before, and the same thread said so; of an incomplete IPI the sender's CPU has. */
const acceptances = (complete: boolean): Rule => {
  const offered = new Map<string, number>();
  const incomplete = new Set<string>();
  return ({ event, thread }, fault) => {
    if (event.name === "kvm_avic_incomplete_ipi") incomplete.add(thread);
    const what = `${thread} ${field(event, "apicid")} ${field(event, "vec")} ${field(event, "trigger")}`;
    if (event.name === "kvm_apic_accept_irq") offered.set(what, (offered.get(what) ?? 0) + 1);
    if (event.name !== "kvm_apicv_accept_irq" || incomplete.has(thread)) return;
    const left = (offered.get(what) ?? 0) - 1;
    offered.set(what, Math.max(0, left));
    if (left < 0 && complete) fault(`nothing was accepted by ${what}`);
  };
};

/** An I/O APIC sets a pin that kvm_set_irq() was called for last, by the same thread, which then has done with it. */
const lines = (complete: boolean): Rule => {
  const open = new Map<string, number[]>();
  return ({ event, thread }, fault) => {
    const calls = open.get(thread) ?? [];
    open.set(thread, calls);
    if (event.name === "kvm_set_irq") calls.push(Number(field(event, "gsi")));
    if (event.name !== "kvm_ioapic_set_irq") return;
    const pin = Number(field(event, "pin"));
    const gsi = calls.pop();
    if (gsi === undefined ? complete : pin !== gsi && !(pin === 2 && gsi === 0)) fault(`of GSI ${gsi}`);
  };
};

/** An hrtimer expires, or is cancelled, once for each start. */
const hrtimers = (): Rule => {
  const enqueued = new Map<unknown, boolean>();
  return ({ event }, fault) => {
    if (!event.name.startsWith("hrtimer_")) return;
    const timer = field(event, "hrtimer");
    const starts = event.name === "hrtimer_start";
    if (enqueued.get(timer) === starts) fault(starts ? "twice in a row" : "and it was not enqueued");
    enqueued.set(timer, starts);
  };
};

/** A guest without APICv has nothing accepted by it. */
const noApicv =
  (guest: string): Rule =>
  ({ event }, fault) => {
    if (guest.endsWith("-sw") && event.name === "kvm_apicv_accept_irq") fault(`of ${guest}`);
  };

/** What is wrong with the events of a run, by what is true of every host. */
export const faultsOf = (guest: string, steps: readonly TraceStep<unknown>[]): readonly string[] => {
  if (steps.length === 0) return [];
  const complete = !underWay(steps[0].before as State);
  const rules = [entriesAndExits(), acceptances(complete), lines(complete), hrtimers(), noApicv(guest)];
  const faults: string[] = [];
  for (const printed of printedBy(steps)) {
    const { place, event, thread } = printed;
    const at = `step ${place + 1} ${steps[place].step.action.name} of ${thread}: ${event.name}`;
    for (const rule of rules) rule(printed, (message) => faults.push(`${at} ${message}`));
  }
  return faults;
};

/** What is read otherwise than it was printed, in some layout: an event has the fields that the layout has of it. */
export const misread = (trace: Trace<unknown>): readonly string[] => {
  const printed = printedBy(trace.steps);
  return (Object.keys(layouts) as LayoutName[]).flatMap((layout) => {
    const read: string[] = [];
    let at = 0;
    const reader = captureReader(tracepoints, (item) => {
      const { thread, event } = printed[at++];
      const { task, event: again } =
        item.kind === "event"
          ? { ...item.line, event: item.event }
          : { task: {}, event: { name: item.kind, fields: {} } };
      const same =
        `${task?.comm}-${task?.pid}` === thread &&
        again.name === event.name &&
        Object.entries(again.fields).every(([name, value]) => event.fields[name] === value);
      if (!same) read.push(`${layout}: line ${item.at} is no ${event.name}`);
    });
    reader.write(captureText(trace, ["a run"], captured, layout).join("\n"));
    reader.end();
    return at === printed.length ? read : [...read, `${layout}: ${at} of ${printed.length} events`];
  });
};
