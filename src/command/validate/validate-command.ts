import { statSync, type BigIntStats } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { parseWorld } from "../../catalogue/handle.ts";
import type { AnyScenario } from "../../catalogue/scenario.ts";
import { worldText } from "../../catalogue/size.ts";
import { CheckError, unknownName } from "../../errors.ts";
import { isCalled, type Property } from "../../model/property.ts";
import { initialStates } from "../../problem/exploration.ts";
import { programName } from "../../program-name.ts";
import { validationJson } from "../../report/validation-json.ts";
import { validationText } from "../../report/validation-text.ts";
import type { Chosen } from "../../validate/choose-parts.ts";
import type { PartVerdict } from "../../validate/judge-part.ts";
import type { CaptureText } from "../../validate/read-capture.ts";
import { validateCapture, type Validation } from "../../validate/validate-capture.ts";
import { capturedBy, recordedIn } from "./recorded-events.ts";
import { EXIT, type Io } from "../terminal/io.ts";
import { checkWritable, isStdout, writeWhole } from "../terminal/output.ts";
import { bytesOf, chunksOf } from "../terminal/read-bytes.ts";

/** The flags of `validate`. */
export interface ValidateFlags {
  readonly recorded?: readonly string[];
  readonly strict?: boolean;
  readonly breaks?: string;
  readonly widen?: boolean;
  readonly world?: string;
  readonly chosen?: Chosen;
  readonly vm?: number;
  readonly at?: number;
  readonly clockSkew?: bigint;
  readonly html?: string;
  readonly json?: boolean;
}

const LARGEST = 2 ** 29 - 1;
const STDIN = "/dev/stdin";
/** As many bytes are decoded at a time. */
const PIECE = 2 ** 14;

const exits: Readonly<Record<PartVerdict, number>> = {
  violation: EXIT.unexpected,
  gap: EXIT.limit,
  incomplete: EXIT.limit,
  consistent: EXIT.asExpected,
};

/** What a file is called for the system: `-` is what is piped in. */
const pathOf = (file: string): string => (file === "-" ? STDIN : file);

/** What is behind a name, links followed; undefined where nothing is, or it cannot be looked at. */
const behind = (file: string): BigIntStats | undefined => {
  try {
    return statSync(file, { bigint: true });
  } catch {
    return undefined;
  }
};

/** @throws CheckError where the page cannot be written, would lie where the capture is, or is one of two outputs on stdout. */
const refusePage = (file: string, { html, json }: ValidateFlags): void => {
  if (html === undefined) return;
  if (isStdout(html)) {
    if (json === true)
      throw new CheckError(
        "usage",
        "stdout takes one report, and json and html are asked there: name a file for --html",
      );
    return;
  }
  if (html === "") throw new CheckError("usage", "--html names no file: give one, or - for stdout");
  const [page, capture] = [behind(html), behind(pathOf(file))];
  if (page !== undefined && page.dev === capture?.dev && page.ino === capture.ino)
    throw new CheckError("usage", `--html would overwrite the capture ${html}: give another file`);
  checkWritable(html);
};

/** The text of a file, read piece by piece; what is piped in can be read only once, and is kept. */
const textOf = async (file: string): Promise<CaptureText> => {
  const bad = (why: string, cause?: unknown): CheckError =>
    new CheckError("input", `cannot read the capture ${file}: ${why}`, { cause });
  const reading = {
    largest: LARGEST,
    bad,
    tooLarge: (size: string) => `it has ${size} bytes, and a capture may have ${LARGEST}`,
  };
  if (behind(file)?.isFile() === true) return () => decoded(chunksOf(file, reading));
  const bytes = await bytesOf(pathOf(file), reading);
  return () => decoded([bytes]);
};

/** Bytes as text, piece by piece. */
const decoded = async function* (
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
): AsyncGenerator<string, void, undefined> {
  const decoder = new StringDecoder("utf8");
  for await (const chunk of chunks)
    for (let from = 0; from < chunk.length; from += PIECE)
      yield decoder.write(chunk.subarray(from, from + PIECE));
  yield decoder.end();
};

