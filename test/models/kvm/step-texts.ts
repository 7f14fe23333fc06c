import { noteOfStep, type StepTaken } from "../../../src/model/note.ts";
import { exploreFast, problemOf, propertyOf, type Problem } from "#check";
import { replay, tracing, type TraceStep } from "../../../src/check/trace.ts";
import { startOf } from "../../../src/problem/plain-step.ts";
import { opsOf, type GuestName } from "../../../models/kvm/ops.ts";
import type { GuestKind } from "../../../models/kvm/text.ts";
import type { State } from "../../../models/kvm/state.ts";
import { kvm } from "../../../scenarios/kvm.ts";
import { choiceOf } from "../../../src/catalogue/choice.ts";

/** Words that are true of other guests only. */
const foreign: Readonly<Record<GuestKind, RegExp>> = {
  td: /ordinary|VMLAUNCH|VMRESUME|VMRUN|SVM|AVIC\b|\bvmx_vcpu_(run|create)|\bsvm_|EXIT_REASON_(?!EXTERNAL_INTERRUPT)|\bemulated APIC/,
  vmx: /\bTDs?\b|tdx_|TDVMCALL|TDH\.|TDCALL|SVM|AVIC\b|\bsvm_|VMRUN/,
  svm: /\bTDs?\b|tdx_|TDVMCALL|TDH\.|TDCALL|VMLAUNCH|VMRESUME|\bvmx_vcpu_(run|create)|EXIT_REASON_|\bVMX\b/,
};

/** Words that leave open which branch was taken. */
const undecided = /\b(if|unless|else|when|whether|or|may|maybe)\b|==/;

type Vcpu = State["vcpu"][number];
type Timer = State["timer"][number];
interface Around {
  readonly vcpu: Vcpu;
  readonly timer: Timer;
  readonly before: State;
  readonly after: State;
}

/** What has to be so where a step's text says it. */
const claims: readonly (readonly [RegExp, (around: Around) => boolean])[] = [
  [
    /^(apic_timer_expired|restart_apic_timer|start_\w+_timer).*pending is set/,
    ({ timer }) => timer.pending > 0,
  ],
  [/^apic_timer_expired.*pending is 0/, ({ timer }) => timer.pending === 0],
  [/apicv_active is set/, ({ vcpu }) => vcpu.apicvActive],
  [/apicv_active is clear/, ({ vcpu }) => !vcpu.apicvActive],
  [/mode is IN_GUEST_MODE/, ({ vcpu }) => vcpu.mode === "IN_GUEST"],
  [/mode is not IN_GUEST_MODE/, ({ vcpu }) => vcpu.mode !== "IN_GUEST"],
  [/PID\.ON is set|pi_test_and_set_on\(\), it was set/, ({ vcpu }) => vcpu.on],
  [/PID\.ON is clear|pi_test_and_set_on\(\)$/, ({ vcpu }) => !vcpu.on],
  [/PIR is not empty, pi_set_on/, ({ vcpu }) => Object.values(vcpu.pir).some(Boolean)],
  [/PIR is empty/, ({ vcpu }) => !Object.values(vcpu.pir).some(Boolean)],
  [/SN is set/, ({ vcpu }) => vcpu.sn],
  [/SN is clear/, ({ vcpu }) => !vcpu.sn],
  [/rcuwait_wake_up\(\)$/, ({ vcpu }) => vcpu.waiter && vcpu.task !== "RUNNING"],
  [/KVM_REQ_UNBLOCK\), which consumes it/, ({ vcpu }) => vcpu.req.UNBLOCK],
  [/KVM_REQ_UNBLOCK\) is false/, ({ vcpu }) => !vcpu.req.UNBLOCK],
  [/kvm_check_and_inject_events/, ({ vcpu }) => vcpu.req.EVENT],
  [/no KVM_REQ_EVENT/, ({ vcpu }) => !vcpu.req.EVENT],
  [/HRTIMER_RESTART/, ({ timer }) => timer.periodic],
  [/HRTIMER_NORESTART/, ({ timer }) => !timer.periodic],
  [/^pit_\w+\(\): reinject/, ({ before }) => before.pit.reinject],
  [/no reinject/, ({ before }) => !before.pit.reinject],
  [/irq_ack, 0\), it was 1/, ({ before }) => before.pit.irqAck],
  [/irq_ack, 0\), it was 0, return/, ({ before }) => !before.pit.irqAck],
  [/vmx_vcpu_pi_put/, ({ before }) => before.vm.bypassIrqs],
];

