import { expect, test } from "vitest";
import { problemOf, withSymmetry, exploreReference } from "#check";
import { increment, incrementScenario } from "../../models/textbook/increment.ts";
import { answer } from "../../src/catalogue/answer.ts";
import { catalogueOf } from "../../src/catalogue/catalogue.ts";
import { gate } from "../../src/catalogue/gate.ts";
import { answerText, gateText } from "../../src/report/text.ts";
import { axes, fakeIo, run } from "../fixtures/io.ts";
import { scenarios } from "../fixtures/posting.ts";

const [posting] = scenarios;

test("answers what the command line answers, without what differs from run to run", async () => {
  const { stdout } = await run("explore");
  const outcome = await answer(posting);
  expect(stdout.replace(/; [\d.]+ s,[^.]*?peak\./s, ".")).toBe(answerText(outcome));
});

test("a bound, an engine, properties and a reduction are those asked for", async () => {
  const bounded = await answer(posting, { bounds: { depth: 2 } });
  expect([bounded.stop, bounded.depth, bounded.asked.depth]).toEqual(["depth", 2, 2]);
  const [{ id }] = posting.properties;
  const one = await answer(posting, { properties: [id], explore: exploreReference });
  expect(one.properties.map(({ property }) => property.id)).toEqual([id]);
  const all = await answer(incrementScenario);
  const fewer = await answer(incrementScenario, { reduce: withSymmetry });
  expect(problemOf(increment, incrementScenario.scope).steps.length).toBe(all.problem.steps.length);
  expect(fewer.exploration.states).toBeLessThan(all.exploration.states);
  expect(fewer.properties.map(({ verdict }) => verdict)).toEqual(
    all.properties.map(({ verdict }) => verdict),
  );
});

test("the gate says what `check` says, and is shut by one verdict that was not expected", async () => {
  const passed = await gate([posting]);
  const { stdout, code } = await run("check kvm/posting");
  expect(code).toBe(0);
  expect(passed.passed).toBe(true);
  expect(gateText(passed).split("\n").slice(-4)).toEqual(stdout.split("\n").slice(-4));
  const wrong = {
    ...posting,
    expected: posting.expected.map((row) => ({ ...row, verdict: "vacuous" as const })),
  };
  const shut = await gate([wrong]);
  expect(shut.passed).toBe(false);
  expect(gateText(shut)).toMatch(/ No( |$)/m);
});

test("a catalogue of scenarios alone serves every command", async () => {
  const catalogue = await catalogueOf({ scenarios: [posting], axes })();
  for (const line of [
    "list scenarios",
    "list claims",
    "claims",
    "explore",
    "check",
    `explain ${posting.name}`,
  ]) {
    const { io } = fakeIo();
    expect([line, (await run(line, io, catalogue)).code]).toEqual([line, 0]);
  }
});
