import { stringify } from "yaml";
import { FORMAT } from "./read-variation.ts";
import type {
  Amendment,
  Asked,
  AskedOwn,
  Change,
  Expected,
  NewArgument,
  Program,
  StartPoint,
  Switch,
  Variation,
} from "../variation.ts";
import type { Written } from "../text/written.ts";

/** What YAML is written from: texts, lists and maps. */
type Plain = string | readonly Plain[] | { readonly [key: string]: Plain };

/** The entries that are there. */
const entries = (all: Readonly<Record<string, Plain | undefined>>): Plain =>
  Object.fromEntries(Object.entries(all).filter((entry): entry is [string, Plain] => entry[1] !== undefined));

const textOf = (said: Written | undefined): string | undefined => said?.text;
const listOf = (said: readonly Written[] | undefined): Plain | undefined => said?.map(({ text }) => text);
const rangeOf = (said: Written | readonly Written[]): Plain =>
  "text" in said ? said.text : said.map(({ text }) => text);
const someOf = <T>(all: readonly T[] | undefined, write: (one: T) => Plain): Plain | undefined =>
  all === undefined || all.length === 0 ? undefined : all.map(write);

/** A map of what has a name. */
const mapOf = <T>(
  all: readonly T[] | undefined,
  key: (one: T) => Written,
  write: (one: T) => Plain,
): Plain | undefined =>
  all === undefined || all.length === 0
    ? undefined
    : Object.fromEntries(all.map((one) => [key(one).text, write(one)]));

const argumentsOf = (args: readonly NewArgument[]): Plain | undefined =>
  mapOf(
    args,
    ({ name }) => name,
    ({ range }) => rangeOf(range),
  );

const amendmentOf = ({ guard, when, without, set, cites }: Amendment) => ({
  ...Object.fromEntries(cites.map(({ what, text }) => [what, text.text])),
  guard: textOf(guard),
  when: textOf(when),
  without: without?.length === 1 ? without[0].text : listOf(without),
  set: mapOf(
    set,
    ({ path }) => path,
    ({ value }) => value.text,
  ),
});

const changeOf = (change: Change): Plain => {
  switch (change.kind) {
    case "drop":
      return { drop: change.actions.map(({ text }) => text) };
    case "in":
      return entries({ in: change.action.text, ...amendmentOf(change) });
    case "like":
      return entries({
        add: change.name.text,
        like: change.like.text,
        actor: textOf(change.actor),
        ...amendmentOf(change),
      });
    case "add":
      return entries({
        add: change.name.text,
        actor: change.actor.text,
        args: argumentsOf(change.args),
        ...amendmentOf(change),
      });
  }
};

const switchOf = ({ about, values }: Switch): Plain =>
  entries({
    about: textOf(about),
    values: Object.fromEntries(values.map(({ value, change }) => [value.text, change.map(changeOf)])),
  });

const programOf = ({ steps }: Program): Plain =>
  steps.map(({ label, do: step, when }) =>
    label === undefined && when === undefined
      ? step.text
      : entries({ label: textOf(label), do: step.text, when: textOf(when) }),
  );

const expectOf = (expect: readonly Expected[]): Plain =>
  expect.length === 1 && expect[0].where.length === 0 && expect[0].because === undefined
    ? expect[0].is.text
    : expect.map(({ where, is, because }) =>
        entries({
          ...Object.fromEntries(
            where.map(({ key, values }) => [
              key.text,
              values.length === 1 ? values[0].text : values.map(({ text }) => text),
            ]),
          ),
          is: is.text,
          because: textOf(because),
        }),
      );

const ownOf = ({ kind, says, args, holds, when, fair, expect }: AskedOwn): Plain =>
  entries({
    says: textOf(says),
    for: argumentsOf(args),
    [kind === "leadsTo" ? "from" : "when"]: textOf(when),
    [kind]: holds.text,
    fair: fair.length === 0 ? undefined : listOf(fair),
    expect: expect.length === 0 ? undefined : expectOf(expect),
  });

const askedOf = (asked: Asked): Plain => {
  if (asked.kind !== "shipped") return ownOf(asked);
  return asked.expect.length === 0 ? { expect: [] } : expectOf(asked.expect);
};

const startOf = ({ from, steps }: StartPoint): Plain =>
  // oxlint-disable-next-line unicorn/no-thenable -- a key of the format, only to be written
  entries({ from: textOf(from), then: listOf(steps) });

/** A variation as the text of a scenario file, which says the same when it is read. */
export const textOfVariation = (variation: Variation): string => {
  const { actions, axes = [], options, scope, start, state, change, switch: switches, program } = variation;
  const plain = entries({
    format: FORMAT,
    name: variation.name.text,
    about: variation.about.text,
    source: textOf(variation.source),
    extends: variation.extends.text,
    actions: listOf(actions),
    ...Object.fromEntries(axes.map(({ axis, values }) => [axis.plural, values.map(({ text }) => text)])),
    options: mapOf(
      options,
      ({ option }) => option,
      ({ values }) => values.map(({ text }) => text),
    ),
    scope: mapOf(
      scope,
      ({ family }) => family,
      ({ size }) => size.text,
    ),
    start: start && (start.steps.length === 0 ? textOf(start.from) : startOf(start)),
    state: mapOf(
      state,
      ({ path }) => path,
      ({ domain }) => rangeOf(domain),
    ),
    change: someOf(change, changeOf),
    switch: mapOf(switches, ({ name }) => name, switchOf),
    program: mapOf(program, ({ of }) => of, programOf),
    properties: mapOf(variation.properties, ({ id }) => id, askedOf),
  });
  return stringify(plain, { schema: "failsafe", lineWidth: 110 });
};
