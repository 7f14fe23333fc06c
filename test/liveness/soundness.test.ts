import { describe, expect, test } from "vitest";
import {
  exploreFast,
  int,
  problemOf,
  propertyOf,
  record,
  type Fairness,
  type Liveness,
  type Problem,
  type ValueOf,
} from "#check";
import type { Action } from "../../src/model/action.ts";
import { share } from "../fixtures/runs.ts";
import { engines } from "../fixtures/engines.ts";
import { asked, verdicts } from "./ask.ts";

const said = { statement: "-" };
const N = record({ n: int(0, 1_000) });
type N = ValueOf<typeof N>;
const { leadsTo, eventually, infinitelyOften, eventuallyAlways, weak, strong, recurrent } = propertyOf<N>();

const moves = (name: string, edges: readonly (readonly [from: number, to: number])[]): Action<N> => {
  const by = new Map(edges);
  return {
    name,
    actor: () => name,
    args: {},
    guard: ({ n }) => by.has(n),
    effect: (d) => {
      d.n = by.get(d.n)!;
    },
  };
};
const graph = (
  starts: readonly number[],
  actions: readonly Action<N>[],
  properties: readonly Liveness<N>[],
): Problem<N> => {
  const start = starts.map((n) => ({ n }));
  return problemOf({ name: "graph", state: N, init: () => start, actions }, {}, properties, start);
};
/** A run as the numbers it passes, and where its loop begins. */
const shape = (answer: Awaited<ReturnType<typeof asked<N>>>[string]): unknown =>
  answer === "holds"
    ? answer
    : {
        passes: [answer.start, ...answer.steps.map(({ after }) => after)].map(({ n }) => n),
        loopAt: answer.loopAt,
      };

