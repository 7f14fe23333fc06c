import { describe, expect, test } from "vitest";
import { CheckError, exploreFast, int, propertyOf, record, vector, type Problem } from "#check";
import { agree } from "../fixtures/agree.ts";
import { engines } from "../fixtures/engines.ts";
import { said, toy } from "../fixtures/toy.ts";

const State = record({ x: int(0, 3), v: vector("f", int(0, 3)) });
type Open = { x: unknown; v: number[] };
const { invariant } = propertyOf<{ readonly x: number; readonly v: readonly number[] }>();
const posed = (effect: (d: Open) => void): Problem<unknown> =>
  toy(State, { f: 2 }, [{ x: 0, v: [0, 0] }], {
    act: { guard: ({ x }) => x < 3, effect },
  }) as unknown as Problem<unknown>;

describe("N1: a draft that is frozen, asked whether it is, or given a prototype is refused in the same words", () => {
  const up = (d: Open): void => {
    d.x = (d.x as number) + 1;
  };
  const effects: Readonly<Record<string, (d: Open) => void>> = {
    "asked whether it is frozen": (d) => void (Object.isFrozen(d) || up(d)),
    "asked whether it is sealed": (d) => void (Object.isSealed(d) || up(d)),
    "a vector asked whether it can be extended": (d) => void (Object.isExtensible(d.v) && up(d)),
    "frozen before it is written": (d) => (Object.freeze(d), up(d)),
    "frozen after it was written": (d) => (up(d), void Object.freeze(d)),
    "kept from being extended": (d) => (Object.preventExtensions(d), up(d)),
    "given another prototype": (d) => (Object.setPrototypeOf(d, null), up(d)),
    "given the prototype that it has": (d) => (Object.setPrototypeOf(d, Object.prototype), up(d)),
    "asked whether it takes another prototype": (d) => void (Reflect.setPrototypeOf(d, null) || up(d)),
  };
  test.each(Object.keys(effects))("%s", async (name) => {
    const part = name.startsWith("a vector") ? "v" : "the state";
    expect(await agree(posed(effects[name]))).toEqual({
      error: expect.stringMatching(
        new RegExp(`^mutation: ${part} is frozen or sealed, asked whether it is`, "u"),
      ),
    });
  });
});

describe("N9: the descriptor of a field has the value of the field", () => {
  const valueOf = (of: object, key: PropertyKey): unknown => Object.getOwnPropertyDescriptor(of, key)?.value;
  const seen: Readonly<Record<string, (s: { x: number; v: readonly number[] }) => unknown>> = {
    "of a leaf": (s) => valueOf(s, "x"),
    "of a leaf below": (s) => valueOf(valueOf(s, "v") as object, 1),
    "of all fields": (s) => Object.getOwnPropertyDescriptors(s).x.value,
  };
  test.each(Object.keys(seen))("%s, in a property", async (name) => {
    const asked = invariant({
      id: "small",
      statement: "-",
      holds: (s) => (seen[name](s) as number) < 2,
    });
    const both = posed((d) => {
      d.x = (d.x as number) + 1;
      d.v[1]++;
    });
    const answer = await agree({ ...both, properties: [asked] } as never);
    expect(answer).toMatchObject({ found: { findings: [{ path: { steps: [0, 0] } }] } });
  });

  test("in an effect", async () => {
    const problem = posed((d) => {
      d.x = (valueOf(d, "x") as number) + 1;
    });
    expect(await agree(problem)).toMatchObject({ found: { states: 4 } });
  });
});

describe("N5: whatever is thrown or assigned ends in an error of the model", () => {
  test.each(engines)("what is thrown has no text, %s engine", async (_, explore) => {
    const thrown = posed(() => {
      throw Object.create(null);
    });
    await expect(explore(thrown)).rejects.toThrow(
      "what was thrown cannot be made a text\n  in act, reached by no step",
    );
    const failing = Object.defineProperty(new Error(), "message", {
      get: () => {
        throw new Error("inner");
      },
    });
    await expect(
      explore(
        posed(() => {
          throw failing;
        }),
      ),
    ).rejects.toThrow("what was thrown cannot be made a text\n  in act, reached by no step");
  });

  test.each(engines)("a promise is assigned that fails later, %s engine", async (_, explore) => {
    // Vitest fails where a promise fails and nobody looks.
    const late = posed((d) => {
      d.x = Promise.reject(new Error("late"));
    });
    await expect(explore(late)).rejects.toThrow("x = an object is outside int(0, 3)");
    await new Promise((resolve) => void setTimeout(resolve, 1));
  });

  test("a property fails on what the fast engine shows, and not on a plain state", async () => {
    const cloned = invariant({ ...said, id: "cloned", holds: (s) => structuredClone(s).x >= 0 });
    const problem = toy(State, { f: 2 }, [{ x: 0, v: [0, 0] }], {}, [cloned]);
    const error: unknown = await exploreFast(problem).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CheckError);
    expect(error).toMatchObject({ code: "recipe", message: expect.stringContaining("could not be cloned") });
  });
});
