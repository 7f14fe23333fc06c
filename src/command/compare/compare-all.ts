import { propertiesNamed } from "../../catalogue/answer.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { choiceOf } from "../../catalogue/choice.ts";
import { choicesOf } from "../../catalogue/combinations.ts";
import { differencesOf } from "../../catalogue/differences.ts";
import { followingOptions } from "../../catalogue/following-options.ts";
import type { AnyScenario } from "../../catalogue/scenario.ts";
import { CheckError } from "../../errors.ts";
import { chosenOn } from "../../model/axis.ts";
import { comparisonsJson, comparisonsLines, type WorldCompared } from "../../report/comparisons.ts";
import { checkMemoryLimit } from "../search/memory-check.ts";
import { gravestExit } from "../terminal/exit.ts";
import type { Io } from "../terminal/io.ts";
import type { CompareFlags } from "./compare-flags.ts";
import { comparedAlong, lanesOf, valuesOn } from "./lanes.ts";
import { searched } from "./search-lanes.ts";

/** Flags that say something of one world, or of options that not all have. */
const OF_ONE = ["scenario", "set", "property", "report"] as const;

/** Whether a scenario has what flags choose on the axes. */
const has = (scenario: AnyScenario, flags: CompareFlags): boolean => {
  const said = { ...flags } as Readonly<Record<string, unknown>>;
  return Object.entries(scenario.axes ?? {}).every(([axis, values]) => {
    const text = said[axis];
    return (
      typeof text !== "string" || text === "*" || text.split(",").every((value) => values.includes(value))
    );
  });
};

/** `compare A B [...] --all`: which verdicts differ between values on an axis, in every world that has them; the exit code. */
export const compareAll = async (
  catalogue: Catalogue,
  words: readonly string[],
  given: CompareFlags,
  io: Io,
): Promise<number> => {
  for (const flag of OF_ONE)
    if (given[flag] !== undefined)
      throw new CheckError("usage", `--all compares in every world: leave out --${flag}, or --all`);
  const { axis, texts, flags } = comparedAlong(catalogue, words, given);
  const values = [...new Set(texts)];
  const option = values.find((text) => /[=,]/.test(text));
  if (axis === undefined || option !== undefined)
    throw new CheckError("usage", "--all compares values on an axis: an option is compared in one world");
  checkMemoryLimit(io, flags.maxMemory);
  const begun = io.now();
  const worlds = catalogue.scenarios.filter((scenario) => valuesOn(scenario, axis).length > 0);
  const meant = worlds.filter(
    (scenario) => has(scenario, flags) && values.every((value) => valuesOn(scenario, axis).includes(value)),
  );
  // A value that no world has is refused as in one world.
  if (meant.length === 0 || values.length < 2)
    lanesOf(worlds[0] ?? catalogue.scenarios[0], axis, values, flags);
  const found: WorldCompared[] = [];
  const asked = meant.flatMap((scenario) =>
    choicesOf(scenario, { ...flags }).map((choice) => ({ scenario, choice })),
  );
  for (const { scenario, choice } of asked) {
    const choices = values.map((value) => choiceOf(scenario, { ...chosenOn(choice), [axis.name]: value }));
    const [base, ...others] = choices.map((one, place) => ({ name: values[place], choice: one }));
    const properties = propertiesNamed(scenario, undefined);
    const results = await searched({ scenario, properties }, choices, flags, io);
    found.push({
      scenario,
      choice: choices[0],
      differences: others.map((other) => differencesOf(scenario, base, other)),
      followed: followingOptions(scenario, axis.name, choices),
      results,
    });
    if (results.some(({ stop }) => stop === "interrupted")) break;
  }
  const seconds = (io.now() - begun) / 1000;
  const all = { axis, values, worlds: found };
  io.stdout.write(
    given.json === true
      ? `${JSON.stringify(comparisonsJson(all, seconds), undefined, 2)}\n`
      : `${comparisonsLines(all).join("\n")}\n`,
  );
  return gravestExit(
    found.flatMap(({ results }) => results),
    flags,
  );
};
