import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CheckError, domainError, during, nearest, pathText, unknownName } from "../../src/errors.ts";

const designs = ["v1-inhibit", "active", "active-split", "upstream"];

describe("the nearest name", () => {
  test.each([
    ["upstraem", "upstream"],
    ["UPSTREAM", "upstream"],
    ["activ", "active"],
    ["active-spilt", "active-split"],
    ["v1-inhibt", "v1-inhibit"],
  ])("to %s is %s", (typed, meant) => {
    expect(nearest(typed, designs)).toBe(meant);
  });

  test("is none where nothing is near, and where nothing is known", () => {
    expect(nearest("posted-interrupts", designs)).toBeUndefined();
    expect(nearest("active", [])).toBeUndefined();
  });

  test("to a known name is that name", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[a-z-]{1,12}$/), { minLength: 1 }),
        fc.nat(),
        (known, pick) => {
          const name = known[pick % known.length];
          expect(nearest(name, known)).toBe(name);
        },
      ),
    );
  });
});

describe("an unknown name", () => {
  test("is answered with the nearest one and with what to type next", () => {
    const error = unknownName("design", "upstraem", designs, "apicv-check list designs");
    expect(error.code).toBe("unknown-name");
    expect(error.message).toBe(
      'unknown design "upstraem" (did you mean "upstream"?)\n  apicv-check list designs',
    );
  });

  test("is answered with all known ones where none is near", () => {
    expect(unknownName("design", "zzz", ["active", "upstream"], "next").message).toBe(
      'unknown design "zzz" (known: active, upstream)\n  next',
    );
  });

  test("is answered with where the list is where none is near and there are many", () => {
    const many = Array.from({ length: 11 }, (_, i) => `world-${i}`);
    const refuse = (name: string, known: readonly string[]) =>
      unknownName("scenario", name, known, "see: list scenarios").message;
    expect(refuse("zzz", many)).toBe('unknown scenario "zzz"\n  see: list scenarios');
    expect(refuse("zzz", many.slice(1))).toContain("(known: world-1, world-2,");
    expect(refuse("word-3", many)).toContain('(did you mean "world-3"?)');
  });
});

describe("an error in a model", () => {
  test("says which leaf, which value and which domain", () => {
    expect(domainError(["vcpu", 0, "pid", "on"], 2, "bool").message).toBe(
      "vcpu[0].pid.on = 2 is outside bool",
    );
    expect(domainError(["mode"], undefined, "bool").message).toBe("mode = undefined is outside bool");
    expect(domainError(["n"], NaN, "int(0, 3)").message).toBe("n = NaN is outside int(0, 3)");
    expect(pathText([])).toBe("the state");
  });

  test("gains the places it passed through, and keeps its code and its cause", () => {
    const inner = domainError(["n"], 9, "int(0, 3)");
    const outer = during("POST(v=0), reached by KICK", inner);
    expect(outer).toBeInstanceOf(CheckError);
    expect([outer.code, outer.cause]).toEqual(["domain", inner]);
    expect(outer.message).toBe("n = 9 is outside int(0, 3)\n  in POST(v=0), reached by KICK");
    expect(during("POST", new TypeError("x is undefined")).code).toBe("recipe");
    expect(during("POST", "thrown as text").message).toBe("thrown as text\n  in POST");
  });
});
