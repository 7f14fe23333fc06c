import { asksSeveral } from "../../catalogue/combinations.ts";
import { outcomeOf, type Question } from "../../catalogue/outcome.ts";
import { CheckError } from "../../errors.ts";
import type { Exploration, Explore, Problem } from "../../problem/exploration.ts";
import type { Symmetry } from "../../problem/symmetry.ts";
import type { PrestartedWorkers } from "../../fast/threads/prestarted.ts";
import { sizeKnown, worldText, type KnownSize } from "../../catalogue/size.ts";
import { exploreJson } from "../../report/json.ts";
import { rungLines, type Rung } from "../../report/rung.ts";
import { summary } from "../../report/summary.ts";
import type { Catalogue, Load } from "../../catalogue/catalogue.ts";
import { checkCheckpoint } from "./checkpoint-flags.ts";
import { exitCode } from "../terminal/exit.ts";
import { askedBy, type ExploreFlags } from "./explore-flags.ts";
import type { Answered } from "./deepen.ts";
import { exportFiles, writeExports, type ExportFile } from "./export-file.ts";
import { checkGraphFile, graphOf, writeGraph } from "./graph-file.ts";
import { checkOptionConflicts } from "./option-conflicts.ts";
import type { Io } from "../terminal/io.ts";
import { meterOf } from "../search/progress.ts";
import { noticingIdle } from "../../catalogue/idle-changes.ts";
import { posed } from "../../catalogue/answer.ts";
import { withoutLawsOfBehaviours } from "../../catalogue/laws-of-behaviours.ts";
import { reduced, worldAsked } from "../flags/world-question.ts";
import { checkMemoryLimit } from "../search/memory-check.ts";
import { checkShared, loadingOf, sourceOf } from "../flags/source.ts";
import { isGraph, reportFiles, takesStdout, type ReportFile } from "../flags/report-files.ts";
import { writeReports, type Findings } from "../flags/write-reports.ts";
import { traceStyle } from "../flags/trace-flags.ts";
import { watch } from "../search/watch.ts";

const questionOf = (catalogue: Catalogue, flags: ExploreFlags): Question => {
  const question = { ...worldAsked(catalogue, flags), asked: askedBy(flags) };
  const checksLiveness = flags.switches === undefined && flags.symmetry === undefined && flags.por !== true;
  return checksLiveness || flags.property !== undefined
    ? question
    : { ...question, ...withoutLawsOfBehaviours(question.properties) };
};

/** What searches are set up with: the catalogue, and threads that were started for the first of them. */
interface Setup {
  readonly catalogue: Catalogue;
  readonly prestarted: PrestartedWorkers | undefined;
}

/** An engine, how many threads it searches with, and where it goes on from. */
interface Engine {
  readonly explore: Explore;
  readonly workers: number;
  /** States found before, once the search has begun. */
  readonly resumedAtStates?: () => number | undefined;
}

/** How large the search will be, where such ones were measured: by the fast engine, whole, and of all states. */
const sizeOf = (
  { sizes }: Catalogue,
  { scenario, choice, asked }: Question,
  { reference, paranoid, symmetry, por }: ExploreFlags,
): KnownSize | undefined =>
  reference !== true &&
  paranoid !== true &&
  asked.depth === null &&
  asked.switches === null &&
  asked.states === null &&
  symmetry === undefined &&
  por !== true
    ? sizes && sizeKnown(sizes, worldText(scenario, choice), scenario.name)
    : undefined;