describe.each(engines)("traps of other checkers, %s engine", (_, explore) => {
  test("S1: violations at joins and at edges that close a cycle", async () => {
    const odd = eventually({ ...said, id: "odd", fairness: [weak()], holds: ({ n }) => n % 2 === 1 });
    const cycle = graph(
      [0],
      [
        moves("a", [
          [0, 2],
          [2, 4],
          [4, 2],
        ]),
      ],
      [odd],
    );
    expect(shape((await asked(cycle, explore))["odd"])).toEqual({ passes: [0, 2, 4, 2], loopAt: 1 });
    const join = graph(
      [0, 1],
      [
        moves("a", [
          [0, 2],
          [2, 4],
          [1, 4],
          [4, 6],
        ]),
      ],
      [odd],
    );
    expect(shape((await asked(join, explore))["odd"])).toEqual({ passes: [0, 2, 4, 6], loopAt: 3 });
  });

  test("S2: everything may stop unless fairness forbids it", async () => {
    const one = ({ n }: N): boolean => n === 1;
    const step = graph(
      [0],
      [moves("a", [[0, 1]])],
      [
        eventually({ ...said, id: "unfair", holds: one }),
        eventually({ ...said, id: "fair", fairness: [weak()], holds: one }),
      ],
    );
    const answers = await asked(step, explore);
    expect(shape(answers["unfair"])).toEqual({ passes: [0], loopAt: 0 });
    expect(answers["fair"]).toBe("holds");
  });

  test("S3: a violation that ends where nothing can happen any more", async () => {
    // Each of two processes writes its number once: 0, then n = 1 or 2; 3 and 4 are the same values, written last.
    const shots = graph(
      [0],
      [
        moves("one", [
          [0, 1],
          [2, 3],
        ]),
        moves("two", [
          [0, 2],
          [1, 4],
        ]),
      ],
      [
        eventuallyAlways({
          ...said,
          id: "stays-one",
          fairness: [weak({ each: "action" })],
          holds: ({ n }) => n === 1 || n === 3,
        }),
      ],
    );
    expect(shape((await asked(shots, explore))["stays-one"])).toEqual({ passes: [0, 1, 4], loopAt: 2 });
  });

  test("states that recur rule out behaviours that stay away from them, and no others", async () => {
    const is = (n: number): Fairness<N> => recurrent(`n is ${n}`, (s) => s.n === n);
    const two = (id: string, fairness: readonly Fairness<N>[]) =>
      infinitelyOften({ ...said, id, fairness, holds: ({ n }) => n === 2 });
    const ways = [
      [0, 1],
      [1, 2],
      [2, 0],
    ] as const;
    const properties = [
      two("free", []),
      two("one", [is(1)]),
      two("both", [is(0), is(1)]),
      two("none", [is(3)]),
    ];
    const answers = await asked(graph([0], [moves("a", ways)], properties), explore);
    expect(shape(answers["free"])).toEqual({ passes: [0], loopAt: 0 });
    expect(shape(answers["one"])).toEqual({ passes: [0, 1], loopAt: 1 });
    expect(answers["both"]).toBe("holds");
    expect(answers["none"]).toBe("holds");
    const back = await asked(graph([0], [moves("a", ways), moves("b", [[1, 0]])], properties), explore);
    expect(shape(back["both"])).toEqual({ passes: [0, 1, 0], loopAt: 0 });
  });

  test("S4: fairness is met by steps, not by states that happen to lie on a loop", async () => {
    const jumps = [0, 1, 2].map((to) =>
      moves(
        `B${to}`,
        [0, 1, 2].map((from) => [from, to] as const),
      ),
    );
    const fairness = [weak({ action: "A" })];
    const ring = graph(
      [0],
      [
        moves("A", [
          [0, 1],
          [1, 2],
          [2, 0],
        ]),
        ...jumps,
      ],
      [
        infinitelyOften({ ...said, id: "a-step", fairness, step: (_, __, { action }) => action === "A" }),
        infinitelyOften({ ...said, id: "rises", fairness, step: (b, a) => a.n === (b.n + 1) % 3 }),
        infinitelyOften({ ...said, id: "unfair", step: (_, __, { action }) => action === "A" }),
        infinitelyOften({ ...said, id: "b-step", fairness, step: (_, __, { action }) => action !== "A" }),
        infinitelyOften({ ...said, id: "zero", fairness, holds: ({ n }) => n === 0 }),
      ],
    );
    expect(await verdicts(ring, explore)).toEqual({
      "a-step": "holds",
      rises: "holds",
      unfair: "violated",
      "b-step": "violated",
      zero: "violated",
    });
  });

  // One more than a word of bits has; by night also a few more, two words, and one more than these.
  test.each(share === 1 ? [33, 36, 64, 65] : [33])(
    "S5: %i conditions, each of which excludes one lasso",
    async (count) => {
      const branches = Array.from({ length: count - 2 }, (_, i) => i);
      const done = 1_000;
      const actions = [
        ...branches.map((i) => moves(`pick${i}`, [[0, 2 * i + 1]])),
        ...branches.map((i) =>
          moves(`spin${i}`, [
            [2 * i + 1, 2 * i + 2],
            [2 * i + 2, 2 * i + 1],
          ]),
        ),
        ...branches.map((i) => moves(`exit${i}`, [[2 * i + 2, done]])),
      ];
      const all = (exit: (of: { readonly action: string }) => Fairness<N>): readonly Fairness<N>[] => [
        weak({ action: branches.map((i) => `pick${i}`) }),
        weak({ action: branches.map((i) => `spin${i}`) }),
        ...branches.map((i) => exit({ action: `exit${i}` })),
      ];
      const strongly = all(strong);
      const weakly = all(weak);
      const exits = (id: string, fairness: readonly Fairness<N>[]): Liveness<N> =>
        eventually({ ...said, id, fairness, holds: ({ n }) => n === done });
      const without = strongly.map((_, i) => exits(`without-${i}`, strongly.toSpliced(i, 1)));
      expect(strongly.length).toBe(count);
      const answers = await verdicts(
        graph([0], actions, [exits("all", strongly), exits("weak", weakly), ...without]),
        explore,
      );
      expect(answers).toEqual({
        all: "holds",
        weak: "violated",
        ...Object.fromEntries(without.map(({ id }) => [id, "violated"])),
      });
    },
  );
});

