import { describe, expect, test } from "vitest";
import {
  exploreFast,
  exploreReference,
  int,
  propertyOf,
  record,
  type AnyScenario,
  type ValueOf,
} from "#check";
import { askAgain } from "../../src/doubt/determinism.ts";
import { said, toy } from "../fixtures/toy.ts";
import { act, ask, expectRefusal, hostile, modes } from "./ask.ts";

const State = record({ x: int(0, 9), y: int(0, 9) });
type State = ValueOf<typeof State>;
type Draft = { x: number; y: number };
const start: State = { x: 0, y: 0 };
const { invariant, step, leadsTo, weak, recurrent } = propertyOf<State>();
const x = act<State>(
  "x",
  (s) => s.x < 9,
  (d: Draft) => void (d.x += 1),
);
const y = act<State>(
  "y",
  (s) => s.y < 9,
  (d: Draft) => void (d.y += 1),
);
const world = (
  ...parts: readonly [readonly ReturnType<typeof act<State>>[], ...Parameters<typeof invariant>[0][]]
) =>
  hostile(
    State,
    {},
    [start],
    parts[0],
    parts.slice(1).map((p) => invariant(p as never)),
  );

/** Models whose answers depend on what was asked before; each is made anew, with nothing remembered. */
const histories: Readonly<Record<string, () => AnyScenario>> = {
  "a variable that one recipe writes and the guard of another reads": () => {
    let armed = false;
    return world([
      act<State>(
        "x",
        (s) => s.x < 9,
        (d: Draft) => {
          d.x += 1;
          armed = d.x % 2 === 0;
        },
      ),
      act<State>(
        "y",
        (s) => s.y < 9 && armed,
        (d: Draft) => void (d.y += 1),
      ),
    ]);
  },
  "the same, and once written it stays": () => {
    let armed = false;
    return world([
      act<State>(
        "y",
        (s) => s.y < 9 && armed,
        (d: Draft) => void (d.y += 1),
      ),
      act<State>(
        "x",
        (s) => s.x < 9,
        (d: Draft) => {
          d.x += 1;
          armed = true;
        },
      ),
    ]);
  },
  "a guard that lets every state through once": () => {
    const met = new Set<string>();
    return world([
      act<State>(
        "x",
        (s) => s.x < 9 && !met.has(JSON.stringify(s)) && met.add(JSON.stringify(s)).size > 0,
        (d: Draft) => void (d.x += 1),
      ),
      y,
    ]);
  },
  "a recipe that counts": () => {
    let calls = 0;
    return world([
      act<State>(
        "x",
        (s) => s.x < 9,
        (d: Draft) => void (d.x = Math.min(9, d.x + (++calls % 7 === 0 ? 2 : 1))),
      ),
      y,
    ]);
  },
  "a property with a set outside": () => {
    const met = new Set<number>();
    return world([x, y], {
      ...said,
      id: "p",
      holds: (s) => {
        met.add(s.x);
        return met.size < 6;
      },
    });
  },
  "a property that counts": () => {
    let calls = 0;
    return world([x, y], { ...said, id: "p", holds: (s) => s.x > 100 || ++calls % 40 !== 0 });
  },
  "a property that compares with the state before": () => {
    let last = 0;
    return world([x, y], {
      ...said,
      id: "p",
      holds: (s) => {
        const fine = s.x + 5 >= last;
        last = s.x;
        return fine;
      },
    });
  },
  "an antecedent that is true a few times": () => {
    let calls = 0;
    return world([x, y], {
      ...said,
      id: "p",
      antecedent: (s) => s.x < 9 && ++calls < 8,
      holds: () => true,
    });
  },
  "a step property that remembers the last step": () => {
    let last = "";
    return hostile(
      State,
      {},
      [start],
      [x, y],
      [
        step({
          ...said,
          id: "p",
          antecedent: (_b, _a, { action }) => {
            const other = action !== last;
            last = action;
            return other;
          },
          holds: () => true,
        }),
      ],
    );
  },
  "a liveness property that counts": () => {
    let calls = 0;
    return hostile(
      State,
      {},
      [start],
      [x, y],
      [
        leadsTo({
          ...said,
          id: "p",
          from: (s) => s.x === 1,
          to: (s) => s.y === 9 && ++calls > 0 && calls % 3 === 0,
          fairness: [weak({ each: "action" })],
        }),
      ],
    );
  },
  "a fairness condition that counts": () => {
    let calls = 0;
    return hostile(
      State,
      {},
      [start],
      [x, y],
      [
        leadsTo({
          ...said,
          id: "p",
          from: (s) => s.x === 1,
          to: (s) => s.x === 9,
          fairness: [
            weak({ each: "action" }),
            recurrent("it is nine", (s) => s.x === 9 || ++calls % 5 === 0),
          ],
        }),
      ],
    );
  },
};
const isLive = (name: string): boolean => /liveness|fairness/.test(name);
/** What has settled by the time that the preparation of a reduced search has asked everything: no question after it shows it. */
const settles = (name: string): boolean => /stays|once$|set outside|a few times/.test(name);

describe.each(Object.keys(histories))("A7: %s", (name) => {
  test.each(
    modes.filter(
      (flags) => !(isLive(name) && /por|switches/.test(flags)) && !(settles(name) && flags === "--por"),
    ),
  )("is found out, and no verdict is given: explore %s", async (flags) => {
    const ran = await ask(histories[name], `explore --scenario oracle/hostile ${flags}`);
    expectRefusal(ran, /not deterministic|was shown before/);
  });
});

test("A7: what one is asked is asked of another state in between, and in another order", async () => {
  const problem = (holds: (s: State) => boolean) =>
    toy(State, {}, [start], { x: { guard: x.guard, effect: x.effect } }, [
      invariant({ ...said, id: "p", holds }),
    ]);
  const steady = problem(() => true);
  for (const explore of [exploreFast, exploreReference]) {
    const found = await explore(steady);
    const asked: number[] = [];
    askAgain(
      problem((s) => asked.push(s.x) > 0),
      found,
    );
    const after = (a: number, b: number): boolean => asked.some((n, i) => n === a && asked[i + 1] === b);
    expect([after(3, 4), after(4, 3), after(0, 1), after(1, 0)]).toEqual([true, true, true, true]);
  }
});

test("A7: known limit: what was remembered before the search began, and answers alike ever since, shows nowhere", async () => {
  const built = globalThis as { builds?: number };
  delete built.builds;
  const build = () => {
    built.builds = (built.builds ?? 0) + 1;
    const limit = built.builds === 1 ? 5 : 9;
    return world([act<State>("x", (s) => s.x < limit, x.effect)]);
  };
  const first = await ask(build, "explore --scenario oracle/hostile");
  const second = await ask(build, "explore --scenario oracle/hostile");
  delete built.builds;
  expect([first.code, first.stdout.includes("6 states"), second.stdout.includes("10 states")]).toEqual([
    0,
    true,
    true,
  ]);
});
