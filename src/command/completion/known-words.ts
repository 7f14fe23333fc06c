import { claimsIn, type Catalogue } from "../../catalogue/catalogue.ts";
import { namesOfFinding } from "../../catalogue/finding.ts";
import { flipsIn } from "../../catalogue/flips.ts";
import { shortNameOf } from "../../catalogue/scenario-called.ts";
import { own } from "../../schema/own.ts";
import { kindsOf } from "../find/entries.ts";
import { propertiesIn } from "../find/inventory.ts";
import { optionsIn, type CommandTree } from "./command-tree.ts";
import { SHELLS } from "./shells.ts";

/** What can stand where: after an option, by how it is typed, and where a command takes an argument, by its name. */
export interface KnownWords {
  readonly ofOptions: ReadonlyMap<string, readonly string[]>;
  readonly ofCommands: ReadonlyMap<string, readonly string[]>;
  /** The commands whose arguments may be files. */
  readonly takeFiles: ReadonlySet<string>;
}

/** Those commands: of the others no file is offered. */
const TAKE_FILES = ["explore", "simulate", "compare", "check", "flip", "replay", "step"];

/** Names without those that a shell would read otherwise, each once. */
const plain = (names: readonly string[]): readonly string[] => [
  ...new Set(names.filter((name) => /^[\w./+-]+$/.test(name))),
];

/** The names that a catalogue has for what a program takes. */
export const knownWords = async (catalogue: Catalogue, tree: CommandTree): Promise<KnownWords> => {
  const { axes = [], scenarios } = catalogue;
  const { claims, messages } = await claimsIn(catalogue);
  const worlds = scenarios.flatMap(({ name }) => [name, shortNameOf(name)]);
  const properties = propertiesIn(catalogue).map(({ item }) => item.id);
  const claimed = [...claims, ...messages].map(({ id }) => id);
  const bugs = (await flipsIn(catalogue, "bug")).map(({ id }) => id);
  const mutations = (await flipsIn(catalogue, "mutation")).map(({ id }) => id);
  const found = ((await catalogue.findings?.()) ?? []).flatMap(namesOfFinding);
  const choices = [...optionsIn(tree).values()].flatMap(({ long, choices: words }) =>
    words.length === 0 ? [] : [[long, words] as const],
  );
  const onAxes = axes.map(
    ({ name }) => [`--${name}`, scenarios.flatMap((one) => own(one.axes ?? {}, name) ?? [])] as const,
  );
  const ofOptions: readonly (readonly [string, readonly string[]])[] = [
    ...choices,
    ...onAxes,
    ["--scenario", worlds],
    ["--property", properties],
    ["--bug", bugs],
    ["--mutate", mutations],
  ];
  const first = axes[0]?.name;
  const ofCommands: readonly (readonly [string, readonly string[]])[] = [
    ...["explore", "simulate", "check", "step"].map((name) => [name, worlds] as const),
    [
      "compare",
      scenarios.flatMap(({ axes: values = {} }) => (first === undefined ? [] : (own(values, first) ?? []))),
    ],
    ["claims", claimed],
    ["list", Object.keys(kindsOf(catalogue))],
    ["explain", [...properties, ...claimed, ...worlds, ...bugs, ...mutations, ...found]],
    ["flip", [...bugs, ...mutations]],
    ["completion", SHELLS],
    ["help", tree.commands.map(({ name }) => name)],
  ];
  return {
    ofOptions: new Map(ofOptions.map(([name, words]) => [name, plain(words)])),
    ofCommands: new Map(ofCommands.map(([name, words]) => [name, plain(words)])),
    takeFiles: new Set(TAKE_FILES),
  };
};
