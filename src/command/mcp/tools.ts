import { z } from "zod";
import { asksSeveral } from "../../catalogue/combinations.ts";
import { flipNamed } from "../../catalogue/flips.ts";
import type { Load } from "../../catalogue/catalogue.ts";
import { CheckError } from "../../errors.ts";
import { LARGEST_FILE } from "../../variation/format/limits.ts";
import type { ClaimsFlags } from "../claims/claims-command.ts";
import type { ListFlags } from "../find/list-command.ts";
import type { QuestionFlags } from "../../variation/flags/question-flags.ts";
import type { FileText } from "../flags/file-text.ts";
import { ABOUT } from "../flags/question-flags.ts";
import { withTexts } from "../flags/scenario-file.ts";
import { withWorldGiven, type GivenFlags } from "../flags/world-given.ts";
import type { ReplayFlags } from "../replay/replay-command.ts";
import { EXIT } from "../terminal/io.ts";
import { budgeted, type Given, type Tool } from "./tool.ts";

const word = z.string().min(1).max(1000);
const words = z.array(word).max(100);

const text = z.string().min(1).max(LARGEST_FILE);

/** A trace of 100,000 steps has less. */
const LONGEST_TRACE = 2 ** 21;

/** What a world can be named and varied by, as the flags of the same names; nothing names a file. */
const world = {
  file: text.describe("the text of a scenario file, YAML, instead of a scenario's name").optional(),
  bug: word.describe("the world of a bug instead: ID, or ID=post for the mended one").optional(),
  mutate: word.describe("the world of a mutation instead: ID, or ID=post").optional(),
  ...Object.fromEntries(
    ABOUT.map(([flag, form, about]) => [flag, words.describe(`${form}: ${about}`).optional()]),
  ),
};

/** What is loaded, and the scenario file whose text is given, which is meant then. @throws CheckError with what is wrong in it. */
const withFileText = async (load: Load, given: Given): Promise<readonly [load: Load, given: Given]> => {
  const { file, ...rest } = given as Given & { readonly file?: string };
  if (file === undefined) return [load, rest];
  const others = ["scenario", "bug", "mutate"].filter((name) => name in rest);
  if (others.length > 0)
    throw new CheckError(
      "usage",
      `file and ${others.join(", ")} each say what it is about: give one of them`,
    );
  const catalogue = await withTexts(await load(), [fileOf(file)]);
  return [Object.assign(() => Promise.resolve(catalogue), load), rest];
};

/** A text that came as an argument, under a name for messages. */
const fileOf = (given: string): FileText => ({ name: "file.yaml", text: given });

const list: Tool = {
  name: "list",
  about:
    "What there is, or what mentions some words: give a kind (scenarios, properties, claims, actions, bugs and more), words to search for, or both.",
  input: z.strictObject({
    kind: word
      .describe("scenarios, properties, claims, actions, options, bugs, mutations, findings, ...")
      .optional(),
    search: word.describe("only what names or mentions all of these words").optional(),
    scenario: word.describe("only what has a part in this scenario").optional(),
    writes: word.describe("of actions: only those that write this field of the state").optional(),
    reads: word.describe("of actions: only those that read this field of the state").optional(),
  }),
  json: true,
  run: async (load, given, io) => {
    const { kind, ...flags } = given as ListFlags & { readonly kind?: string };
    await (await import("../find/list-command.ts")).list(await load(), kind, { ...flags, json: true }, io);
    return EXIT.asExpected;
  },
};

const explain: Tool = {
  name: "explain",
  about:
    "What something is, who said it, where it matters, and what to ask next: a property, claim, message, action, option, scenario, bug, field of the state, or any word that notes mention.",
  input: z.strictObject({ name: word.describe("what to explain") }),
  json: false,
  run: async (load, { name }, io) => {
    await (await import("../find/explain-command.ts")).explain(await load(), String(name), io);
    return EXIT.asExpected;
  },
};

