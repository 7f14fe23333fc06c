import { shelve, variant, type AnyScenario, type Model } from "#check";
import { properties } from "./tdx-timer-properties.ts";
import { cb1Local, rules, tmict } from "./tdx-timer-rules.ts";
import { State } from "./tdx-timer-state.ts";

/**
 * A benchmark and an oracle, no claim about a kernel: a virtual LAPIC timer backed by an hrtimer, posted interrupts, HLT,
 * kicks, requests and one IPI vector, with exactly known numbers of states and transitions.
 */
const once: Model<State> = {
  name: "tdx-timer",
  state: State,
  init: ({ vcpu }) => [
    {
      vcpu: Array.from({ length: vcpu }, () => ({
        mode: "OUT" as const,
        pc: "E1" as const,
        hr: "OFF" as const,
        pend: 0,
        unb: false,
        evt: false,
        on: false,
        pirT: false,
        pirI: false,
        irrT: false,
        irrI: false,
        isr: false,
        gen: 0,
      })),
      apicv: true,
    },
  ],
  actions: rules,
};

const twice = variant(once, "tdx-timer-twice", { replace: [tmict(2)] });

const local = (model: Model<State>): Model<State> =>
  variant(model, `${model.name}-nohk`, { replace: [cb1Local] });

const scenario = (vcpus: number, programmings: 1 | 2, housekeeping: boolean): AnyScenario => {
  const model = programmings === 1 ? once : twice;
  const scope = { vcpu: vcpus };
  return shelve<State>({
    name: `bench/tdx-timer-n${vcpus}g${programmings}${housekeeping ? "" : "-nohk"}`,
    about: `Timer benchmark: ${vcpus} vCPUs, ${programmings} programmings a timer EOI${housekeeping ? "" : ", no housekeeping"}`,
    options: [],
    scope,
    start: "initial",
    properties,
    // Only another vCPU sends the IPI.
    expected: properties.map(({ id }) => ({
      property: id,
      verdict: id === "posted-ipi-has-on" && vcpus === 1 ? "vacuous" : "holds",
    })),
    build: () => ({
      model: housekeeping ? model : local(model),
      start: model.init(scope),
    }),
  });
};

/** The benchmark in the sizes whose numbers are known. */
export const tdxTimerScenarios: readonly AnyScenario[] = [
  scenario(1, 1, true),
  scenario(1, 2, true),
  scenario(2, 1, true),
  scenario(2, 2, true),
  scenario(3, 1, true),
  scenario(2, 1, false),
  scenario(2, 2, false),
  scenario(3, 1, false),
];

/** Three vCPUs and two programmings: larger than any machine here, for what a search costs as it grows. */
export const tdxTimerEndless: AnyScenario = scenario(3, 2, true);
