import type { Command } from "commander";
import { existsSync } from "node:fs";
import { scenarioNamed, type Catalogue, type Load } from "../../catalogue/catalogue.ts";
import type { AnyScenario } from "../../catalogue/scenario.ts";
import { CheckError } from "../../errors.ts";
import { askedAgain } from "../../report/asked-again.ts";
import { flagName, QUESTION_FLAGS, type QuestionFlags } from "../../variation/flags/question-flags.ts";
import type { Variation } from "../../variation/variation.ts";
import type { Io } from "../terminal/io.ts";
import { checkWritable, writeWhole } from "../terminal/output.ts";
import type { FileText } from "./file-text.ts";
import { withTexts } from "./scenario-file.ts";
import { several } from "./values.ts";
import { isCalled } from "../../model/property.ts";

/** The options that ask a question of one's own, as parsed. */
export interface AskingFlags extends QuestionFlags {
  readonly scenario?: string;
  readonly set?: readonly string[];
  readonly save?: string;
  readonly quiet?: boolean;
}

/** What each flag is for, and the form of its value. */
export const ABOUT: readonly (readonly [
  flag: (typeof QUESTION_FLAGS)[number],
  form: string,
  about: string,
])[] = [
  ["scope", "family=n", "so many members of a family: family=2"],
  ["with", "action", "this takes part besides: an action, PREFIX_*, or all of another scenario"],
  ["drop", "action", "this takes no part: an action, or PREFIX_*"],
  [
    "change",
    "text",
    "'ACTION without PATH, PATH': it does not write these; 'ACTION when EXPR': it needs this too; 'ACTION guard EXPR': this instead of its guard; 'ACTION set PATH: EXPR'",
  ],
  ["never", "expr", "ask that no state has this"],
  ["always", "expr", "ask that every state has this"],
  ["reach", "expr", "ask whether a state has this"],
  ["leadsTo", "expr", "'EXPR => EXPR': ask that the first is followed by the second in the end"],
  ["fair", "how", "--leads-to: weak:NAME or strong:NAME of an actor or action, besides weak for each actor"],
  ["after", "action", "--never, --always: of the state after each step of this action"],
  ["before", "action", "--never, --always: of the state before each step of this action"],
];

/** A command that takes the flags which ask a question of one's own. */
export const asking = (command: Command): Command =>
  ABOUT.reduce(
    (taking, [flag, form, about]) =>
      taking.option(`--${flagName(flag)} <${form}>`, `${about}; repeatable`, several),
    command,
  );

/** The same, which may also write the question down. */
export const saving = (command: Command): Command =>
  asking(command).option("--save <file>", "write what is asked as a scenario file, FILE.yaml");

/** Whether flags ask what the scenario does not ask of itself; `property` may do so too. */
const asks = (flags: AskingFlags): boolean =>
  flags.save !== undefined || QUESTION_FLAGS.some((flag) => flags[flag] !== undefined);

/** The scenario file that a scenario comes from: one that is named, or that of a bug. */
const fileOf = async (
  { files = [], flips, flipped }: Catalogue,
  { name, varied }: AnyScenario,
): Promise<FileText | undefined> =>
  files.find((file) => file.name === varied?.by) ??
  (name === flipped ? (await flips?.())?.find(({ id }) => id === flipped)?.file : undefined);

/** What a scenario comes from says: a file, or nothing that is changed. */
const saidOf = async (catalogue: Catalogue, scenario: AnyScenario): Promise<Variation> => {
  const { unvaried } = await import("../../variation/from-flags.ts");
  const file = await fileOf(catalogue, scenario);
  if (file === undefined && scenario.varied !== undefined && scenario.origin === undefined)
    throw new CheckError(
      "usage",
      `${scenario.name} is a variation of ${scenario.varied.from} itself: ask of that, or of a file that says what is varied`,
    );
  if (file === undefined) return unvaried(scenario);
  const { variationFrom } = await import("../../variation/from-text.ts");
  const { axes = [], cites = [] } = catalogue;
  const { preFirst } = await import("../../variation/flip-file.ts");
  const { placeless } = await import("../../variation/text/written.ts");
  const said = placeless(variationFrom(file, { axes, cites }));
  return scenario.name === catalogue.flipped ? preFirst(said) : said;
};

