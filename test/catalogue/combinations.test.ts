import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scenarios } from "../../scenarios/index.ts";
import { asksSeveral, choicesOf, severalIn } from "../../src/catalogue/combinations.ts";
import { productsOf } from "../../src/catalogue/value-products.ts";
import { scenarios as fixture } from "../fixtures/posting.ts";

describe("a wish for several values", () => {
  const [shelved] = fixture;

  test("a star is all of them, a list is these, each combination once", () => {
    const wish = { design: "*", set: ["notification=none,ipi,none"] };
    expect(asksSeveral(wish, ["design", "guest"])).toBe(true);
    expect(severalIn(shelved, wish)).toEqual(["design", "notification"]);
    expect(choicesOf(shelved, wish).map(({ design, options }) => [design, options["notification"]])).toEqual([
      ["mode-first", "none"],
      ["mode-first", "ipi"],
      ["sync-first", "none"],
      ["sync-first", "ipi"],
    ]);
    expect(asksSeveral({ design: "mode-first", set: ["notification=ipi"] }, ["design"])).toBe(false);
    expect(asksSeveral({ design: "*" }, ["guest"])).toBe(false);
  });

  test("names what does not exist, and the nearest", () => {
    expect(() => choicesOf(shelved, { design: "mode-first,sync-frist" })).toThrow(/sync-frist.*sync-first/s);
    expect(() => choicesOf(shelved, { set: ["notificaton=*"] })).toThrow(/notificaton.*notification/s);
    expect(() => choicesOf(shelved, { set: ["notification=ipi,nun"] })).toThrow(/"nun"/);
    expect(() => choicesOf(shelved, { set: ["notification=*", "notification=none"] })).toThrow(/--set gives/);
  });

  test("of shipped worlds is every way to choose", () => {
    fc.assert(
      fc.property(fc.constantFrom(...scenarios), (scenario) => {
        const { axes = {}, options } = scenario;
        const values = Object.entries(axes).filter(([, { length }]) => length > 0);
        const choices = choicesOf(scenario, {
          ...Object.fromEntries(values.map(([axis]) => [axis, "*"])),
          set: options.map(({ name }) => `${name}=*`),
        });
        const all = [...values.map(([, some]) => some), ...options.map((option) => option.values)];
        expect(choices.length).toBe(all.reduce((n, { length }) => n * length, 1));
        expect(new Set(choices.map((choice) => JSON.stringify(choice))).size).toBe(choices.length);
      }),
      { numRuns: 20 },
    );
  });
});

describe("combinations as products", () => {
  const expand = (product: readonly (readonly string[])[]): readonly string[] =>
    product.reduce<readonly string[]>(
      (texts, values) => texts.flatMap((text) => values.map((value) => `${text} ${value}`)),
      [""],
    );

  test("each combination is in exactly one of them, and nothing else is", () => {
    const place = fc.constantFrom("a", "b", "c");
    const combinations = fc.uniqueArray(fc.tuple(place, place, place), {
      selector: (combination) => combination.join(" "),
    });
    fc.assert(
      fc.property(combinations, (some) => {
        const expanded = productsOf(some).flatMap(expand);
        expect(expanded.toSorted()).toEqual(some.map((one) => ` ${one.join(" ")}`).toSorted());
      }),
    );
  });

  test("what is a product is one", () => {
    const values = fc.uniqueArray(fc.constantFrom("a", "b", "c"), { minLength: 1 });
    fc.assert(
      fc.property(values, values, values, (x, y, z) => {
        const all = x.flatMap((a) => y.flatMap((b) => z.map((c) => [a, b, c])));
        expect(productsOf(all).length).toBe(1);
      }),
    );
  });
});
