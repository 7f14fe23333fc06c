import fc from "fast-check";
import {
  has,
  index,
  int,
  problemOf,
  propertyOf,
  record,
  set,
  vector,
  type Draft,
  type Problem,
  type ValueOf,
} from "#check";
import type { Action } from "../../src/model/action.ts";
import { flipped } from "./arbitrary-referring.ts";

const [own, link, far, near] = [601, 5, 70_001, 300];

/** Several components, most of which take many values: states of more than one word, packed anew again and again. */
const State = record({
  own: record({ who: index("cpu"), count: int(0, own - 1) }),
  link: record({ some: set("cpu"), to: index("cpu"), count: int(0, link - 1) }),
  per: vector("cpu", record({ count: int(0, 3), sees: set("cpu"), next: index("cpu") })),
  far: record({ count: int(0, far - 1), who: index("cpu") }),
  further: int(0, far - 1),
  near: int(0, near - 1),
  nearer: int(0, near - 1),
});
type State = ValueOf<typeof State>;

type Write = (draft: Draft<State>, i: number, j: number) => void;
type Guard = (state: State, i: number, j: number) => boolean;

const writes: readonly Write[] = [
  ({ own }, i) => void (own.who = i),
  (d) => void (d.own.count = (d.own.count + 97) % own),
  ({ link }, i) => void (link.some = flipped(link.some, i)),
  ({ link }, i) => void (link.to = i),
  ({ link, own }) => void (link.to = own.who),
  (d) => void (d.link.count = (d.link.count + 1) % link),
  ({ per }, i) => void (per[i].count = (per[i].count + 1) % 4),
  ({ per, own }, i) => void (per[own.who].count = per[i].count),
  ({ per }, i, j) => void (per[i].sees = flipped(per[i].sees, j)),
  ({ per, link }, i) => void (per[i].sees = link.some),
  ({ per }, i, j) => void (per[i].next = j),
  (d, i) => {
    d.far.count = (d.far.count + 7_919 * (d.near + 1)) % far;
    d.far.who = i;
  },
  (d) => void (d.further = (d.further + 641) % far),
  (d) => void (d.near = (d.near + 1) % near),
  (d) => void (d.nearer = (d.nearer + d.near) % near),
];
const guards: readonly Guard[] = [
  ({ own }, i) => own.who === i,
  (_, i, j) => i !== j,
  ({ link }, i) => has(link.some, i),
  ({ link }, i) => link.to !== i,
  ({ per }, i) => per[i].count < 3,
  ({ per }, i, j) => has(per[i].sees, j),
  ({ nearer }) => nearer % 2 === 0,
];

interface Rule {
  readonly guards: readonly Guard[];
  readonly writes: readonly Write[];
}
const rule: fc.Arbitrary<Rule> = fc.record({
  guards: fc.uniqueArray(fc.constantFrom(...guards), { maxLength: 1 }),
  writes: fc.uniqueArray(fc.constantFrom(...writes), { minLength: 3, maxLength: 9 }),
});

const action = ({ guards, writes }: Rule, name: string): Action<State> => ({
  name,
  actor: ({ i }) => `CPU${i}`,
  args: { i: "cpu", j: "cpu" },
  guard: (state, { i, j }) => guards.every((guard) => guard(state, i as number, j as number)),
  effect: (draft, { i, j }) => writes.forEach((write) => write(draft, i as number, j as number)),
});

const { invariant, step, sometimes } = propertyOf<State>();
const said = { statement: "-" };
const properties = [
  invariant({
    ...said,
    id: "some-count-on",
    args: { i: "cpu" },
    antecedent: ({ link }, { i }) => has(link.some, i),
    holds: ({ per }, { i }) => per[i].count < 3,
  }),
  step({ ...said, id: "link-goes-on", holds: (before, after) => after.link.count !== before.link.count + 3 }),
  step({ ...said, id: "near-goes-on", holds: (before, after) => after.near >= before.near }),
  sometimes({ ...said, id: "far-away", holds: ({ far }) => far.count > 50_000 }),
];

/** Any symmetric model of many values, most of them of more states than are worth waiting for. */
export const arbitraryWide: fc.Arbitrary<Problem<State>> = fc
  .record({ rules: fc.array(rule, { minLength: 2, maxLength: 4 }), cpu: fc.constantFrom(2, 3) })
  .map(({ rules, cpu }) => {
    const members = Array.from({ length: cpu }, (_, i) => i);
    const start = members.map((i) => ({
      own: { who: i, count: 0 },
      link: { some: 0, to: i, count: 0 },
      per: members.map(() => ({ count: 0, sees: 0, next: i })),
      far: { count: 0, who: i },
      further: 0,
      near: 0,
      nearer: 0,
    }));
    const actions = rules.map((rule, i) => action(rule, `R${i}`));
    return problemOf<State>(
      { name: "wide", state: State, init: () => start, actions },
      { cpu },
      properties,
      start,
    );
  });
