import { Command } from "commander";
import { evaluateBy, watchNow } from "../derive/evaluated.ts";
import { unknownName } from "../errors.ts";
import type { Load } from "../catalogue/catalogue.ts";
import { takingCheckFlags, type CheckFlags } from "./check/check-flags.ts";
import type { ClaimsFlags } from "./claims/claims-command.ts";
import { takingCompareFlags, type CompareFlags } from "./compare/compare-flags.ts";
import type { ExploreFlags } from "./explore/explore-flags.ts";
import { takingExploreFlags } from "./explore/taking-explore-flags.ts";
import { failure } from "./terminal/failure.ts";
import { examplesText, exitsText } from "./terminal/help-text.ts";
import { EXIT, type Io } from "./terminal/io.ts";
import { explainName, LIST_HELP, listKind } from "./find/find-help.ts";
import type { ListFlags } from "./find/list-command.ts";
import { questionOf, recordedText } from "./find/recorded.ts";
import type { ReplayFlags } from "./replay/replay-command.ts";
import { takingReplayFlags } from "./replay/replay-flags.ts";
import { takingSimulateFlags, type SimulateFlags } from "./simulate/simulate-flags.ts";
import { takingStepFlags, type StepFlags } from "./step/step-flags.ts";
import { addSchemaCommand } from "./find/schema-command.ts";
import type { QuestionFlags } from "../variation/flags/question-flags.ts";
import { REPORT_HELP } from "./flags/report-files.ts";
import { takingFlips, withFlipGiven } from "./flags/flip-flags.ts";
import { addCompletionCommands } from "./completion/add-completion-commands.ts";
import { addFlipCommand } from "./flip/add-flip-command.ts";
import { addMutateCommand } from "./mutate/add-mutate-command.ts";
import { addValidateCommand } from "./validate/add-validate-command.ts";
import { withFile, type FileFlags } from "./flags/scenario-file.ts";
import { withWorldGiven, type GivenFlags } from "./flags/world-given.ts";
import { printable } from "./terminal/printable.ts";
import { NO_CACHE_HELP } from "./flags/cache-flag.ts";
import { choosing } from "./flags/axis-flags.ts";
import type { UiFlags } from "./ui/ui-command.ts";
import { traceOption } from "./flags/trace-flags.ts";
import { several, whole } from "./flags/values.ts";
import { version } from "../package-version.ts";
import { callProgram, programName } from "../program-name.ts";

/**
 * Refuses what may be given once and is given twice, as nobody can tell which is meant, and an option that is given where
 * the value of another one is missing: a directory called --json is never what was meant.
 */
const refuseMistaken = (command: Command): void => {
  const isOption = (value: unknown): value is string =>
    command.options.some(({ long }) => value === long || String(value).startsWith(`${long}=`));
  for (const option of command.options) {
    const name = option.long ?? option.flags;
    let given = false;
    command.on(`option:${option.name()}`, (value: unknown) => {
      if (option.required && isOption(value))
        command.error(`error: ${name} takes a value, and ${value} is an option: nothing is given in between`);
      if (given && option.parseArg !== several)
        command.error(`error: ${name} is given twice, and may be given once`);
      given = true;
    });
  }
};

