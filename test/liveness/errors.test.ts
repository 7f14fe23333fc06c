import { describe, expect, test } from "vitest";
import { int, propertyOf, record, type Liveness, type ValueOf } from "#check";
import { agree } from "../fixtures/agree.ts";
import { toy } from "../fixtures/toy.ts";

const State = record({ a: record({ n: int(0, 3) }), b: record({ n: int(0, 3) }) });
type State = ValueOf<typeof State>;
const { leadsTo, infinitelyOften, eventually, weak, recurrent } = propertyOf<State>();
const said = { id: "p", statement: "-" };
const cannot = (): never => {
  throw new Error("cannot say");
};

/** The message of both engines, of a model that counts in two places, round and round. */
const failing = async (property: Liveness<State>): Promise<string> => {
  const up = (name: "a" | "b") => ({
    effect: (d: { [K in "a" | "b"]: { n: number } }) => void (d[name].n = (d[name].n + 1) % 4),
  });
  const start = [{ a: { n: 0 }, b: { n: 0 } }];
  const answer = await agree(toy(State, {}, start, { a: up("a"), b: up("b") }, [property]));
  return "error" in answer ? answer.error : "no error";
};

describe("both engines refuse with the same words", () => {
  test("a predicate that throws where only liveness asks for it", async () => {
    const to = ({ a, b }: State): boolean => (a.n === 2 && b.n === 1 ? cannot() : false);
    expect(await failing(leadsTo({ ...said, from: () => true, to, fairness: [weak()] }))).toBe(
      "recipe: cannot say\n  in property p",
    );
  });

  test("a predicate of steps that throws", async () => {
    const step = (before: State, after: State): boolean => before.a.n === 1 && after.b.n === 2 && cannot();
    expect(await failing(infinitelyOften({ ...said, step, fairness: [weak()] }))).toBe(
      "recipe: cannot say\n  in property p",
    );
  });

  test("a predicate that writes", async () => {
    const holds = (s: State): boolean => Boolean(((s.a as { n: number }).n = 1));
    expect(await failing(eventually({ ...said, holds, fairness: [weak()] }))).toMatch(/in property p$/);
  });

  test("a fairness condition that throws, or is about nothing", async () => {
    const only = { says: "is odd", when: ({ a }: State) => a.n !== 2 || cannot() };
    expect(await failing(eventually({ ...said, holds: () => false, fairness: [weak({ only })] }))).toBe(
      "recipe: cannot say\n  in the fairness condition WF(any step that is odd)",
    );
    const back = recurrent("is back", ({ a }) => a.n !== 2 || cannot());
    expect(await failing(eventually({ ...said, holds: () => false, fairness: [weak(), back] }))).toBe(
      "recipe: cannot say\n  in the fairness condition []<>(is back)",
    );
    expect(
      await failing(eventually({ ...said, holds: () => false, fairness: [weak({ action: "c" })] })),
    ).toMatch(/unknown action "c"/);
  });
});
