import type { Command } from "commander";
import type { Load } from "../../catalogue/catalogue.ts";
import { CheckError } from "../../errors.ts";
import type { Io } from "../terminal/io.ts";
import { nanoseconds, whole } from "../flags/values.ts";
import type { ValidateFlags } from "./validate-command.ts";

/** Adds `validate` to a program. */
export const addValidateCommand = (
  program: Command,
  load: Load,
  io: Io,
  done: (code: number) => void,
): void => {
  const { partKeys = [] } = load;
  const command = program
    .command("validate")
    .description(
      "say whether the model allows what a capture of a host shows, and which line it does not allow",
    )
    .argument(
      "[trace]",
      "what tracefs, trace-cmd report or perf script has printed, or - for what is piped in",
    )
    .option(
      "--recorded <events>",
      "what was recorded, as sched:*,timer:hrtimer_start (default: the events that are in it)",
      (text: string, before?: readonly string[]) => [
        ...(before ?? []),
        ...text.split(",").map((one) => one.trim()),
      ],
    )
    .option("--vm <process>", "follow only the virtual machine of this process", whole(0))
    .option("--at <line>", "say what is known of the states at this line", whole(1))
    .option(
      "--clock-skew <time>",
      "allow for clocks of CPUs that are apart by so much, as 2us; the order of each thread and CPU is kept",
      nanoseconds,
    )
    .option("--strict", "do not allow for rare acts that nobody saw")
    .option(
      "--breaks <property>",
      "from which line on every run that agrees with it, or some, has broken this property",
    )
    .option("--widen", "of what is not allowed, say what would have to have happened unseen")
    .option(
      "--world <world>",
      "it is a run of this world from its start, as replay --format prints it: scenario:value:...:option=value, or a trace of it",
    )
    .option(
      "--monitor <world>",
      "no capture: print what is seen of a world, as an automaton that rvgen reads",
    )
    .option(
      "--html <file>",
      "write a page too: a lane for each thread, and what is known behind each line; - prints it instead of the text",
    )
    .option("--json", "print the result as JSON and nothing else")
    .addHelpText(
      "after",
      "\nExit codes: 0 consistent, 1 violation, 2 not a capture, 3 incomplete or with gaps." +
        "\nWith --breaks also 1 where every run that agrees has broken it, and 3 where some has.\n",
    )
    .action(
      async (
        file: string | undefined,
        {
          monitor: monitored,
          ...flags
        }: ValidateFlags & { readonly monitor?: string } & Readonly<Record<string, unknown>>,
      ) => {
        if (monitored !== undefined) {
          const [beside] = [
            ...(file === undefined ? [] : [file]),
            ...command.options
              .filter((option) => !["monitor", "recorded"].includes(option.attributeName()))
              .filter((option) => flags[option.attributeName()] !== undefined)
              .map(({ long }) => long),
          ];
          if (beside !== undefined)
            throw new CheckError("usage", `--monitor reads no capture: leave out ${beside}`);
          const { monitor } = await import("./monitor-command.ts");
          return done(await monitor(await load(), monitored, flags.recorded, io));
        }
        const { validate } = await import("./validate-command.ts");
        const chosen = partKeys.flatMap(({ name }) => {
          const value = flags[name];
          return typeof value === "string" ? [[name, value] as const] : [];
        });
        done(await validate(await load(), file, { ...flags, chosen: Object.fromEntries(chosen) }, io));
      },
    );
  for (const { name, about } of partKeys) command.option(`--${name} <value>`, about);
};