/** A value with its blanks, of which no more than one has a meaning. */
const plain = (flags: QuestionFlags): QuestionFlags =>
  Object.fromEntries(
    [...QUESTION_FLAGS, "property" as const].flatMap((flag) => {
      const values = flags[flag];
      return values === undefined
        ? []
        : [[flag, values.map((value) => value.replaceAll(/\s+/g, " ").trim())] as const];
    }),
  );

/** A file that is to be written must not be there, has to be known as one by its name, and extends what ships. */
const checkSaved = (file: string, { name, varied }: AnyScenario, said: Variation): void => {
  if (varied !== undefined && said.extends.text === name)
    throw new CheckError(
      "usage",
      `--save ${file}: a scenario file extends a world that ships, and ${name} is ${varied.by}: leave --save out, or ask of ${varied.from}`,
    );
  if (!/\.ya?ml$/.test(file))
    throw new CheckError("usage", `--save ${file}: a scenario file is called FILE.yaml`);
  if (existsSync(file)) throw new CheckError("usage", `--save ${file}: there is such a file already`);
  checkWritable(file);
};

/** A catalogue with one more scenario, what flags ask, which is meant where none is named. */
const asked = async (
  catalogue: Catalogue,
  scenario: AnyScenario,
  flags: AskingFlags,
): Promise<{
  readonly catalogue: Catalogue;
  readonly variation: Variation;
  readonly named: readonly string[];
}> => {
  const { questionOfFlags, THE_FLAGS } = await import("../../variation/from-flags.ts");
  const { textOfVariation } = await import("../../variation/format/write-variation.ts");
  const own = plain(flags);
  const { variation, named } = questionOfFlags(own, await saidOf(catalogue, scenario), catalogue.scenarios);
  const text: FileText = {
    name: THE_FLAGS,
    text: textOfVariation(variation),
    again: askedAgain(scenario, own),
  };
  return { catalogue: await withTexts({ ...catalogue, files: [] }, [text]), variation, named };
};

/** Whether flags name a property that is not the scenario's own. */
const isForeign = ({ properties }: AnyScenario, { property = [] }: QuestionFlags): boolean =>
  property.some((wanted) => !properties.some((one) => isCalled(one, wanted)));

/**
 * What is loaded, with the question that flags ask if they ask one; and the flags that are left then.
 * @throws CheckError with all that is wrong with them.
 */
export const withQuestion = async <F extends AskingFlags>(
  [load, flags]: readonly [load: Load, flags: F],
  io: Io,
): Promise<readonly [load: Load, flags: F]> => {
  if (!asks(flags) && flags.property === undefined) return [load, flags];
  const loaded = await load();
  const scenario = scenarioNamed(loaded, flags.scenario);
  const again = (catalogue: Catalogue): Load => Object.assign(() => Promise.resolve(catalogue), load);
  if (!asks(flags) && !(scenario.origin !== undefined && isForeign(scenario, flags)))
    return [again(loaded), flags];
  const { catalogue, variation, named } = await asked(loaded, scenario, flags);
  if (flags.save !== undefined) {
    checkSaved(flags.save, scenario, variation);
    const given: AskingFlags = flags;
    const { textOfVariation } = await import("../../variation/format/write-variation.ts");
    const { chosenFirst } = await import("./chosen-first.ts");
    writeWhole(flags.save, textOfVariation(chosenFirst(variation, loaded, scenario, { ...given })));
    if (flags.quiet !== true) io.stderr.write(`The question is saved in ${flags.save}.\n`);
  }
  const left = { ...flags, scenario: undefined, property: named.length === 0 ? undefined : named };
  return [again(catalogue), left];
};
