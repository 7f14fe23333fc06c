import type { Catalogue } from "../../catalogue/catalogue.ts";
import { EXPECTABLE } from "../../check/verdict-word.ts";
import { FORMAT } from "./read-variation.ts";

/** A JSON Schema, or a part of one. */
type Schema = Readonly<Record<string, unknown>>;

/** A scalar as editors read it, by YAML's core schema: the reader takes the text that is written. */
const scalar: Schema = { type: ["string", "number", "boolean"] };
const oneOrMore = (item: Schema): Schema => ({
  anyOf: [item, { type: "array", items: item }],
});
const mapOf = (value: Schema): Schema => ({ type: "object", additionalProperties: value });
const only = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
  type: "object",
  additionalProperties: false,
  properties,
  required,
});
const said = (about: string, schema: Schema): Schema => ({ description: about, ...schema });
/** One of some names, each with what it is. */
const named = (all: readonly { readonly name: string; readonly about: string }[]): Schema => ({
  oneOf: all.map(({ name, about }) => ({ const: name, description: about })),
});

const rows = (keys: readonly string[]): Schema => ({
  anyOf: [
    { enum: EXPECTABLE },
    {
      type: "array",
      items: {
        type: "object",
        properties: {
          ...Object.fromEntries(keys.map((key) => [key, oneOrMore(scalar)])),
          is: { enum: EXPECTABLE },
          because: scalar,
        },
        required: ["is"],
      },
    },
  ],
});

const changeOf = (cites: readonly string[]): Schema => {
  const beside = {
    when: said("the step is taken only where this is true too", scalar),
    set: said("what it writes, of values that are read before it", mapOf(scalar)),
    ...Object.fromEntries(cites.map((what) => [what, scalar])),
  };
  const without = said("what it does not write: paths, or all", oneOrMore(scalar));
  const guard = said("the step is taken where this is true, instead of where its own guard is", scalar);
  const range = { anyOf: [scalar, { type: "array", items: scalar }] };
  return {
    anyOf: [
      only({ drop: oneOrMore(scalar) }, ["drop"]),
      only({ in: scalar, guard, without, ...beside }, ["in"]),
      only({ add: scalar, like: scalar, actor: scalar, guard, without, ...beside }, ["add", "like"]),
      only({ add: scalar, actor: scalar, args: mapOf(range), ...beside }, ["add", "actor", "when"]),
    ],
  };
};

const expect: Schema = { $ref: "#/definitions/expect" };

const property = (): Schema => {
  const common = { says: scalar, for: mapOf(oneOrMore(scalar)), expect };
  const when = { when: scalar };
  return {
    anyOf: [
      expect,
      only({ expect }),
      only({ never: scalar, ...when, ...common }, ["never"]),
      only({ always: scalar, ...when, ...common }, ["always"]),
      only({ reach: scalar, ...common }, ["reach"]),
      only({ step: scalar, ...when, ...common }, ["step"]),
      only({ leadsTo: scalar, from: scalar, fair: oneOrMore(scalar), ...common }, ["leadsTo", "from"]),
    ],
  };
};

/**
 * The JSON Schema of scenario files, for editors: it completes names and refuses keys that are not known. Paths, types and
 * ranges are for the reader of files alone.
 */
export const jsonSchema = ({ scenarios, axes = [], named: words = {}, cites = [] }: Catalogue): Schema => {
  const changes = { type: "array", items: { $ref: "#/definitions/change" } };
  const options = new Map(scenarios.flatMap((one) => one.options.map((option) => [option.name, option])));
  const instruction = {
    anyOf: [scalar, only({ label: scalar, do: scalar, when: scalar }, ["do"])],
  };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "A scenario file",
    definitions: {
      change: changeOf(cites),
      expect: rows([...axes.map(({ name }) => name), ...options.keys()]),
    },
    ...only(
      {
        format: { enum: [Number(FORMAT), FORMAT] },
        name: said("what it is called: no blank, no colon", scalar),
        about: said("what it asks, in a sentence", scalar),
        source: scalar,
        extends: said("the world that it extends", named(scenarios.filter(({ origin }) => origin))),
        actions: said("what takes part besides: ACTION, PREFIX_* or WORLD", oneOrMore(scalar)),
        ...Object.fromEntries(
          axes.map(({ name, plural, about }) => [plural, said(about, oneOrMore(named(words[name] ?? [])))]),
        ),
        options: said("options of the world, or others that ship", {
          type: "object",
          properties: Object.fromEntries(
            [...options].map(([name, { about }]) => [name, said(about, oneOrMore(scalar))]),
          ),
        }),
        scope: said("how many members a family has", mapOf(scalar)),
        // oxlint-disable-next-line unicorn/no-thenable -- a key of the format
        start: { anyOf: [scalar, only({ from: scalar, then: oneOrMore(scalar) })] },
        state: said("new fields, or [..., WORD] for more words", mapOf(oneOrMore(scalar))),
        change: said("changes of the model, in order", changes),
        switch: mapOf(only({ about: scalar, values: mapOf(changes) }, ["values"])),
        program: mapOf({ type: "array", items: instruction }),
        properties: said("what is asked, and what is expected", mapOf(property())),
      },
      ["format", "name", "about", "extends", "properties"],
    ),
  };
};