/** `explore`, whose scenarios can be chosen by some axes. */
const explore = ({ axes = [] }: Load): Tool => ({
  name: "explore",
  about:
    "Explores every interleaving of a scenario, or of a question of your own about it, within a budget, and gives a verdict on each property with the shortest run that decides it. A verdict `unknown` says that the budget was too small.",
  input: z.strictObject({
    ...budgeted,
    scenario: word
      .describe("the world to explore (default: the catalogue's); what follows the / is enough")
      .optional(),
    ...Object.fromEntries(axes.map(({ name, about }) => [name, word.describe(about).optional()])),
    set: words.describe("decide options: option=value each").optional(),
    property: words.describe("check only these properties").optional(),
    depth: z.int().min(0).describe("look only at runs of at most so many atomic steps").optional(),
    failFast: z.boolean().describe("stop at the first violation").optional(),
    ...world,
  }),
  json: true,
  run: async (load, given, io) => {
    const { states, seconds, ...asked } = given;
    if (
      asksSeveral(
        asked,
        axes.map(({ name }) => name),
      )
    )
      throw new CheckError(
        "usage",
        "a call explores one combination: name one value of each, and call again",
      );
    const [texted, rest] = await withFileText(load, asked);
    const flags = { ...rest, maxStates: states, timeLimit: seconds, json: true, quiet: true };
    const [loading, meant] = await withWorldGiven(texted, flags as GivenFlags, undefined, io);
    return (await import("../explore/explore-command.ts")).explore(loading, meant, io);
  },
});

const replay: Tool = {
  name: "replay",
  about:
    "Takes a run again, step by step, on the reference semantics, and says what it shows: `trace` is what explore gives as `replay`. Give also the file or the question with which it was found.",
  input: z.strictObject({
    trace: z.string().min(1).max(LONGEST_TRACE).describe("the trace, as explore gives it"),
    detail: z
      .enum(["brief", "steps", "full"])
      .describe("full has what each step stands for and where that was read")
      .optional(),
    ...world,
  }),
  json: false,
  run: async (load, given, io) => {
    const { trace, detail, ...asked } = given as Given & { readonly trace: string };
    const [texted, rest] = await withFileText(load, asked);
    const { withFlipGiven } = await import("../flags/flip-flags.ts");
    const [loading, flags] = await withFlipGiven(texted, rest);
    // One word alone may be the name of a file.
    const parts = ["", ...trace.split(/[\s\\]+/)];
    const style = detail === undefined ? {} : { trace: detail };
    const { replayGiven } = await import("../replay/flagged-trace.ts");
    await replayGiven(loading, parts, { ...flags, ...style } as ReplayFlags & QuestionFlags, io);
    return EXIT.asExpected;
  },
};

const flip: Tool = {
  name: "flip",
  about:
    "Shows that bugs or mutations can be told: violated with each, and without it a complete search in which all holds. Give ids, or the text of a scenario file with a switch between pre and post.",
  input: z.strictObject({
    ...budgeted,
    ids: words.describe("as list bugs and list mutations name them").optional(),
    file: text.describe("the text of a scenario file with a switch between pre and post").optional(),
  }),
  json: true,
  run: async (load, given, io) => {
    const { ids = [], file } = given as { readonly ids?: readonly string[]; readonly file?: string };
    if (ids.length === 0 && file === undefined)
      throw new CheckError("usage", "flip what? give ids of list bugs or list mutations, or a file");
    const catalogue = await load();
    const { flipOfFile } = await import("../../variation/flip-file.ts");
    const wanted = await Promise.all([...new Set(ids)].map((id) => flipNamed(catalogue, id)));
    const all = file === undefined ? wanted : [...wanted, flipOfFile(fileOf(file), catalogue)];
    return (await import("../flip/flip-command.ts")).flipAll(all, { json: true, quiet: true }, io);
  },
};

/** `claims`, checked under columns that the catalogue calls so. */
const claims = ({ columnKind = "column" }: Load): Tool => ({
  name: "claims",
  about: `Checks what is claimed, under each ${columnKind}, within a budget; \`complete\` is false where it was too small.`,
  input: z.strictObject({
    ...budgeted,
    ids: words.describe("claims, or messages for all that they claim (default: every claim)").optional(),
    [columnKind]: words.describe(`only under these: ${columnKind}`).optional(),
  }),
  json: true,
  run: async (load, given, io) => {
    const ids = (given["ids"] ?? []) as readonly string[];
    const columns = given[columnKind] as ClaimsFlags["columns"];
    const flags: ClaimsFlags = { json: true, quiet: true, workers: 1, ...(columns && { columns }) };
    return (await import("../claims/claims-command.ts")).claims(await load(), ids, flags, io);
  },
});

/** The tools of a catalogue. */
export const toolsOf = (load: Load): readonly Tool[] => [
  list,
  explain,
  explore(load),
  replay,
  flip,
  claims(load),
];