/** The texts that stand below a step. */
export const textsOf = ({ step, before, after }: TraceStep<unknown>): readonly string[] =>
  noteOfStep(step.action.note, { args: step.args, before, after })?.below ?? [];

/** What the text of a step says that is not true of it: a guest's, or a branch's. */
export const untrue = (guest: GuestName, { step, before, after }: TraceStep<unknown>): readonly string[] => {
  const taken: StepTaken = { args: step.args, before, after };
  const { below = [], whenReplayed = [] } = noteOfStep(step.action.note, taken) ?? {};
  const v = typeof step.args["v"] === "number" ? step.args["v"] : 0;
  const was = before as State;
  const around = { vcpu: was.vcpu[v], timer: was.timer[v], before: was, after: after as State };
  const name = `${guest} ${step.action.name}`;
  return [
    ...[...below, ...whenReplayed].filter((text) => foreign[opsOf[guest].kind].test(text)),
    ...below.filter((text) => undecided.test(text)),
    ...below.filter((text) => claims.some(([says, holds]) => says.test(text) && !holds(around))),
  ].map((text) => `${name}: ${text}`);
};

/** Which of the claims some texts make: none may be left that no step is asked about. */
export const claimedIn = (texts: readonly string[]): readonly string[] =>
  claims.filter(([says]) => texts.some((text) => says.test(text))).map(([says]) => says.source);

/** All of them. */
export const everyClaim = claims.map(([says]) => says.source);

/** A walk that at each state takes the step that it took least often so far: it soon has taken all that it can. */
export const walked = <S>(problem: Problem<S>, length: number): readonly TraceStep<S>[] => {
  const take = tracing(problem);
  const counts = new Map<number, number>();
  const steps: TraceStep<S>[] = [];
  const rarest = (state: S, at: number): TraceStep<S> | undefined => {
    const order = problem.steps
      .map((_, i) => (i + at) % problem.steps.length)
      .toSorted((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0));
    for (const place of order) {
      const taken = take(problem.steps[place], state);
      if (taken === undefined) continue;
      counts.set(place, (counts.get(place) ?? 0) + 1);
      return taken;
    }
    return undefined;
  };
  let state = startOf(problem, 0);
  for (let at = 0; at < length; at++) {
    const taken = rarest(state, at);
    if (taken === undefined) return steps;
    steps.push(taken);
    state = taken.after;
  }
  return steps;
};

/** A step of a world where few runs take it: where it is taken, and what it says there. */
export interface RareStep {
  readonly world: string;
  readonly set: readonly string[];
  readonly at: (state: State) => boolean;
  readonly action: string;
  readonly says: string;
}

/** Steps that walks hardly come to. */
export const rareSteps: readonly RareStep[] = [
  {
    world: "kvm/timer",
    set: ["nohzFull=on", "timerMode=periodic"],
    at: ({ timer: [{ pc, pending }] }) => pc === "TEST_PENDING" && pending > 0,
    action: "fn_test_pending",
    says: "apic_timer_expired(apic, true): pending is set, return",
  },
  {
    world: "kvm/pi-wakeup",
    set: [],
    at: ({ vcpu: [{ pc, req, sched }] }) => pc === "BLOCK_CHECK_UNBLOCK" && sched === "ON_CPU" && req.UNBLOCK,
    action: "block_check_unblock",
    says: "kvm_vcpu_check_block(): kvm_check_request(KVM_REQ_UNBLOCK), which consumes it",
  },
  {
    world: "kvm/halt",
    set: ["nohzFull=on"],
    at: ({ timer: [{ pc }], vcpu: [{ sched, waiter, task }] }) =>
      pc === "KICK" && sched === "BLOCKED" && waiter && task === "INTERRUPTIBLE",
    action: "fn_kick",
    says: "kvm_vcpu_kick(): rcuwait_wake_up()",
  },
];

/** The step of that action in a first state where it is rare. */
export const rareStep = async ({ world, set, at, action }: RareStep): Promise<TraceStep<unknown>> => {
  const scenario = kvm.find(({ name }) => name === world)!;
  const { model, start } = scenario.build(choiceOf(scenario, { set }));
  const there = propertyOf<unknown>().sometimes({
    id: "there",
    statement: "-",
    holds: (s) => at(s as State),
  });
  const problem = problemOf(model, scenario.scope, [there], start);
  const { findings } = await exploreFast(problem, { failFast: true });
  const { steps } = replay(problem, findings[0].path!);
  const state = steps.at(-1)?.after ?? problem.start[0];
  const take = tracing(problem);
  return problem.steps
    .filter((step) => step.action.name === action)
    .flatMap((step) => take(step, state) ?? [])[0];
};
