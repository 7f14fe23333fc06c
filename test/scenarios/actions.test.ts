import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { amend, CheckError, type Action } from "#check";
import { designs } from "../../models/kvm/designs/index.ts";
import { guests, kvmModel } from "../../models/kvm/model.ts";
import { options } from "../../models/kvm/options/index.ts";
import type { State } from "../../models/kvm/state.ts";
import { actionArguments } from "../../scenarios/action-arguments.ts";
import { actions, actionsOf } from "../../scenarios/actions.ts";

const first = Object.fromEntries(options.map(({ name, values }) => [name, values[0]]));
const settings = [
  {},
  ...options.flatMap(({ name, values }) => values.map((value) => ({ ...first, [name]: value }))),
];

/** The models of every guest and design, each option with each of its values, where they go together. */
const models = Object.keys(guests).flatMap((guest) =>
  (guest === "td" ? Object.keys(designs) : [null]).flatMap((design) =>
    settings.flatMap((set) => {
      try {
        return [kvmModel({ guest, design, options: set })];
      } catch (error) {
        if (error instanceof CheckError && error.code === "usage") return [];
        throw error;
      }
    }),
  ),
);

type Ranges = Record<string, unknown>;
/** A range that has all that two have. */
const joined = (a: unknown, b: unknown): unknown =>
  Array.isArray(a) && Array.isArray(b) ? [...new Set([...(a as unknown[]), ...(b as unknown[])])] : a;

/** Each action with the widest ranges of its arguments. */
const widest = new Map<string, Ranges>();
const every = new Set<Action<State>>();
for (const model of models) for (const action of model.actions) every.add(action);
for (const { name, args } of every) {
  const known = widest.get(name) ?? {};
  widest.set(
    name,
    Object.fromEntries(Object.entries(args).map(([arg, range]) => [arg, joined(range, known[arg])])),
  );
}

const folder = join(import.meta.dirname, "../../models/kvm/actions");
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .toSorted()
  .map((file) => ({ subject: file.split("/")[0], text: readFileSync(join(folder, file), "utf8") }));
/** The folders of the actions whose names are written out there. */
const written = new Map(
  [...widest.keys()].flatMap((name) => {
    const found = sources.find(({ text }) => text.includes(`"${name}"`));
    return found === undefined ? [] : [[name, found.subject] as const];
  }),
);
const common = (a: string, b: string): number => {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
};
/** The folder where somebody is called by the word that a name begins with, as what posts for an IPI is: `ipi`. */
const sender = (name: string): string | undefined =>
  sources.find(({ text }) => text.includes(`name: "${name.split("_")[0]}"`))?.subject;
/** The folder of an action: of one whose name is put together, that of its sender, or of the name which begins most like it. */
const subjectOf = (name: string): string =>
  written.get(name) ??
  sender(name) ??
  [...written].find(([known]) => name.startsWith(`${known}_`))?.[1] ??
  [...written].toSorted(([a], [b]) => common(b, name) - common(a, name) || (a < b ? -1 : 1))[0][1];

const camel = (word: string): string =>
  word.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

test("the list has every action of every guest, design and option, by the folder that it is in", async () => {
  const subjects = new Map<string, string[]>();
  for (const name of [...widest.keys()].toSorted()) {
    const subject = camel(subjectOf(name));
    subjects.set(subject, [...(subjects.get(subject) ?? []), name]);
  }
  const lines = [...subjects]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([subject, names]) => [
      `  ${subject}: {`,
      ...names.map((name) => `    ${name}: ${JSON.stringify(widest.get(name))},`),
      "  },",
    ]);
  const text = [
    "/* oxlint-disable max-lines -- one line for each action */",
    "",
    "/** The arguments of every action, as `npx vitest run test/scenarios/actions.test.ts -u` finds them, by the folders of actions. */",
    "export const actionArguments = {",
    ...lines,
    "} as const;",
    "",
  ].join("\n");
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, "../../scenarios/action-arguments.ts"));
});

test("each action of a model is there by its name, and is that of the model", () => {
  for (const model of [models[0], models.at(-1)!]) {
    const found = Object.values(actionsOf(model)).flatMap((subject) =>
      Object.values(subject),
    ) as Action<State>[];
    const own = new Set(model.actions);
    expect(found.filter((action) => !own.has(action)).map(({ name }) => name)).toEqual([]);
    expect(found.length).toBe(own.size);
  }
});

test("one that the model does not have is refused, with the nearest", () => {
  expect(Object.keys(actionArguments.creation)).toContain("KVM_CREATE_IRQCHIP");
  expect(() => actionsOf({ actions: [actions.timer.apic_timer_fn] }).timer.fn_kick).toThrow(
    'unknown action "fn_kick"',
  );
});

test("its arguments have their types", () => {
  const once = amend(actions.timer.apic_timer_fn, {
    guard: (s, { v }) => s.timer[v].pending === 0,
    after: (d, { v }) => {
      // @ts-expect-error -- a member is a number
      const name: string = v;
      d.vcpu[v].on = name.length > 0;
    },
  });
  expect(once.name).toBe("apic_timer_fn");
});
