import { bool, int, oneOf, record, vector, type Draft, type ValueOf } from "#check";
import { textbookActionOf } from "../source.ts";

const Vcpu = record({
  mode: oneOf("OUT", "GUEST", "EXITING", "BLOCKED"),
  pc: oneOf("RUN", "T1", "T2", "T3", "HC", "BLK", "E1", "E2", "E3", "E4", "E5"),
  hr: oneOf("OFF", "ARMED", "FIRE", "POST", "KICK"),
  /** `lapic_timer.pending`, saturating. */
  pend: int(0, 2),
  unb: bool,
  evt: bool,
  on: bool,
  pirT: bool,
  pirI: bool,
  irrT: bool,
  irrI: bool,
  isr: bool,
  /** Programmings of the timer since its last EOI. */
  gen: int(0, 2),
});

export const State = record({ vcpu: vector("vcpu", Vcpu), apicv: bool });
export type State = ValueOf<typeof State>;
type Vcpu = State["vcpu"][number];

const action = textbookActionOf<State>();

/** What is the same in all rules: every rule is atomic by definition. */
const cites = (rule: string) => ({
  source: `tdx-timer benchmark, rule ${rule}`,
  atomic: "by definition of the benchmark",
});

const rule =
  (actor: (i: number) => string) =>
  (
    name: string,
    guard: (vcpu: Vcpu, state: State) => boolean,
    effect: (vcpu: Draft<Vcpu>, draft: Draft<State>) => void,
  ) =>
    action(name, {
      ...cites(name),
      actor: ({ i }) => actor(i),
      args: { i: "vcpu" },
      guard: (s, { i }) => guard(s.vcpu[i], s),
      effect: (d, { i }) => effect(d.vcpu[i], d),
    });

/** A rule of one vCPU's thread. */
export const thread = rule((i) => `CPU${i}`);

/** A rule of one vCPU's hrtimer callback, which runs beside the thread. */
export const callback = rule((i) => `hrtimer${i}`);

/** The rule by which one vCPU sends another an IPI. */
export const send = (
  name: string,
  guard: (sender: Vcpu, state: State) => boolean,
  effect: (target: Draft<Vcpu>, draft: Draft<State>) => void,
) =>
  action(name, {
    ...cites(name),
    actor: ({ i }) => `CPU${i}`,
    args: { i: "vcpu", j: "vcpu" },
    guard: (s, { i, j }) => i !== j && guard(s.vcpu[i], s),
    effect: (d, { j }) => effect(d.vcpu[j], d),
  });

/** A rule of the environment. */
export const environment = (
  name: string,
  guard: (state: State) => boolean,
  effect: (draft: Draft<State>) => void,
) => action(name, { ...cites(name), actor: "userspace", guard, effect });

/** WAKE: a blocked vCPU goes on to check whether it may halt. */
export const wake = (v: Draft<Vcpu>): void => {
  if (v.mode === "BLOCKED") {
    v.mode = "OUT";
    v.pc = "HC";
  }
};

/** KICK: a vCPU in the guest is made to exit, a blocked one is woken. */
export const kick = (v: Draft<Vcpu>): void => {
  if (v.mode === "GUEST") v.mode = "EXITING";
  else wake(v);
};

/** SYNC: the PIR moves into the vIRR. */
export const sync = (v: Draft<Vcpu>): void => {
  v.on = false;
  v.irrT ||= v.pirT;
  v.irrI ||= v.pirI;
  v.pirT = false;
  v.pirI = false;
};

/** QUIET: nothing to deliver, nothing in service. */
export const quiet = (v: Vcpu): boolean => !v.irrT && !v.irrI && !v.isr;

export const inGuest = (v: Vcpu): boolean => v.pc === "RUN" && v.mode === "GUEST";
