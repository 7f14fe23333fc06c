import { markLabel, type Event, type Step } from "#check";
import type { State } from "../state.ts";

/** What is seen of a part of the model: how its events are told apart, and what can be known and said of its states. */
export interface Observer {
  /** Begins with the name of the event, where it is one that is followed. */
  readonly label: (event: Event) => string | undefined;
  readonly marks: Readonly<Record<string, (state: State) => boolean>>;
  readonly facts: Readonly<Record<string, (state: State) => string>>;
}

/** What is told of an event by its name; nothing where it is of something else. */
export type Labels = Readonly<Record<string, (event: Event) => string | undefined>>;

/** The mark of a vCPU's thread that is in the host. */
export const IN_THE_HOST = "in the host";

/** What is seen where a vCPU's thread is known to be in the host. */
export const markOfHost = markLabel(IN_THE_HOST);

/** The thread of the vCPU that is followed is in the host. */
export const isInTheHost = ({ vcpu: [{ pc }] }: State): boolean => pc !== "NONROOT" && pc !== "ENTER";

/** An observer that labels an event with its name and what is told of it, and knows of a vCPU's thread when it is in the host. */
export const observerOf = (
  labels: Labels,
  facts: Observer["facts"],
  marks: Observer["marks"] = {},
): Observer => ({
  label: (event) => {
    const said = labels[event.name]?.(event);
    return said === undefined ? undefined : `${event.name} ${said}`.trimEnd();
  },
  marks: { [IN_THE_HOST]: isInTheHost, ...marks },
  facts,
});

/** Who raises and lowers a line: another thread may do so while one delivers for it. */
const raising: readonly string[] = ["KVM_IRQ_LINE_STATUS_pin"];

/** Steps that are a hard interrupt on the pCPU of a vCPU's thread, whatever that is printing. */
const hardIrqs: readonly string[] = ["apic_timer_fn", "host_irq"];

/** Who prints a step: the thread of a vCPU, an interrupt that came in between, or somebody else. */
export const contextOf = ({ action, actor }: Step<State>): string => {
  if (hardIrqs.includes(action.name)) return `hard irq of ${actor}`;
  return raising.includes(action.name) ? "raiser" : actor;
};