/** The world that is named, as it is built. @throws CheckError when the catalogue has none such. */
const worldNamed = (text: string, { scenarios }: Pick<Catalogue, "scenarios">) => {
  const { scenario, choice } = parseWorld(text, scenarios);
  const { model, start, unreachable } = scenario.build(choice);
  const name = worldText(scenario, choice);
  if (unreachable !== undefined) throw new CheckError("usage", `${name} has no start: ${unreachable}`);
  return {
    scenario,
    world: { name, model, scope: scenario.scope, start: start ?? initialStates(model, scenario.scope) },
  };
};

/** The property of that name, of those that are asked in some scenarios. @throws CheckError when none is called so; names the nearest. */
const propertyNamed = (
  id: string,
  scenarios: readonly Pick<AnyScenario, "properties">[],
): Property<unknown> => {
  const known = scenarios.flatMap(({ properties }) => properties);
  const found = known.find((property) => isCalled(property, id));
  if (found !== undefined) return found;
  throw unknownName(
    "property",
    id,
    [...new Set(known.map((property) => property.id))],
    `see: ${programName()} list properties`,
  );
};

/** The worse of what was found of a capture, and of what is asked of the runs that agree with it. */
const exitOf = ({ verdict, machines }: Validation): number => {
  const broken = machines.flatMap(({ parts }) => parts.map((part) => part.broken?.by));
  if (verdict === "violation" || broken.includes("every")) return EXIT.unexpected;
  return broken.includes("some") ? EXIT.limit : exits[verdict];
};

/** @throws CheckError where flags are given beside --world, of whose run everything is followed. */
const refuseBesideWorld = ({ world, widen, chosen = {}, vm, at, clockSkew }: ValidateFlags): void => {
  if (world === undefined) return;
  if (widen === true)
    throw new CheckError(
      "usage",
      "--widen asks what a host did that --world does not allow for: leave out one of the two",
    );
  const [one] = [
    ...Object.keys(chosen),
    ...(vm === undefined ? [] : ["vm"]),
    ...(at === undefined ? [] : ["at"]),
    ...(clockSkew === undefined ? [] : ["clock-skew"]),
  ];
  if (one !== undefined)
    throw new CheckError("usage", `--world follows all of a run as it was printed: leave out --${one}`);
};

/** Writes what was found: the text or data on stdout, and the page beside it or, on stdout, instead. */
const write = async (
  file: string,
  found: Validation,
  { html, json }: ValidateFlags,
  { stdout }: Pick<Io, "stdout">,
): Promise<void> => {
  const print = (): string =>
    json === true ? `${JSON.stringify(validationJson(file, found), null, 2)}\n` : validationText(file, found);
  if (html === undefined) {
    stdout.write(print());
    return;
  }
  const { validationHtml } = await import("../../report/validation-html.ts");
  const page = validationHtml(file, found);
  if (!isStdout(html)) writeWhole(html, page);
  stdout.write(isStdout(html) ? page : print());
};

/**
 * `validate TRACE`: whether the model allows what a capture shows.
 * @throws CheckError when it cannot be read, has no event, or an event that was to be recorded is not known,
 * or nothing in it is what is to be followed.
 */
export const validate = async (
  catalogue: Pick<Catalogue, "captured" | "scenarios">,
  file: string | undefined,
  flags: ValidateFlags,
  io: Pick<Io, "stdout">,
): Promise<number> => {
  const { recorded, strict, breaks, widen, world: worldGiven, chosen, vm, at, clockSkew, html } = flags;
  const captured = await capturedBy(catalogue);
  if (file === undefined || file === "")
    throw new CheckError("usage", "which capture? Give a file, or - for what is piped in");
  refuseBesideWorld(flags);
  refusePage(file, flags);
  const given = worldGiven === undefined ? undefined : worldNamed(worldGiven, catalogue);
  const property =
    breaks === undefined
      ? undefined
      : propertyNamed(breaks, given === undefined ? catalogue.scenarios : [given.scenario]);
  const found = await validateCapture(await textOf(file), captured, {
    strict,
    breaks: property,
    widen,
    world: given?.world,
    chosen,
    process: vm,
    at,
    skew: clockSkew,
    shows: html !== undefined,
    recorded: recorded && recordedIn(recorded, [...captured.tracepoints.values()]),
  });
  if (found.events === 0)
    throw new CheckError("input", `${file} is no capture: no line of it is an event that is known`);
  await write(file, found, flags, io);
  return exitOf(found);
};
