import { forgettable } from "./forgettable.ts";
import {
  problemOf,
  type Choice,
  type FollowedWorld,
  type Observing,
  type Problem,
  type Property,
} from "#check";
import { forgetting, type Forget } from "../../models/kvm/validation/forgetting.ts";
import { contextOf, type Observer } from "../../models/kvm/validation/observer.ts";
import type { GuestName } from "../../models/kvm/ops.ts";
import type { State } from "../../models/kvm/state.ts";
import { tracepoints } from "../../models/kvm/tracepoints/table.ts";
import { keptQuotient } from "../kept-quotients.ts";
import { ordinary, worldWith, type World } from "../world.ts";

/** The guests of which captures are followed; a TD comes last, of which least is seen. */
export const followedGuests: readonly GuestName[] = [...ordinary, "td"];

/** What stands beside a world in which captures are followed. */
interface Seen extends Observer {
  /** The actions that are rare. */
  readonly rare: readonly string[];
  /** The state with the locks free that somebody waits for who has announced a step. */
  readonly unlocked?: (state: State) => State;
  /** What is not followed. */
  readonly forgets: readonly Forget[];
}

/** A world in which captures are followed: its kernel is that of the other worlds, who uses it does anything. */
export const validationWorld = (
  spec: Omit<World, "properties" | "expected" | "about">,
  choice: Choice & { readonly guest: GuestName },
  { label, marks, facts, rare, unlocked = (state) => state, forgets }: Seen,
): FollowedWorld => {
  const { guest } = choice;
  const scenario = worldWith(
    { ...spec, about: "captures are followed in it", properties: [], expected: [] },
    {},
  );
  const observing: Observing<State> = {
    tracepoints,
    label,
    context: contextOf,
    unlocked,
    rare: ({ action }) => (rare.includes(action.name) ? action.name : undefined),
    marks,
    facts,
  };
  const problem = (asked: readonly Property<State>[] = []): Problem<State> => {
    const { model, start } = scenario.build(choice);
    const kept = forgettable(
      forgets,
      asked.map(({ id }) => id),
      model.actions.map(({ name }) => name),
    );
    return problemOf({ ...model, actions: forgetting(model.actions, kept) }, spec.scope, asked, start);
  };
  return {
    name: spec.name,
    of: { guest },
    problem,
    observing,
    kept: () => keptQuotient(spec.name),
  } as unknown as FollowedWorld;
};