const programOf = (io: Io, load: Load, done: (code: number) => void): Command => {
  const { axes = [], columnKind = "column" } = load;
  const program = new Command(programName())
    .description(load.about ?? "Explores every interleaving of a model and checks what is claimed about it.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", `${examplesText(load.examples)}${exitsText()}`)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) => write(printable(text.replace(/^error: /, `${programName()}: `))),
      getOutHelpWidth: () => Math.min(io.stdout.columns ?? 80, 100),
      getErrHelpWidth: () => Math.min(io.stderr.columns ?? 80, 100),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError(`(see ${programName()} --help)`)
    .helpCommand(false);

  takingExploreFlags(program.command("explore"), axes).action(
    async (name: string | undefined, flags: ExploreFlags & FileFlags) => {
      const { exploreNamed } = await import("./explore/explore-named.ts");
      done(await exploreNamed(load, name, flags, io));
    },
  );

  takingSimulateFlags(program.command("simulate"), axes).action(
    async (name: string | undefined, flags: SimulateFlags & GivenFlags) => {
      const { simulate } = await import("./simulate/simulate-command.ts");
      const [loading, meant] = await withWorldGiven(load, flags, name, io);
      done(await simulate(await loading(), meant, io));
    },
  );

  program
    .command("claims")
    .description(`check what is claimed, under each ${columnKind}`)
    .argument("[id...]", "claims, or messages for all that they claim (default: every claim)")
    .option(
      `--${columnKind} <name>`,
      `only under this ${columnKind} of the table of claims; repeatable`,
      several,
    )
    .option("--report <kind=file>", REPORT_HELP, several)
    .option("--json", "print the result as JSON and nothing else")
    .option("--markdown", "print the page docs/claims.md")
    .option("--summary", "print the word on each claim and its sentence only")
    .addOption(traceOption())
    .option("--quiet", "show no progress")
    .option(
      "--workers <n>",
      "share the models among n threads, 1 to 64 (default: as many as there are processors); the answer is the same",
      whole(1, 64),
    )
    .option("--no-cache", NO_CACHE_HELP)
    .action(async (ids: readonly string[], flags: Readonly<Record<string, unknown>>) => {
      const { claims } = await import("./claims/claims-command.ts");
      const columns = flags[columnKind] as ClaimsFlags["columns"];
      done(await claims(await load(), ids, { ...flags, ...(columns && { columns }) }, io, load.bundle));
    });

  takingCompareFlags(program.command("compare"), axes).action(
    async (values: readonly string[], flags: CompareFlags & GivenFlags) => {
      const { compareGiven } = await import("./compare/compare-given.ts");
      done(await compareGiven(load, values, flags, io));
    },
  );

  takingCheckFlags(program.command("check"), axes).action(
    async (names: readonly string[], flags: CheckFlags & GivenFlags) => {
      const { checkGiven } = await import("./check/check-given.ts");
      done(await checkGiven(load, names, flags, io));
    },
  );

  program
    .command("list")
    .description("list what there is, or search in it")
    .argument("[kind]", listKind(axes))
    .option("--search <words>", "only what names or mentions all of these words, as functions and registers")
    .option("--scenario <name>", "only what has a part in this scenario")
    .option("--writes <path>", "of actions: only those that write this field of the state, or one below it")
    .option("--reads <path>", "of actions: only those that read it where they are enabled")
    .option("--json", "as JSON")
    .addHelpText("after", LIST_HELP)
    .action(async (kind: string | undefined, flags: ListFlags) => {
      const known =
        kind === undefined || Object.keys(flags).length > 0
          ? undefined
          : recordedText(load, questionOf("list", kind));
      if (known !== undefined) return io.stdout.write(known);
      const { list } = await import("./find/list-command.ts");
      await list(await load(), kind, flags, io);
    });

  addSchemaCommand(program, load, io);
  addFlipCommand(program, load, io, done);
  addValidateCommand(program, load, io, done);
  addMutateCommand(program, load, io, done);

  program
    .command("explain")
    .description("say what something is, who said it, where it matters, and what to type next")
    .argument("<name>", explainName(axes))
    .action(async (id: string) => {
      const known = recordedText(load, questionOf("explain", id));
      if (known !== undefined) return io.stdout.write(known);
      const { explain } = await import("./find/explain-command.ts");
      await explain(await load(), id, io);
    });

  takingFlips(takingReplayFlags(program.command("replay"))).action(
    async (words: readonly string[], flags: ReplayFlags & FileFlags & QuestionFlags) => {
      const { replayGiven } = await import("./replay/flagged-trace.ts");
      const [flipping, chosen] = await withFlipGiven(load, flags);
      await replayGiven((await withFile(flipping, chosen))[0], words, chosen, io);
    },
  );

  program
    .command("mcp")
    .description(
      "serve list, explain, explore, replay, flip and claims to an assistant: Model Context Protocol over stdin and stdout",
    )
    .action(async () => {
      const { serveMcp } = await import("./mcp/mcp-command.ts");
      done(await serveMcp(load, io));
    });

  choosing(takingStepFlags(program.command("step")), axes).action(
    async (words: readonly string[], flags: StepFlags & GivenFlags) => {
      const { stepGiven } = await import("./step/step-given.ts");
      done(await stepGiven(load, words, flags, io));
    },
  );

  addCompletionCommands(program, load, io);

  program
    .command("ui")
    .description(
      "serve a page to this machine alone, in which worlds are chosen, explored and walked through",
    )
    .option("--port <n>", "the port (default: any that is free)", whole(0, 65_535), 0)
    .action(async (flags: UiFlags) => {
      const { ui } = await import("./ui/ui-command.ts");
      done(await ui(flags, io));
    });

  program
    .command("help")
    .description("print the help of a command")
    .argument("[command]")
    .action((name: string | undefined) => {
      const known = program.commands.map((command) => command.name());
      const command = name === undefined ? program : program.commands.find((one) => one.name() === name);
      if (command === undefined)
        throw unknownName("command", name ?? "", known, `see: ${programName()} --help`);
      command.outputHelp();
    });
  for (const command of program.commands) refuseMistaken(command);
  return program;
};

/**
 * Runs the command line; the exit code. Every failure is printed, none is thrown. What it loads is watched until it is done,
 * and not what this thread does afterwards.
 */
export const main = async (argv: readonly string[], io: Io, load: Load): Promise<number> => {
  let code: number = EXIT.asExpected;
  const before = watchNow();
  callProgram(load.program);
  try {
    const words = argv.every((word) => word === "--") ? [] : argv;
    if (words.length === 0) io.stderr.write(`${programName()}: no command is given\n\n`);
    await programOf(io, load, (exit) => {
      code = exit;
    }).parseAsync(words, { from: "user" });
    return code;
  } catch (error) {
    return failure(error, io);
  } finally {
    evaluateBy(before);
  }
};
