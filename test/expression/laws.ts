import fc from "fast-check";
import { expect } from "vitest";
import { CheckError } from "#check";
import { arbitraryOf } from "../../src/derive/arbitrary.ts";
import { leavesOf } from "../../src/derive/component.ts";
import { Views } from "../../src/derive/view.ts";
import { conditionOf, type Condition } from "../../src/expression/condition.ts";
import { ExpressionError } from "../../src/expression/expression-error.ts";
import { valueOf } from "../../src/expression/value.ts";
import { parse } from "../../src/expression/syntax.ts";
import { choices } from "../../src/model/action.ts";
import type { Domain, Scope } from "../../src/schema/domain.ts";
import { arbitrarySchema, arbitraryScope } from "../fixtures/arbitrary-schema.ts";
import { ARGS, madeCondition, madeNumber, type Where } from "./arbitrary-expression.ts";
import { tokensOf, tokensIn } from "./tokens.ts";

/** A state as the engines show it, and the leaves that are read of it. */
const watched = (domain: Domain<unknown>, scope: Scope, state: unknown): readonly [unknown, number[]] => {
  const leaves = leavesOf(domain.node, scope);
  const read: number[] = [];
  const get = (leaf: number): never => {
    read.push(leaf);
    return leaves[leaf].path.reduce<unknown>((here, key) => (here as never)[key], state) as never;
  };
  return [new Views(domain, scope, { get, set: () => undefined }).view, read];
};

/** The reasons for which a well-typed condition may be refused: it says too little. */
const SAYS_TOO_LITTLE =
  /says the same of every state|is always (true|false)|is never|more than 400 parts|too deep/;

/**
 * A well-typed condition says what it says in TypeScript, and reads the same leaves of the state. Gives how many were
 * accepted, and how many refused because they say too little.
 */
export const saysWhatItMeans = (numRuns: number): { readonly accepted: number; readonly refused: number } => {
  let accepted = 0;
  let refused = 0;
  fc.assert(
    fc.property(arbitrarySchema, arbitraryScope, fc.gen(), (domain, scope, g) => {
      const { text, of } = madeCondition(g, domain, scope);
      const state = g(() => arbitraryOf(domain, scope));
      const args = g(() => fc.constantFrom(...choices(ARGS, scope)));
      const where = (from: unknown): Where => ({ state: from, args, bound: {} });
      let condition: Condition;
      try {
        condition = conditionOf(text, { state: domain, scope, args: ARGS });
      } catch (error) {
        expect((error as Error).message).toMatch(SAYS_TOO_LITTLE);
        refused++;
        const always = /it is always (true|false)$/.exec((error as Error).message)?.[1];
        if (always !== undefined) expect([text, String(of(where(state)))]).toEqual([text, always]);
        return;
      }
      accepted++;
      expect([text, condition.holds(state, args)]).toEqual([text, of(where(state))]);
      const [mine, read] = watched(domain, scope, state);
      const [naive, expected] = watched(domain, scope, state);
      condition.holds(mine, args);
      of(where(naive));
      expect([text, read]).toEqual([text, expected]);
    }),
    // What a generator draws by and by does not shrink in any good time; the text of the expression is in the message.
    { numRuns, endOnFailure: true },
  );
  return { accepted, refused };
};

/** A number that is accepted as a value stays inside what it is written to. Gives how many were accepted. */
export const staysInside = (numRuns: number): number => {
  let accepted = 0;
  fc.assert(
    fc.property(arbitrarySchema, arbitraryScope, fc.nat({ max: 9 }), fc.gen(), (domain, scope, width, g) => {
      const { text, of } = madeNumber(g, domain, scope);
      const state = g(() => arbitraryOf(domain, scope));
      const args = g(() => fc.constantFrom(...choices(ARGS, scope)));
      const value = of({ state, args, bound: {} });
      // Half of the ranges end at a value that it has.
      const min = value - (g(fc.boolean) ? 0 : width);
      const target = { kind: "int", min, max: min + width } as const;
      try {
        const checked = valueOf(text, { state: domain, scope, args: ARGS }, target);
        accepted++;
        const others = fc.sample(arbitraryOf(domain, scope), { numRuns: 5, seed: width });
        for (const one of [state, ...others]) {
          const found = checked.of(one, args) as number;
          expect([text, found]).toEqual([text, of({ state: one, args, bound: {} })]);
          expect([text, found >= min && found <= min + width]).toEqual([text, true]);
        }
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        expect(error.message).toMatch(
          /may be -?\d+, where|is out of range, where|says the same|is always|is never/,
        );
      }
    }),
    { numRuns, endOnFailure: true },
  );
  return accepted;
};

const pieces = fc.constantFrom(
  ..."a b pc on vcpu x exists all any min in true false null before after idle \"run\" 'halt' 0 1 7 010 0x1f 1.5 1u".split(
    " ",
  ),
  ...'( ) [ ] { } . , : ? ! == != < <= > >= && || + - * / % // = & | # ; @ \\ " \' """ r" b\' __proto__ constructor for'.split(
    " ",
  ),
  " ",
  "\n",
  "\t",
  "\u0441",
  "\u0000",
);
const soup = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme-ascii", maxLength: 60 }),
  fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join("")),
  fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(" ")),
  fc.tuple(pieces, fc.integer({ min: 100, max: 1500 })).map(([piece, times]) => piece.repeat(times)),
);

/** Whatever is typed is read in full, or refused with a place in it. Gives how many texts were read. */
export const readsInFull = (numRuns: number): number => {
  let read = 0;
  fc.assert(
    fc.property(arbitrarySchema, soup, (state, text) => {
      const scope = { cpu: 2, irq: 3, slot: 1 };
      try {
        const term = parse(text);
        // Nothing is left out of what is read, and nothing put in.
        expect(tokensOf(term)).toEqual(tokensIn(text));
        read++;
        conditionOf(text, { state, scope, args: ARGS });
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        expect(error).toBeInstanceOf(CheckError);
        expect(error.message).not.toBe("");
        expect(error.offset).toBeGreaterThanOrEqual(0);
        expect(error.offset + error.length).toBeLessThanOrEqual(text.length);
        expect(error.length).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns },
  );
  return read;
};
