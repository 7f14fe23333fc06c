import { CheckError, during, unknownName } from "../errors.ts";
import { choiceOf } from "./choice.ts";
import type { Check, Claim, ClaimBook, Column } from "./claim.ts";
import { expectationFor, type AnyScenario, type Choice } from "./scenario.ts";
import type { Verdict } from "../check/verdict-word.ts";

/** A check of a claim under one of its columns, and the verdict that the world expects there. */
export interface ClaimQuestion {
  readonly claim: Claim;
  readonly check: Check;
  readonly column: Column;
  readonly scenario: AnyScenario;
  readonly choice: Choice;
  readonly expected: Verdict;
}

const asked = (
  scenarios: readonly AnyScenario[],
  { property, scenario: name, set = [] }: Check,
  column: Column,
): Pick<ClaimQuestion, "scenario" | "choice" | "expected"> => {
  const scenario = scenarios.find((one) => one.name === name);
  if (scenario === undefined)
    throw unknownName(
      "scenario",
      name,
      scenarios.map((one) => one.name),
      "there is no such world",
    );
  const { properties } = scenario;
  if (!properties.some(({ id }) => id === property))
    throw unknownName(
      "property",
      property,
      properties.map(({ id }) => id),
      `${name} does not ask it`,
    );
  const choice = choiceOf(scenario, { ...column, set: [...new Set([...column.set, ...set])] });
  const expected = expectationFor(scenario, property, choice)?.verdict;
  if (expected === undefined || expected === "any" || expected === "holds-or-vacuous")
    throw new CheckError("model", `${name} expects no one verdict on ${property} there`);
  return { scenario, choice, expected };
};

/**
 * What some claims ask under some columns, by claim, check and column.
 * @throws CheckError if a check names something that does not exist, or asks where its world expects nothing.
 */
export const questionsOf = (
  scenarios: readonly AnyScenario[],
  columns: readonly Column[],
  claims: readonly Claim[],
): readonly ClaimQuestion[] =>
  claims.flatMap((claim) =>
    claim.checks.flatMap((check) =>
      columns
        .filter(({ name }) => check.columns.includes(name))
        .map((column) => {
          try {
            return { claim, check, column, ...asked(scenarios, check, column) };
          } catch (error) {
            const { property, scenario } = check;
            throw during(`the claim ${claim.id}, ${property} in ${scenario} under ${column.name}`, error);
          }
        }),
    ),
  );

/**
 * A book of claims about some scenarios, as it is.
 * @throws CheckError if a claim names a message, column, scenario, property, option or value that does not exist, or asks
 * where its world expects nothing.
 */
export const claimBook = (scenarios: readonly AnyScenario[], book: ClaimBook): ClaimBook => {
  const { claims, columns, messages } = book;
  const check = (kind: string, names: readonly string[], known: readonly string[], where: string): void => {
    for (const name of names)
      if (!known.includes(name)) throw unknownName(kind, name, known, `the claim ${where} names it`);
  };
  for (const claim of claims) {
    const known = messages.map(({ id }) => id);
    check("message", claim.messages, known, claim.id);
    for (const { property, scenario, columns: names, supports } of claim.checks) {
      const all = columns.map(({ name }) => name);
      check("column", names, all, `${claim.id}, ${property} in ${scenario},`);
      if (typeof supports === "object")
        check("column", Object.keys(supports), all, `${claim.id}, what supports it in ${property},`);
    }
  }
  questionsOf(scenarios, columns, claims);
  return book;
};
