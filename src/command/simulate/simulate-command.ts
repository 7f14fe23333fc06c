import { simulate as walk, type Plan } from "../../simulate/simulate.ts";
import { simulatedOf, type Simulated } from "../../catalogue/simulation-outcome.ts";
import { CheckError } from "../../errors.ts";
import { traceStyle } from "../flags/trace-flags.ts";
import { simulationJson, simulationLines } from "../../report/simulation.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { exitCode } from "../terminal/exit.ts";
import type { Io } from "../terminal/io.ts";
import { meterOf } from "../search/progress.ts";
import { isLiveness, type Property } from "../../model/property.ts";
import { posed } from "../../catalogue/answer.ts";
import { worldAsked } from "../flags/world-question.ts";
import { watch } from "../search/watch.ts";
import type { SimulateFlags } from "./simulate-flags.ts";

const isSafety = (property: Property<unknown>): boolean => !isLiveness(property);

/** Changes of priority in a walk, where nothing else is asked for. */
const CHANGES = 2;

const planOf = ({ runs, depth, seed, schedule, changes }: SimulateFlags): Plan => {
  if (schedule === "uniform" && changes !== undefined)
    throw new CheckError(
      "usage",
      "--changes counts changes of priority: add --schedule pct, or leave it out",
    );
  return {
    runs,
    depth,
    seed: seed ?? Math.floor(Math.random() * 2 ** 31),
    schedule: schedule === "uniform" ? { kind: "uniform" } : { kind: "pct", changes: changes ?? CHANGES },
  };
};

const simulated = async (
  catalogue: Catalogue,
  flags: SimulateFlags,
  io: Io,
): Promise<{ readonly answer: Simulated; readonly seconds: number }> => {
  const question = worldAsked(catalogue, flags);
  const plan = planOf(flags);
  // What is asked for by name is refused; of all properties those are asked that a walk can say something of.
  const askable = flags.property === undefined ? question.properties.filter(isSafety) : question.properties;
  const problem = posed({ ...question, properties: askable });
  // A walk is over in a moment: there is nothing to meter.
  const watching = watch(io, {}, meterOf(io, true));
  let seconds = 0;
  let steps = 0;
  const progress = { depth: plan.depth, states: 0, frontier: 0, wantsBytes: 0 };
  const found = await walk(problem, plan, async () =>
    watching.pulse({ ...progress, transitions: ++steps }),
  ).finally(() => {
    seconds = watching.end();
  });
  return { answer: simulatedOf(question, problem, plan, found), seconds };
};

/** `simulate`: random walks, shrunk on failure; the exit code. */
export const simulate = async (catalogue: Catalogue, flags: SimulateFlags, io: Io): Promise<number> => {
  const { answer, seconds } = await simulated(catalogue, flags, io);
  const text =
    flags.json === true
      ? JSON.stringify(simulationJson(answer, seconds), undefined, 2)
      : simulationLines(answer, seconds, flags.property ?? [], traceStyle(flags, io)).join("\n");
  io.stdout.write(`${text}\n`);
  const { stop } = answer.found;
  // Walks that were all taken are no search cut short: unknown is then their answer.
  return exitCode({ stop: stop ?? "depth", complete: false, properties: answer.properties }, flags);
};
