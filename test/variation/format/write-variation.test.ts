import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { variationFrom } from "../../../src/variation/from-text.ts";
import { textOfVariation } from "../../../src/variation/format/write-variation.ts";
import { axes, cites } from "../../../scenarios/words.ts";
import type { Variation } from "../../../src/variation/variation.ts";

const folder = join(import.meta.dirname, "../../../scenarios/questions");
const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));

/** What is said, wherever it stands. */
const meaning = (variation: Variation): unknown =>
  JSON.parse(
    JSON.stringify(variation, (key, value: unknown) => (key === "at" || key === "cut" ? undefined : value)),
  );

const everything = `format: 1
name: everything
about: "a text: with a colon # and more"
source: m1
extends: kvm/timer
actions: [KVM_RUN, irqfd_*]
designs: upstream
guests: [td]
options: { nohzFull: [off, on], timerMode: periodic }
scope: { vcpu: 2 }
start: { from: running, then: [KVM_RUN(v=0), "irqs_on(v=0)"] }
state: { busy: bool, "vcpu[].n": 0..3, w: [A, B], "vcpu[].pc": [..., X] }
change:
  - drop: [a, b_*]
  - in: x(v=0)
    guard: "vcpu[v].on"
    when: "!busy"
    without: ["vcpu[v].on", "vcpu[v].sn"]
    set: { busy: "true", "vcpu[v].n": "1 + 1" }
    kernel: f()
  - { add: y, like: "z(dest=0)", actor: "CPU{v}", without: all }
  - add: w
    actor: device
    args: { v: vcpu, how: [P, Q] }
    when: "vcpu[v].n == 0"
switch: { s: { about: t, values: { no: [], yes: [{ drop: c }] } } }
program: { guest0: [guest_io(v=0), { label: L, do: guest_hlt, when: busy }] }
properties:
  one: any
  two: [{ guest: [td, vmx], s: no, is: holds, because: so }, { is: violated }]
  three: { says: it, for: { v: vcpu }, when: busy, never: "vcpu[v].on" }
  four: { from: busy, leadsTo: "!busy", fair: [strong x, weak y], expect: holds }
  five: { step: "before.busy", when: action == x }
  six: { reach: busy }
`;

const texts: readonly (readonly [string, string])[] = [
  ["everything.yaml", everything],
  ...files.map((file) => [file, readFileSync(join(folder, file), "utf8")] as const),
];

test.each(texts)("%s says the same once it is written and read again", (name, text) => {
  const variation = variationFrom({ name, text }, { axes, cites });
  const again = textOfVariation(variation);
  expect(meaning(variationFrom({ name, text: again }, { axes, cites }))).toEqual(meaning(variation));
  expect(textOfVariation(variationFrom({ name, text: again }, { axes, cites }))).toBe(again);
});
