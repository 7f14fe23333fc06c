import fc from "fast-check";
import { expect, test } from "vitest";
import { CheckError } from "../../src/errors.ts";
import { scenarioFrom } from "../../src/variation/from-text.ts";
import { axes, cites, scenarios } from "../../scenarios/index.ts";
import { ofEachKind as good } from "./of-each-kind.ts";

/** Slips of the pen, each in a part of its own. */
const slips: Readonly<Record<string, readonly [was: string, is: string]>> = {
  "a key": ["about: A file", "abot: A file"],
  "an action": ["KVM_CREATE_VCPU", "KVM_CREATE_VCPUS"],
  "a guest": ["guests: td", "guests: tdd"],
  "an option": ["nohzFull", "nohzful"],
  "a size": ["vcpu: 2", "vcpu: x"],
  "a start": ["from: running", "from: runing"],
  "a step from the start": ["(v=0, value=N)", "(v=0, value=M)"],
  "a new field": ["busy: bool", "busy: bol"],
  "a new word": ["[..., HERE]", "[HERE]"],
  "a changed action": ["in: apic_timer_fn", "in: apic_timer_fnn"],
  "a place": ["without: vcpu[v].req.UNBLOCK", "without: vcpu[v].req.UNBLOK"],
  "a lender": ["like: guest_write_tmict(v=0)", "like: guest_write_tmict(w=0)"],
  "a key of a change": ["  - add: done\n    like", "  - add: done\n    actors: x\n    like"],
  "a key of a switch": ["    about: whether", "    abuot: whether"],
  "a condition of a switch": ["when: vcpu[v].on", "when: vcpu[v].onn == RUN"],
  "an instruction": ["do: guest_write_tmict }", "do: guest_write_tmictt }"],
  "a shipped property": ["  no-pending-timer-in-guest", "  no-pending-timer-in-gest"],
  "a kind of property": ["never: vcpu[0].pc == HERE", "nver: vcpu[0].pc == HERE"],
  "an expectation": ["- fix: yes", "- fix: yess"],
  "a verdict": ["- is: any", "- is: hold"],
  "a fairness": ["strong done", "strong doneness"],
  "a step condition": ["step: after.busy", "step: vm.dead"],
};

/** What is said of a text, each fault without its place; none where it is accepted. */
const faults = (text: string): readonly string[] => {
  try {
    scenarioFrom({ name: "f.yaml", text }, { axes, cites, scenarios });
    return [];
  } catch (error) {
    if (!(error instanceof CheckError)) throw error;
    return [...error.message.matchAll(/^f\.yaml(?::\d+:\d+)?: (.*)$/gm)].map(([, said]) => said);
  }
};

const withSlips = (names: readonly string[]): string =>
  names.reduce((text, name) => {
    const [was, is] = slips[name];
    expect([name, text.split(was).length]).toEqual([name, 2]);
    return text.replace(was, is);
  }, good);

const names = Object.keys(slips);
const alone = new Map(names.map((name) => [name, faults(withSlips([name]))]));

test("the file is accepted without a slip", () => {
  expect(faults(good)).toEqual([]);
});

test.each(names)("%s: one slip is one fault, whatever else speaks of it", (name) => {
  expect(alone.get(name)).toHaveLength(1);
});

test("of several slips each is said, and nothing else", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom(...names), { minLength: 2, maxLength: 6 }), (some) => {
      // Without a size, nobody knows how many steps a call is.
      fc.pre(!(some.includes("a size") && some.includes("a step from the start")));
      const wanted = some.flatMap((name) => alone.get(name)!);
      expect(faults(withSlips(some)).toSorted()).toEqual(wanted.toSorted());
    }),
    { numRuns: 25 },
  );
});

test("of very many faults the first fifty are said, and how many there are", () => {
  const list = Array.from({ length: 60 }, (_, i) => `unknown_${i}`).join(", ");
  const text = good.replace("- in: apic_timer_fn", `- drop: [${list}]\n  - in: apic_timer_fn`);
  expect(faults(text)).toHaveLength(50);
  expect(() => scenarioFrom({ name: "f.yaml", text }, { axes, cites, scenarios })).toThrow(
    /^60 errors in f\.yaml, of which the first 50\n/,
  );
});
