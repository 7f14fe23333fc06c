import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "../table.ts";
import type { Checker, Found } from "./checkers.ts";
import type { Config } from "./config.ts";
import { run, type Command } from "./run.ts";

/** The medians of some runs of one checker on one size. */
export interface Figure {
  readonly checker: Checker;
  readonly config: Config;
  readonly seconds: number;
  readonly bytes: number;
}

/** @throws Error when a checker counts otherwise than the benchmark says: a wrong result has no speed. */
const agree = ({ name, orbits }: Checker, config: Config, found: Found): void => {
  const told = (value: number | undefined, known: number, digits = 15): boolean =>
    value === undefined || Number(value.toPrecision(digits)) === Number(known.toPrecision(digits));
  const states = orbits === true ? config.orbits : config.states;
  if (
    !told(found.states, states) ||
    !told(found.transitions, config.transitions, found.digits) ||
    !told(found.depth, config.depth)
  )
    throw new Error(
      `${name} found ${JSON.stringify(found)} in ${config.name}, which has ${states} states, ` +
        `${config.transitions} transitions and depth ${config.depth}`,
    );
};

/**
 * Builds every checker for one size, then runs them in turns, `runs` times each.
 * @throws Error when one fails, or does not agree with the known numbers.
 */
export const measure = async (
  config: Config,
  checkers: readonly Checker[],
  runs: number,
): Promise<readonly Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), "apicv-check-peers-"));
  try {
    const ready = checkers.map((checker, i) => {
      const own = join(folder, String(i));
      mkdirSync(own);
      return {
        checker,
        own,
        command: checker.build(config, own),
        seconds: [] as number[],
        bytes: [] as number[],
      };
    });
    for (let turn = 0; turn < runs; turn++)
      for (const { checker, own, command, seconds, bytes } of ready) {
        const ran = await run(command satisfies Command, own);
        const found = checker.read(ran);
        agree(checker, config, found);
        seconds.push(ran.seconds);
        bytes.push(found.bytes ?? ran.peakBytes);
      }
    return ready.map(({ checker, seconds, bytes }) => ({
      checker,
      config,
      seconds: median(seconds),
      bytes: median(bytes),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