/** The engine that is asked for, and how many threads it searches with. @throws CheckError where it has only one. */
const engineOf = async (
  { catalogue, prestarted }: Setup,
  question: Question,
  flags: ExploreFlags,
  io: Io,
): Promise<Engine> => {
  const { workers = 1 } = flags;
  if (flags.paranoid === true && workers > 1)
    throw new CheckError("usage", "--paranoid has one thread: leave out --workers, or --paranoid");
  if (flags.reference === true) {
    if (workers > 1)
      throw new CheckError("usage", "--reference has one thread: leave out --workers, or --reference");
    return { explore: (await import("../../explore.ts")).exploreReference, workers };
  }
  const { exploreFast } = await import("../../explore.ts");
  if (workers > 1) checkShared(catalogue);
  const threads = async <S>(problem: Problem<S>) =>
    workers === 1
      ? undefined
      : { count: workers, source: await sourceOf(catalogue, question, problem, flags), prestarted };
  if (flags.checkpoint === undefined && flags.resume === undefined)
    return {
      explore: async (problem, bounds, pulse) => exploreFast(problem, bounds, pulse, await threads(problem)),
      workers,
    };
  const { keepingOf } = await import("./checkpoint.ts");
  let resumedAtStates: number | undefined;
  return {
    explore: async (problem, bounds, pulse) => {
      const { keeping, release, complain } = keepingOf(question, problem, flags, io);
      resumedAtStates = keeping.from?.standing.states;
      const found = await exploreFast(problem, bounds, pulse, await threads(problem), keeping).finally(
        release,
      );
      complain();
      return found;
    },
    workers,
    resumedAtStates: () => resumedAtStates,
  };
};

/** Says before a search what many namings will cost. */
const tellCost = async (symmetry: Symmetry, io: Io): Promise<void> => {
  const text = (await import("../../methods/symmetry/symmetry-of.ts")).costText(symmetry);
  if (text !== undefined) io.stderr.write(`${text}\n`);
};

/** The exploration with the calmest of the shortest runs. */
const calmed = async <S>(problem: Problem<S>, found: Exploration<S>, io: Io): Promise<Exploration<S>> => {
  if (found.findings.every(({ path }) => path === undefined)) return found;
  const [{ calmest }, { exploreFast }] = await Promise.all([
    import("../../methods/switches/calm.ts"),
    import("../../explore.ts"),
  ]);
  const watching = watch(io, {}, meterOf(io, true));
  return calmest(exploreFast, problem, found, watching.pulse).finally(() => watching.end());
};

const search = async (setup: Setup, question: Question, flags: ExploreFlags, io: Io): Promise<Answered> => {
  const { switches } = question.asked;
  const engine = await engineOf(setup, question, flags, io);
  const bounded =
    switches === null
      ? engine.explore
      : (await import("../../methods/switches/switches.ts")).withinSwitches(engine.explore, switches);
  const explore =
    flags.paranoid === true ? (await import("../../doubt/paranoid.ts")).paranoid(bounded) : bounded;
  const whole = posed(question);
  const before = io.memory().resident;
  const watching = watch(
    io,
    { memoryBytes: flags.maxMemory, seconds: flags.timeLimit },
    meterOf(io, flags.quiet === true),
    sizeOf(setup.catalogue, question, flags),
  );
  let seconds = 0;
  const answer = async () => {
    const problem = await reduced(whole, flags, watching.pulse);
    if (problem.symmetry !== undefined && flags.quiet !== true) await tellCost(problem.symmetry, io);
    const { varied } = question.scenario;
    // What was found before a checkpoint is not seen again.
    const watched = flags.resume === undefined;
    const { exploreFast } = await import("../../explore.ts");
    const exploration = await noticingIdle(watched ? varied : undefined, explore, exploreFast)(
      problem,
      {
        ...(flags.depth === undefined ? {} : { depth: flags.depth }),
        ...(flags.maxStates === undefined ? {} : { states: flags.maxStates }),
        failFast: flags.failFast === true,
      },
      watching.pulse,
    );
    return { problem, exploration };
  };
  const { problem, exploration: found } = await answer().finally(() => {
    seconds = watching.end();
  });
  // What the search left behind makes room for the report.
  const { peak } = io.memory(flags.maxMemory !== undefined);
  const exploration = flags.traceOrder === "shortest" ? found : await calmed(problem, found, io);
  const resumedAtStates = engine.resumedAtStates?.();
  const held = exploration.tableBytes > 0 ? exploration.tableBytes : Math.max(0, peak - before);
  return {
    outcome: outcomeOf(question, problem, exploration),
    effort: {
      seconds,
      engine: flags.reference === true ? "reference" : "fast",
      workers: engine.workers,
      ...(resumedAtStates === undefined ? {} : { resumedAtStates }),
      peakMemoryBytes: peak,
      bytesPerState: Math.round(held / Math.max(1, exploration.nodes ?? exploration.states)),
    },
  };
};

