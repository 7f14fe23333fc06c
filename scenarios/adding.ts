import type { Action, AnyScenario, Option } from "#check";
import type { KvmOption } from "../models/kvm/option.ts";
import { worldWith, type KvmScenario } from "./world.ts";

/** A world with more options and actions; undefined for a scenario of another model. */
export const adding = (
  scenario: AnyScenario,
  { options, actions }: { readonly options: readonly Option[]; readonly actions: readonly Action<unknown>[] },
): AnyScenario | undefined => {
  if (!("spec" in scenario)) return undefined;
  const { spec } = scenario as unknown as KvmScenario;
  const wider = { ...spec, options: [...spec.options, ...(options as readonly KvmOption[])] };
  return worldWith(wider, { add: actions }) as unknown as AnyScenario;
};
