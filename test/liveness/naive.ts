/** A tiny state graph with every set spelled out; steps that change nothing are left out. */
export interface Tiny {
  readonly states: number;
  readonly starts: readonly number[];
  readonly edges: readonly TinyEdge[];
  readonly conditions: readonly TinyCondition[];
  /** Where behaviour is of interest; anywhere if absent. No edge leads out of the other states. */
  readonly within?: (id: number) => boolean;
}
interface TinyEdge {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}
type TinyCondition =
  | { readonly strong: boolean; readonly has: (edge: TinyEdge) => boolean }
  | { readonly recurs: (id: number) => boolean };

/** What is asked, as sets of states and of edges. */
export type TinyQuestion =
  | {
      readonly kind: "leadsTo";
      readonly from: (id: number) => boolean;
      readonly to: (id: number) => boolean;
    }
  | { readonly kind: "eventually" | "eventuallyAlways"; readonly holds: (id: number) => boolean }
  | {
      readonly kind: "infinitelyOften";
      readonly holds?: (id: number) => boolean;
      readonly step?: (edge: TinyEdge) => boolean;
    };

const range = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);

/** Which states can be reached from which, in any number of steps, by edges between states of a set (Warshall). */
const closure = (
  { states, edges }: Tiny,
  within: (id: number) => boolean,
  may: (edge: TinyEdge) => boolean,
): readonly (readonly boolean[])[] => {
  const reach = range(states).map((a) => range(states).map((b) => a === b && within(a)));
  for (const edge of edges)
    if (within(edge.from) && within(edge.to) && may(edge)) reach[edge.from][edge.to] = true;
  for (const via of range(states))
    for (const a of range(states))
      for (const b of range(states)) reach[a][b] ||= reach[a][via] && reach[via][b];
  return reach;
};

const anything = (): boolean => true;

/**
 * Whether some fair behaviour breaks a property, by trying every set of states as the set of those that come again and
 * again. Such a set is strongly connected or a single state where everything stops; all edges inside it may be taken,
 * which only makes the behaviour fairer.
 */
export const isBroken = (graph: Tiny, question: TinyQuestion): boolean =>
  someBehaviour(graph, question, false);

/** Whether there is any fair behaviour at all, for `leadsTo` any in which its antecedent occurs. */
export const isFeasible = (graph: Tiny, question: TinyQuestion): boolean =>
  someBehaviour(graph, question, true);

const someBehaviour = (graph: Tiny, question: TinyQuestion, any: boolean): boolean => {
  const { states, starts, edges, conditions, within = anything } = graph;
  const anywhere = closure(graph, anything, anything);
  const reachable = range(states).filter((id) => within(id) && starts.some((start) => anywhere[start][id]));
  const may = (edge: TinyEdge): boolean =>
    any || !(question.kind === "infinitelyOften" && question.step?.(edge) === true);

  const isFair = (set: readonly number[]): boolean => {
    const inner = edges.filter((edge) => set.includes(edge.from) && set.includes(edge.to) && may(edge));
    return conditions.every((condition) => {
      if ("recurs" in condition) return set.some(condition.recurs);
      const could = (id: number): boolean => edges.some((edge) => edge.from === id && condition.has(edge));
      return inner.some(condition.has) || (condition.strong ? !set.some(could) : !set.every(could));
    });
  };
  const isConnected = (set: readonly number[]): boolean => {
    const inside = closure(graph, (id) => set.includes(id), may);
    return set.every((a) => set.every((b) => inside[a][b]));
  };
  /** Whether a run can come to a set, and stay in it for ever, in such a way that the property is false. */
  const breaks = (set: readonly number[]): boolean => {
    if (any)
      return question.kind !== "leadsTo" || reachable.some((id) => question.from(id) && anywhere[id][set[0]]);
    switch (question.kind) {
      case "leadsTo": {
        const { from, to } = question;
        const without = closure(graph, (id) => !to(id), anything);
        return (
          !set.some(to) &&
          reachable.some((id) => from(id) && !to(id) && set.some((goal) => without[id][goal]))
        );
      }
      case "eventually": {
        const without = closure(graph, (id) => !question.holds(id), anything);
        return starts.some((start) => set.some((goal) => without[start][goal])) && !set.some(question.holds);
      }
      case "eventuallyAlways":
        return !set.every(question.holds);
      case "infinitelyOften":
        return question.holds === undefined || !set.some(question.holds);
    }
  };
  return range(2 ** reachable.length)
    .slice(1)
    .map((bits) => reachable.filter((_, i) => Math.floor(bits / 2 ** i) % 2 === 1))
    .some((set) => breaks(set) && isConnected(set) && isFair(set));
};
