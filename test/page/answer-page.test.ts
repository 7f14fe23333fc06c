import { expect, test } from "vitest";
import { answer } from "../../src/catalogue/answer.ts";
import { questionAbout } from "../../src/page/question.ts";
import { PageAnswerer } from "../../src/page/worker/answer-page.ts";
import { Space } from "../../src/page/space.ts";
import type { Ask, Said } from "../../src/page/worker/messages.ts";
import { axes, scenarios as shipped } from "../../scenarios/index.ts";
import { propertyOf, shelve } from "#check";
import { catalogue } from "../fixtures/io.ts";
import { scenarios } from "../fixtures/posting.ts";

const all = {
  ...catalogue,
  axes: [...(catalogue.axes ?? []), ...axes.filter(({ name }) => name === "kernel")],
  scenarios: [...catalogue.scenarios, ...shipped.filter(({ name }) => name === "kvm/block")],
};
const load = Object.assign(() => Promise.resolve(all), { program: "apicv-check" });

/** What the checker says to some asks, one after the other. */
const said = async (...asks: readonly Ask[]): Promise<readonly Said[]> => {
  const heard: Said[] = [];
  // As a worker hands it over: what grows afterwards is not seen.
  const answerer = new PageAnswerer(load, (one) => heard.push(structuredClone(one)));
  for (const ask of asks) await answerer.hear(ask);
  return heard.filter(({ say }) => say !== "progress");
};
const [world] = scenarios;
const about = questionAbout(world.name);

const reportIn = (heard: readonly Said[]) => {
  const report = heard.flatMap((one) => (one.say === "report" ? [one.report] : []))[0];
  if (report === undefined) throw new Error(JSON.stringify(heard));
  return report;
};

test("the worlds are offered with what can be chosen in them", async () => {
  const [first] = await said({ ask: "worlds" });
  expect(first).toMatchObject({ say: "worlds", program: "apicv-check" });
  const offered = first.say === "worlds" ? first.worlds : [];
  expect(offered.map(({ name }) => name)).toEqual(all.scenarios.map(({ name }) => name));
  expect(offered[0].options.map(({ name }) => name)).toEqual(world.options.map(({ name }) => name));
});

test("what is explored has the counts and verdicts that the library finds", async () => {
  const { worlds } = reportIn(await said({ ask: "explore", question: about }));
  const outcome = await answer(world);
  expect(worlds[0].states).toBe(outcome.exploration.states);
  expect(worlds[0].coverage).toEqual(outcome.coverage.actions);
  expect(worlds[0].verdicts.map(({ property, verdict }) => [property, verdict])).toEqual(
    outcome.properties.map(({ property, verdict }) => [property.id, verdict]),
  );
});

test("laws of behaviours are left out of a search within a bound on switches, and it says so", async () => {
  const id = "it-goes-on";
  const law = propertyOf<unknown>().eventually({
    id,
    role: "law",
    statement: "-",
    fairness: [],
    holds: () => true,
  });
  const lawful = shelve({ ...world, properties: [...world.properties, law] });
  const heard: Said[] = [];
  const answerer = new PageAnswerer(
    Object.assign(() => Promise.resolve({ ...all, scenarios: [lawful] }), { program: "apicv-check" }),
    (one) => heard.push(structuredClone(one)),
  );
  await answerer.hear({ ask: "explore", question: { ...about, switches: 1 } });
  expect(JSON.stringify(reportIn(heard))).toContain(`Not asked: ${id}, for`);
});

test("a question that cannot be asked is told with what is wrong", async () => {
  const wrong: readonly (readonly [object, string])[] = [
    [{ world: "kvm/postin" }, "kvm/posting"],
    [{ set: ["nothing=1"] }, "nothing"],
    [{ world: "kvm/block", own: { kind: "reach", text: "nowhere > 1" } }, "nowhere"],
    [{ world: "kvm/block", own: { kind: "leadsTo", text: "" } }, "leads-to"],
  ];
  for (const [part, what] of wrong) {
    const heard = await said({ ask: "explore", question: { ...about, ...part } });
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({ say: "error" });
    expect(JSON.stringify(heard[0])).toContain(what);
  }
});

test("states are looked at until there are so many, and each is told once", async () => {
  const heard = await said(
    { ask: "explore", question: { ...questionAbout("kvm/block"), depth: 1 } },
    { ask: "grow", space: 0, most: 1_600 },
    { ask: "grow", space: 0, most: 1_700 },
    { ask: "look", space: 0, place: 1_650 },
    { ask: "look", space: 0, place: 1_000_000 },
    { ask: "look", space: 9, place: 0 },
  );
  const report = reportIn(heard);
  const space = new Space(report.spaces[0], report);
  expect(space.size).toBeLessThan(1_600);
  for (const one of heard) if (one.say === "growth") space.add(one.growth);
  expect(space.size).toBeGreaterThanOrEqual(1_700);
  expect(space.size).toBeLessThan(1_800);
  expect(space.isLookedAt(1_650)).toBe(true);
  const states = Array.from({ length: space.size }, (_, place) => JSON.stringify(space.leavesOf(place)));
  expect(new Set(states).size).toBe(space.size);
});