/** Searches as the flags say: once, or under one bound on switches after the other, reporting each as it ends. */
const searched = async (
  setup: Setup,
  question: Question,
  flags: ExploreFlags,
  io: Io,
  tell: (rung: Rung) => void,
): Promise<Answered & { readonly rungs: readonly Rung[] }> => {
  const { switches } = flags;
  if (switches === undefined || switches.from === switches.to)
    return { ...(await search(setup, question, flags, io)), rungs: [] };
  const { deepen } = await import("./deepen.ts");
  return deepen(
    switches,
    flags.timeLimit,
    (n, left) =>
      search(
        setup,
        { ...question, asked: { ...question.asked, switches: n } },
        left === undefined ? flags : { ...flags, timeLimit: left },
        io,
      ),
    tell,
  );
};

/** What is to be written besides the text. */
interface Outputs {
  readonly reports: readonly ReportFile[];
  readonly exports: readonly ExportFile[];
}

/** The reports and exports, all outputs being tried before anything is explored. */
const outputs = (flags: ExploreFlags): Outputs => {
  if (flags.graph !== undefined) checkGraphFile(flags.graph);
  const exports = exportFiles(flags.export ?? []);
  const others = [...(flags.graph === undefined ? [] : [flags.graph]), ...exports.map(({ file }) => file)];
  const reports = reportFiles(flags, others);
  if (flags.graphOf !== undefined && flags.graph === undefined && !reports.some(({ kind }) => isGraph(kind)))
    throw new CheckError(
      "usage",
      `--graph-of says what a graph shows, and none is asked: add --report dot=FILE`,
    );
  return { reports, exports };
};

/** Threads that load the catalogue while this one does, where there are to be several. */
const prestartedFor = async (
  { module }: Load,
  { workers = 1 }: ExploreFlags,
): Promise<PrestartedWorkers | undefined> =>
  module === undefined || workers === 1
    ? undefined
    : new (await import("../../fast/threads/prestarted.ts")).PrestartedWorkers(
        workers - 1,
        loadingOf(module),
      );

/** No more threads than can run at once: others only take time and memory to start. */
const withinProcessors = (flags: ExploreFlags, { processors }: Io): ExploreFlags =>
  (flags.workers ?? 1) <= processors ? flags : { ...flags, workers: Math.max(1, processors) };

/** `explore`: one question, answered; the exit code. */
export const explore = async (load: Load, asked: ExploreFlags, io: Io): Promise<number> => {
  const axes = (load.axes ?? []).map(({ name }) => name);
  if (asksSeveral({ ...asked }, axes))
    return (await import("./explore-matrix.ts")).exploreMatrix(await load(), asked, io);
  const flags = withinProcessors(asked, io);
  const setup = { prestarted: await prestartedFor(load, flags), catalogue: await load() };
  const question = questionOf(setup.catalogue, flags);
  checkOptionConflicts(flags);
  checkCheckpoint(flags);
  const { reports, exports } = outputs(flags);
  checkMemoryLimit(io, flags.maxMemory);
  const data = takesStdout(reports);
  const print = (lines: readonly string[]): void => io.stdout.write(`${lines.join("\n")}\n`);
  const {
    outcome,
    effort: spent,
    rungs,
  } = await searched(setup, question, flags, io, (rung) => {
    if (!data) print(rungLines(rung));
  });
  const effort = flags === asked ? spent : { ...spent, workersAsked: asked.workers };
  if (!data)
    print([
      ...(rungs.length > 0 ? [""] : []),
      ...summary(outcome, effort, flags.property ?? [], traceStyle(flags, io)),
    ]);
  const findings: Findings = {
    json: () => exploreJson(outcome, effort, rungs),
    reported: async () => (await import("./explore-reported.ts")).exploreReported(outcome, effort, flags),
    detail: async () => [(await import("../../report/page/page-report-of.ts")).detailOf(outcome)],
    graph: (format) => graphOf(outcome, format, flags.graphOf),
  };
  await writeReports(reports, findings, io);
  if (flags.graph !== undefined) await writeGraph(flags.graph, outcome, flags.graphOf, io);
  await writeExports(exports, outcome);
  return exitCode(outcome, flags);
};
