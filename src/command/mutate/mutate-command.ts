import { scenarioNamed, type Catalogue } from "../../catalogue/catalogue.ts";
import type { Wish } from "../../catalogue/choice.ts";
import { exploreFast } from "../../explore.ts";
import { moduleBeside } from "../../module-beside.ts";
import { mutateLines } from "../../mutate/mutate-text.ts";
import { mutateWorlds, type MutantResult, type Mutating } from "../../mutate/mutate-worlds.ts";
import { countsOf, groupedBy, rateOf, surveyed } from "../../mutate/survey.ts";
import { version } from "../../package-version.ts";
import { SCHEMA_VERSION } from "../../report/schema-version.ts";
import { checkShared } from "../flags/source.ts";
import { sharedOut } from "../search/model-threads.ts";
import { meterOf } from "../search/progress.ts";
import { watch } from "../search/watch.ts";
import { EXIT, type Io } from "../terminal/io.ts";
import { keptIn } from "./kept-answers.ts";

/** The options of `mutate`, as parsed; the values on axes are among them. */
export interface MutateFlags {
  readonly set?: readonly string[];
  readonly sample?: number;
  readonly seed: number;
  readonly maxStates: number;
  readonly workers: number;
  readonly checkpoint?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What a thread is told to ask about mutants with others. */
export interface MutateGiven extends Pick<Mutating, "sample" | "seed" | "most"> {
  readonly catalogue: string;
  readonly scenarios: readonly string[];
  readonly wish: Wish;
  readonly checkpoint: string | undefined;
}

/** No world has more mutants together. */
const MOST_MUTANTS = 2 ** 20;

/** `mutate`: what the properties of some worlds say of their mutants; the exit code. */
export const mutate = async (
  catalogue: Catalogue,
  names: readonly string[],
  flags: MutateFlags,
  io: Io,
): Promise<number> => {
  const worlds =
    names.length === 0 ? catalogue.scenarios : names.map((name) => scenarioNamed(catalogue, name));
  const axes = (catalogue.axes ?? []).map(({ name }) => name);
  const chosen = Object.entries(flags).filter(([flag]) => flag === "set" || axes.includes(flag));
  const wish: Wish = Object.fromEntries(chosen);
  const { sample, seed, maxStates: most, checkpoint, quiet = false } = flags;
  const kept = keptIn(checkpoint);
  const count = Math.min(flags.workers, io.processors);
  const watching = watch(io, {}, meterOf(io, quiet));
  const found = async () => {
    const asked = { sample, seed, most };
    const alone = { ...asked, ...kept, explore: exploreFast, pulse: watching.pulse, takes: () => true };
    if (count === 1) return mutateWorlds(worlds, wish, alone);
    const given: MutateGiven = {
      ...asked,
      catalogue: checkShared(catalogue),
      scenarios: worlds.map(({ name }) => name),
      wish,
      checkpoint,
    };
    const worker = moduleBeside(import.meta.url, "mutate-worker");
    const { mine, others } = await sharedOut<
      MutateGiven,
      MutantResult,
      Awaited<ReturnType<typeof mutateWorlds>>
    >({ worker, given, models: MOST_MUTANTS, count, pulse: watching.pulse }, (taking) =>
      mutateWorlds(worlds, wish, { ...alone, ...taking }),
    );
    return { ...mine, results: [...mine.results, ...others] };
  };
  const { results, tooLarge } = await found().finally(() => void watching.end());
  const ordered = results.toSorted(
    (a, b) => a.world.localeCompare(b.world, "en") || a.mutant.localeCompare(b.mutant, "en"),
  );
  const all = surveyed(ordered, catalogue.parts);
  const interrupted = (await watching.pulse(IDLE)) === "interrupted";
  if (flags.json === true) {
    const data = {
      schemaVersion: SCHEMA_VERSION,
      version: version(),
      interrupted,
      rate: rateOf(all),
      parts: Object.fromEntries(
        [...groupedBy(all, ({ part }) => part)].flatMap(([part, of]) =>
          part === null ? [] : [[part, { ...countsOf(of), ...rateOf(of) }]],
        ),
      ),
      mutants: all,
      results: ordered,
      tooLarge,
    };
    io.stdout.write(`${JSON.stringify(data, undefined, 2)}\n`);
  } else io.stdout.write(`${mutateLines(ordered, all, tooLarge).join("\n")}\n`);
  return interrupted ? EXIT.interrupted : EXIT.asExpected;
};

const IDLE = { depth: 0, states: 0, transitions: 0, frontier: 0, wantsBytes: 0 };
