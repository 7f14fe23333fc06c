import { Components, type Part } from "./components.ts";
import type { Conditions } from "./conditions.ts";
import { PATIENCE, type StateGraph, type Work } from "../problem/state-graph.ts";
import type { Question } from "./live-question.ts";
import type { Region } from "./region.ts";

const OUTSIDE = 0;

/** Components in which a behaviour can stay for ever, fairly: each state knows its component's number, 0 is none. */
export interface FairComponents {
  readonly groups: Int32Array;
  readonly fair: ReadonlySet<number>;
}

/** What the states of a component, and the steps inside it, have to do with the conditions. */
interface Facts {
  /** Conditions that some step inside satisfies. */
  readonly taken: number;
  /** Conditions that could be satisfied in some state, and in every state. */
  readonly somewhere: number;
  readonly everywhere: number;
  /** Whether it has a state that must be visited. */
  readonly visits: boolean;
}

/**
 * Finds the components of a region that some fair behaviour can go round in for ever. A weak condition fails where it
 * could be satisfied everywhere and no step inside does. A strong one fails where it could be satisfied somewhere and no
 * step inside does; then only what is left without those states can be fair, and that is looked at again.
 */
export const fairComponents = function* <S>(
  graph: StateGraph<S>,
  region: Region,
  question: Question,
  conditions: Conditions<S>,
): Work<FairComponents> {
  const { sets, weak, strong } = conditions;
  const { must, allowed } = question;
  const groups = new Int32Array(graph.states);
  const fair = new Set<number>();
  const components = new Components(graph);
  let last = 0;
  const group = (members: Int32Array): { readonly number: number; readonly part: Part } => {
    const number = ++last;
    for (const id of members) groups[id] = number;
    return { number, part: { has: (id) => groups[id] === number, allowed } };
  };
  const facts = function* (members: Int32Array, { has }: Part): Work<Facts> {
    let [taken, somewhere, everywhere] = [0, 0, conditions.enabled(members[0])];
    let visits = must === undefined;
    let looked = 0;
    for (const from of members) {
      const enabled = conditions.enabled(from);
      somewhere = sets.union(somewhere, enabled);
      everywhere = sets.meet(everywhere, enabled);
      visits ||= must!(from);
      const { count, step, to } = graph.edges(from);
      for (let i = 0; i < count; i++)
        if (to[i] >= 0 && has(to[i]) && (allowed === undefined || allowed(from, step[i])))
          taken = sets.union(taken, conditions.taken(from, step[i]));
      if (++looked % PATIENCE === 0) yield;
    }
    return { taken, somewhere, everywhere, visits };
  };

  const pending = [region.order];
  for (let members = pending.pop(); members !== undefined; members = pending.pop()) {
    const { part } = group(members);
    const cyclic: Int32Array[] = [];
    yield* components.find(members, part, (component) => {
      // Steps that change nothing were left out: a state alone goes round in nothing.
      if (component.length > 1) cyclic.push(component.slice());
    });
    for (const component of cyclic) {
      const { number, part: inside } = group(component);
      const { taken, somewhere, everywhere, visits } = yield* facts(component, inside);
      const starved = sets.without(sets.meet(somewhere, strong), taken);
      if (!visits || sets.without(sets.meet(everywhere, weak), taken) !== 0)
        for (const id of component) groups[id] = OUTSIDE;
      else if (starved === 0) fair.add(number);
      else {
        for (const id of component) groups[id] = OUTSIDE;
        pending.push(component.filter((id) => sets.meet(conditions.enabled(id), starved) === 0));
      }
    }
  }
  return { groups, fair };
};
