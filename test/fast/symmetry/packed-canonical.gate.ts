import { expect, test } from "vitest";
import {
  bool,
  exploreFast,
  index,
  int,
  record,
  set,
  vector,
  withSymmetry,
  type Draft,
  type Problem,
  type ValueOf,
} from "#check";
import { agree } from "../../fixtures/agree.ts";
import { flipped } from "../../laws/arbitrary-referring.ts";
import { toy } from "../../fixtures/toy.ts";

/**
 * Tests that a model reaches every state there is, and how many of them differ in more than names: counted by hand, with
 * Burnside's lemma, and on both engines.
 */
const testOrbits = <S>(about: string, problem: Problem<S>, states: number, orbits: number): void =>
  test(`${about}: ${orbits} of ${states}`, async () => {
    expect(await exploreFast(problem)).toMatchObject({ stop: "exhausted", states });
    expect(await agree(withSymmetry(problem))).toMatchObject({
      found: { stop: "exhausted", states: orbits, full: { states } },
    });
  });

const i = { i: "cpu" };
const ij = { i: "cpu", j: "cpu" };
const irq = { i: "cpu", j: "irq" };
const Pair = record({ on: vector("cpu", bool), level: vector("cpu", int(0, 2)) });
type Pair = ValueOf<typeof Pair>;
const pairs = toy<Pair>(Pair, { cpu: 3 }, [{ on: [false, false, false], level: [0, 0, 0] }], {
  flip: { args: i, effect: ({ on }: Draft<Pair>, { i }) => void (on[+i] = !on[+i]) },
  turn: { args: i, effect: ({ level }: Draft<Pair>, { i }) => void (level[+i] = (level[+i] + 1) % 3) },
});
testOrbits("members told apart by either of two vectors", pairs, 216, 56);

const digit = int(0, 4095);
const Wide = record({ cpu: vector("cpu", record({ a: digit, b: digit, c: digit, d: digit, e: digit })) });
type Wide = ValueOf<typeof Wide>;
const top = { a: 4095, b: 4095, c: 4095, d: 4095, e: 0 };
const wide = toy<Wide>(Wide, { cpu: 3 }, [{ cpu: [top, top, top] }], {
  sink: { args: i, effect: ({ cpu }: Draft<Wide>, { i }) => void (cpu[+i].a = 8189 - cpu[+i].a) },
  turn: { args: i, effect: ({ cpu }: Draft<Wide>, { i }) => void (cpu[+i].e = (cpu[+i].e + 1) % 3) },
});
testOrbits("members whose values are more than one number can tell apart", wide, 216, 56);

const Sets = record({ sees: vector("cpu", set("irq")) });
type Sets = ValueOf<typeof Sets>;
const sets = toy<Sets>(Sets, { cpu: 3, irq: 3 }, [{ sees: [0, 0, 0] }], {
  flip: { args: irq, effect: ({ sees }: Draft<Sets>, { i, j }) => void (sees[+i] = flipped(sees[+i], +j)) },
});
testOrbits("binary matrices, rows and columns in any order", sets, 512, 36);

const Nested = record({ sees: vector("cpu", vector("irq", bool)) });
type Nested = ValueOf<typeof Nested>;
const blind = [false, false, false];
const nested = toy<Nested>(Nested, { cpu: 3, irq: 3 }, [{ sees: [blind, blind, blind] }], {
  flip: { args: irq, effect: ({ sees }: Draft<Nested>, { i, j }) => void (sees[+i][+j] = !sees[+i][+j]) },
});
testOrbits("the same as vectors of vectors", nested, 512, 36);

const Digraph = record({ to: vector("cpu", set("cpu")) });
type Digraph = ValueOf<typeof Digraph>;
const digraph = toy<Digraph>(Digraph, { cpu: 3 }, [{ to: [0, 0, 0] }], {
  flip: { args: ij, effect: ({ to }: Draft<Digraph>, { i, j }) => void (to[+i] = flipped(to[+i], +j)) },
});
testOrbits("directed graphs with loops", digraph, 512, 104);

const Relation = record({ to: vector("cpu", vector("cpu", bool)) });
type Relation = ValueOf<typeof Relation>;
const relation = toy<Relation>(Relation, { cpu: 3 }, [{ to: [blind, blind, blind] }], {
  flip: { args: ij, effect: ({ to }: Draft<Relation>, { i, j }) => void (to[+i][+j] = !to[+i][+j]) },
});
testOrbits("the same as vectors of vectors over one family", relation, 512, 104);

const Next = record({ next: vector("cpu", index("cpu")) });
type Next = ValueOf<typeof Next>;
const map = toy<Next>(
  Next,
  { cpu: 4 },
  [0, 1, 2, 3].map((to) => ({ next: [to, to, to, to] })),
  {
    point: { args: ij, effect: ({ next }: Draft<Next>, { i, j }) => void (next[+i] = +j) },
  },
);
testOrbits("maps of four members to themselves", map, 256, 19);

const Marked = record({ next: vector("cpu", index("cpu")), on: vector("cpu", bool) });
type Marked = ValueOf<typeof Marked>;
const marked = toy<Marked>(Marked, { cpu: 3 }, [{ next: [0, 1, 2], on: blind }], {
  point: { args: ij, effect: ({ next }: Draft<Marked>, { i, j }) => void (next[+i] = +j) },
  flip: { args: i, effect: ({ on }: Draft<Marked>, { i }) => void (on[+i] = !on[+i]) },
});
testOrbits("such maps of three members, some of them marked", marked, 216, 44);

const Chosen = record({ on: vector("cpu", bool), chosen: index("cpu") });
type Chosen = ValueOf<typeof Chosen>;
const chosen = toy<Chosen>(
  Chosen,
  { cpu: 3 },
  [0, 1, 2].map((chosen) => ({ on: blind, chosen })),
  {
    choose: { args: i, effect: (d: Draft<Chosen>, { i }) => void (d.chosen = +i) },
    flip: { args: i, effect: ({ on }: Draft<Chosen>, { i }) => void (on[+i] = !on[+i]) },
  },
);
testOrbits("one member chosen, some marked", chosen, 24, 6);

const Some = record({ on: vector("cpu", bool), some: set("cpu") });
type Some = ValueOf<typeof Some>;
const some = toy<Some>(Some, { cpu: 3 }, [{ on: blind, some: 0 }], {
  choose: { args: i, effect: (d: Draft<Some>, { i }) => void (d.some = flipped(d.some, +i)) },
  flip: { args: i, effect: ({ on }: Draft<Some>, { i }) => void (on[+i] = !on[+i]) },
});
testOrbits("some members chosen, some marked", some, 64, 20);

const Routed = record({ on: vector("cpu", bool), by: vector("cpu", index("irq")) });
type Routed = ValueOf<typeof Routed>;
const routed = toy<Routed>(
  Routed,
  { cpu: 3, irq: 3 },
  [0, 1, 2].map((to) => ({ on: blind, by: [to, to, to] })),
  {
    route: { args: irq, effect: ({ by }: Draft<Routed>, { i, j }) => void (by[+i] = +j) },
    flip: { args: i, effect: ({ on }: Draft<Routed>, { i }) => void (on[+i] = !on[+i]) },
  },
);
testOrbits("members of two vectors that refer to those of another family", routed, 216, 14);
