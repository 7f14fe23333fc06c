import { CheckError, problemOf, replay, type Model, type Scope } from "#check";
import type { KvmChoice } from "./choice.ts";
import { pitInhibitCrossing, type BootPlace, type BootStep, type BootSteps } from "./boot-steps.ts";
import { contributionsOf } from "./changes.ts";
import type { GuestName } from "./ops.ts";
import type { KvmOption } from "./option.ts";
import { scripts, type Boot, type StartName } from "./start-points.ts";
import type { State } from "./state.ts";

/** What is done at the points of a boot where no option says otherwise. */
const usual: BootSteps = {
  host: () => [["boot_host", { nohzFull: "off" }]],
  irqchip: () => [["KVM_CAP_SPLIT_IRQCHIP"]],
  "pit-inhibit": pitInhibitCrossing,
  "routing-update": () => [["post_irq_routing_update"], ["post_irq_routing_kick"], ["post_irq_routing_wait"]],
  "eoi-exitmap": ({ v }) => [
    ["req_scan_ioapic", { v }],
    ["req_load_eoi_exitmap", { v }],
  ],
  "hrtimer-start": ({ v }) => [["hrtimer_start", { v, on: "OWN" }]],
};

/** Whose last step a boot stops at when the ioctl is refused before. */
const ioctlOf: Readonly<Record<string, string>> = { insert_vcpu: "KVM_CREATE_VCPU" };

/** A start point, or why a design cannot reach it. */
export type Booted = { readonly state: State } | { readonly unreachable: string };

/** What is booted: how many members each family has, and the start point. */
export interface BootTo {
  readonly scope: Scope;
  readonly start: StartName;
}

/** The steps of the boot to a start point. */
export const bootStepsOf = (
  choice: KvmChoice,
  module: Boot["module"],
  { scope, start }: BootTo,
  own: readonly KvmOption[] = [],
): readonly BootStep[] => {
  const guest = choice.guest as GuestName;
  const vcpus = Array.from({ length: scope["vcpu"] ?? 0 }, (_, v) => v);
  const changes = contributionsOf(choice, own).map(({ change }) => change.boot ?? {});
  const at: Boot["at"] = (point, v = 0) => {
    const place: BootPlace = { guest, vcpus, v };
    const chosen = changes.flatMap((steps) => steps[point] ?? []);
    return (chosen.length === 0 ? [usual[point] ?? (() => [])] : chosen).flatMap((steps) => steps(place));
  };
  return scripts[start].flatMap((script) => script({ guest, module, vcpus, at }));
};

/** What was booted before, by the actions that a boot may take: a level of the tree for each of them, in their order. */
interface Known {
  readonly next: WeakMap<object, Known>;
  readonly booted: Map<string, Booted>;
}

const leaf = (): Known => ({ next: new WeakMap(), booted: new Map() });
const known = leaf();

const knownOf = (parts: readonly object[]): Known["booted"] => {
  let here = known;
  for (const part of parts) {
    const next = here.next.get(part) ?? leaf();
    here.next.set(part, next);
    here = next;
  }
  return here.booted;
};

/**
 * Boots a model to a named start point, on the reference semantics; `own` are the options of a world's own. The same
 * actions in the same order are taken once, for all models that have them.
 */
export const boot = (
  model: Model<State>,
  module: Boot["module"],
  { scope, start }: BootTo,
  choice: KvmChoice,
  own: readonly KvmOption[] = [],
): Booted => {
  const orders = bootStepsOf(choice, module, { scope, start }, own);
  const ordered = new Set(orders.map(([action]) => action));
  const actions = model.actions.filter(({ name }) => ordered.has(name));
  const before = knownOf([model.init, model.state, ...(model.constraints ?? []), ...actions]);
  const key = JSON.stringify([model.name, scope, orders]);
  const booted = before.get(key) ?? taken({ ...model, actions }, scope, orders);
  before.set(key, booted);
  return booted;
};

/** Takes the steps of a boot, one after the other. */
const taken = (model: Model<State>, scope: Scope, orders: readonly BootStep[]): Booted => {
  const problem = problemOf(model, scope);
  const ids: number[] = [];
  for (const [action, args = {}] of orders) {
    const step = problem.steps.find(
      (candidate) =>
        candidate.action.name === action &&
        Object.entries(candidate.args).every(([name, value]) => args[name] === value),
    );
    if (step === undefined) return { unreachable: `${model.name} has no ${action}: it is refused` };
    ids.push(step.id);
  }
  try {
    const { steps } = replay(problem, { start: 0, steps: ids });
    const refused = steps.find(({ after }) => after.ioctl.answer !== "0");
    if (refused === undefined) return { state: steps.at(-1)!.after };
    return {
      unreachable: `${model.name}: ${refused.step.action.name} answers ${refused.after.ioctl.answer}`,
    };
  } catch (error) {
    const place = error instanceof CheckError ? /^step (\d+):/.exec(error.message)?.[1] : undefined;
    if (place === undefined) throw error;
    const [action] = orders[Number(place) - 1];
    return { unreachable: `${model.name}: ${ioctlOf[action] ?? action} is refused` };
  }
};