describe("strong conditions take states out of a component, again and again", () => {
  test.each(engines)("until something fair is left or nothing, %s engine", async (_, explore) => {
    // A chain of cycles inside one component: leaving n is possible at n only, and strongly fair for all but the last.
    const size = 40;
    const ring = Array.from({ length: size }, (_, n) => [n, (n + 1) % size] as const);
    const back = Array.from({ length: size }, (_, n) => moves(`back${n}`, [[n, Math.max(0, n - 1)]]));
    const leave = Array.from({ length: size }, (_, n) => moves(`leave${n}`, [[n, 100 + n]]));
    const all = Array.from({ length: size }, (_, n) => strong({ action: `leave${n}` }));
    const stays = (id: string, fairness: readonly Fairness<N>[]): Liveness<N> =>
      eventually({ ...said, id, fairness: [weak(), ...fairness], holds: ({ n }) => n >= 100 });
    const problem = graph(
      [0],
      [moves("next", ring), ...back, ...leave],
      [
        stays("all", all),
        stays("but-two-neighbours", all.toSpliced(7, 2)),
        stays("but-two-apart", all.toSpliced(20, 1).toSpliced(7, 1)),
      ],
    );
    expect(await verdicts(problem, explore)).toEqual({
      all: "holds",
      "but-two-neighbours": "violated",
      "but-two-apart": "holds",
    });
  });
});

describe("a property with arguments is violated where it is for some choice of them", () => {
  test.each(engines)("and the shortest run is kept, %s engine", async (_, explore) => {
    const chain = moves("next", [
      [0, 1],
      [1, 2],
      [2, 1],
    ]);
    const again = (id: string, k: readonly number[]): Liveness<N> =>
      infinitelyOften({ ...said, id, fairness: [weak()], args: { k }, holds: ({ n }, args) => n === args.k });
    const leads = leadsTo({
      ...said,
      id: "left",
      args: { k: [2, 1, 0] },
      from: ({ n }, { k }) => n === k,
      to: ({ n }, { k }) => n > k,
    });
    const sets = [again("all", [1, 2]), again("first", [0, 1, 2]), again("last", [1, 2, 0]), leads];
    const answers = await asked(graph([0], [chain], sets), explore);
    expect(Object.fromEntries(Object.entries(answers).map(([id, answer]) => [id, shape(answer)]))).toEqual({
      all: "holds",
      first: { passes: [0, 1, 2, 1], loopAt: 1 },
      last: { passes: [0, 1, 2, 1], loopAt: 1 },
      left: { passes: [0], loopAt: 0 },
    });
  });
});

describe("nothing recurses", () => {
  /** So many states squared: more than calls can be nested; by night more than there can be arguments to a call. */
  const side = share === 1 ? 317 : 127;
  const last = side * side - 1;
  const Far = record({ high: record({ n: int(0, side - 1) }), low: record({ n: int(0, side - 1) }) });
  type Far = ValueOf<typeof Far>;
  const numberOf = ({ high, low }: Far): number => side * high.n + low.n;
  const count = (name: string, guard: (n: number) => boolean): Action<Far> => ({
    ...said,
    name,
    actor: () => "CPU0",
    args: {},
    guard: (s) => guard(numberOf(s)),
    effect: (d) => {
      d.low.n = (d.low.n + 1) % side;
      if (d.low.n === 0) d.high.n = (d.high.n + 1) % side;
    },
  });
  const far = propertyOf<Far>();
  const fair = { ...said, fairness: [far.weak()] };
  const isLast = (s: Far): boolean => numberOf(s) === last;
  const properties = [
    far.leadsTo({ ...fair, id: "ends", from: (s) => numberOf(s) === 0, to: isLast }),
    far.eventually({ ...fair, id: "never", holds: () => false }),
    far.eventuallyAlways({ ...fair, id: "rests", holds: isLast }),
  ];
  const runs = async (action: Action<Far>): Promise<unknown> => {
    const start = [{ high: { n: 0 }, low: { n: 0 } }];
    const model = { name: "far", state: Far, init: () => start, actions: [action] };
    const { findings } = await exploreFast(problemOf(model, {}, properties, start));
    return findings.map(({ path }) => path && [path.loopAt, path.steps.length]);
  };

  test("on a chain of many states", async () => {
    expect(await runs(count("count", (n) => n < last))).toEqual([undefined, [last, last], undefined]);
  });

  test("on a ring of as many", async () => {
    expect(await runs(count("wrap", () => true))).toEqual([undefined, [0, last + 1], [0, last + 1]]);
  });
});
