import type { FollowedWorld } from "#check";
import { captured } from "../scenarios/captured.ts";
import { followedWorlds } from "../scenarios/validation/followed-worlds.ts";
import type { Judged } from "../src/validate/judge-part.ts";
import { validateCapture } from "../src/validate/validate-capture.ts";
import { lineMutants, spread } from "./line-mutants.ts";
import type { PlantedKernel } from "./planted-kernels.ts";
import { eventsOf, judgeLinesIn, randomFrom, runsOf } from "./printed-runs.ts";

type Says = (lines: readonly string[]) => Promise<boolean>;

/** Something is wrong with it, or was only possible by something rare. */
const isRefused = ({ verdict, rare }: Pick<Judged, "verdict" | "rare">): boolean =>
  verdict === "violation" || verdict === "gap" || rare;

const counted = async (mutants: readonly (readonly string[])[], isWrong: Says): Promise<string> => {
  let wrong = 0;
  for (const lines of mutants) if (await isWrong(lines)) wrong++;
  const percent = mutants.length === 0 ? "" : ` (${Math.round((100 * wrong) / mutants.length)} %)`;
  return `${wrong} of ${mutants.length}${percent}`;
};

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

const mutantsTable = (head: string, rows: readonly (readonly string[])[]): readonly string[] => {
  const heads = [head, "as printed", ...Object.keys(lineMutants)];
  return [row(heads), row(heads.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows.map(row)];
};

const RUNS = 3;
const LINES = 60;
const MUTANTS = 15;

const runsRow = async (world: FollowedWorld): Promise<readonly string[]> => {
  const judge = await judgeLinesIn(world);
  const isWrong: Says = async (lines) => isRefused(await judge(lines));
  const problem = world.problem();
  // What is rare would have every run allowed only by something rare.
  const steps = problem.steps.filter((step) => world.observing.rare(step) === undefined);
  const lines = runsOf({ ...problem, steps }, randomFrom(3));
  const runs = Array.from({ length: RUNS }, () => lines(LINES, "ftrace"));
  const cells = [world.name, await counted(runs, isWrong)];
  for (const mutate of Object.values(lineMutants))
    cells.push(
      await counted(
        runs.flatMap((run) => spread(mutate(run), MUTANTS)),
        isWrong,
      ),
    );
  return cells;
};

/** Of how many runs, printed by a world and then spoiled, that world says that something is wrong. */
export const runsTable = async (): Promise<readonly string[]> => {
  const rows = [];
  for (const world of followedWorlds) if (/vmx$|td$/.test(world.name)) rows.push(await runsRow(world));
  return mutantsTable("runs of", rows);
};

/** The same of captures, which are followed in all worlds. */
export const capturesTable = async (
  captures: readonly { readonly name: string; readonly text: string }[],
): Promise<readonly string[]> => {
  const rows = [];
  for (const { name, text } of captures) {
    const lines = text.trimEnd().split(/\r?\n/);
    const recorded = [...new Set(eventsOf(lines).map(({ event }) => event.name))];
    const isWrong: Says = async (some) => {
      const { machines } = await validateCapture(`${some.join("\n")}\n`, captured, { recorded });
      return machines.some(({ parts }) => parts.some(isRefused));
    };
    const cells = [name, await counted([lines], isWrong)];
    for (const mutate of Object.values(lineMutants)) cells.push(await counted(mutate(lines), isWrong));
    rows.push(cells);
  }
  return mutantsTable("capture", rows);
};

/** Runs of each length, of each planted kernel. */
const PLANTED = { runs: 10, lines: [100, 400] } as const;

/** How many runs of a kernel with a planted bug are refused by the world without it. */
export const plantedRow = async ({ bug, world, problem }: PlantedKernel): Promise<string> => {
  const judge = await judgeLinesIn(world);
  const cells = [bug, world.name];
  for (const length of PLANTED.lines) {
    const lines = runsOf(problem, randomFrom(7));
    let refused = 0;
    for (let run = 0; run < PLANTED.runs; run++) {
      const { verdict } = await judge(lines(length, "ftrace"));
      if (verdict === "violation" || verdict === "gap") refused++;
    }
    cells.push(`${refused} of ${PLANTED.runs}`);
  }
  return row(cells);
};

/** What is seen of planted bugs in traces alone. */
export const plantedTable = async (kernels: readonly PlantedKernel[]): Promise<readonly string[]> => {
  const rows = [];
  for (const kernel of kernels) rows.push(await plantedRow(kernel));
  const lengths = PLANTED.lines.map((length) => `refused, ${length} lines`);
  return [row(["planted bug", "world", ...lengths]), row(["---", "---", "---:", "---:"]), ...rows];
};
