import fc from "fast-check";
import {
  add,
  del,
  has,
  index,
  int,
  problemOf,
  record,
  set,
  type Draft,
  type Problem,
  type ValueOf,
} from "#check";
import type { Action } from "../../src/model/action.ts";

const counts = 4;

/** Two components that both refer to members, and take many values: they outgrow their width again and again. */
const State = record({
  own: record({ who: index("cpu"), count: int(0, counts - 1) }),
  link: record({ some: set("cpu"), to: index("cpu"), count: int(0, counts - 1) }),
});
type State = ValueOf<typeof State>;

type Write = (draft: Draft<State>, member: number) => void;

const next = (count: number): number => (count + 1) % counts;
/** A set with a member put in or taken out. */
export const flipped = (members: number, member: number): number =>
  has(members, member) ? del(members, member) : add(members, member);

const writes: readonly Write[] = [
  ({ own }, member) => void (own.who = member),
  ({ own }) => void (own.count = next(own.count)),
  ({ link }, member) => void (link.some = flipped(link.some, member)),
  ({ link }, member) => void (link.to = member),
  ({ link }) => void (link.count = next(link.count)),
  ({ link }) => void (link.some = 0),
  ({ link, own }) => void (link.to = own.who),
];

const action = (all: readonly Write[], name: string): Action<State> => ({
  name,
  actor: () => "CPU0",
  args: { member: "cpu" },
  guard: () => true,
  effect: (draft, { member }) => all.forEach((write) => write(draft, member as number)),
});

const program = fc.array(fc.uniqueArray(fc.constantFrom(...writes), { minLength: 1 }), {
  minLength: 1,
  maxLength: 3,
});

/** Any symmetric model in which components refer to members. */
export const arbitraryReferring: fc.Arbitrary<Problem<State>> = fc
  .record({ program, cpu: fc.constantFrom(2, 3) })
  .map(({ program, cpu }) => {
    const start = Array.from({ length: cpu }, (_, member) => ({
      own: { who: member, count: 0 },
      link: { some: 0, to: member, count: 0 },
    }));
    const actions = program.map((all, i) => action(all, `R${i}`));
    return problemOf<State>(
      { name: "referring", state: State, init: () => start, actions },
      { cpu },
      [],
      start,
    );
  });
