import { propertiesNamed } from "../../catalogue/answer.ts";
import { scenarioNamed, type Catalogue } from "../../catalogue/catalogue.ts";
import { CheckError } from "../../errors.ts";
import { optionsJson, optionsLines } from "../../report/option-combinations.ts";
import { matrixExit, searchMatrix } from "../search/matrix-search.ts";
import { checkMemoryLimit } from "../search/memory-check.ts";
import type { Io } from "../terminal/io.ts";
import { askedOfEach, type CompareFlags } from "./compare-flags.ts";

/** `compare --all-options`: under which combinations of options all properties hold; the exit code. */
export const compareOptions = async (
  catalogue: Catalogue,
  values: readonly string[],
  flags: CompareFlags,
  io: Io,
): Promise<number> => {
  const axis = catalogue.axes?.[0];
  if (axis === undefined && values.length > 0)
    throw new CheckError("usage", `this catalogue names no axis: leave out ${values.join(" ")}`);
  const scenario = scenarioNamed(catalogue, flags.scenario);
  const fixed = (flags.set ?? []).map((setting) => setting.split("=")[0]);
  const open = scenario.options.filter(({ name }) => !fixed.includes(name));
  if (open.length === 0 && fixed.length === 0)
    throw new CheckError("usage", `${scenario.name} has no options: choose another --scenario`);
  const properties = propertiesNamed(scenario, flags.property).filter(
    ({ kind }) => flags.property !== undefined || kind === "invariant" || kind === "step",
  );
  if (properties.length === 0)
    throw new CheckError("usage", `${scenario.name} has no safety property: name another with --property`);
  checkMemoryLimit(io, flags.maxMemory);
  const matrix = await searchMatrix(
    catalogue,
    {
      scenario,
      wish: {
        ...flags,
        ...(axis === undefined || values.length === 0 ? {} : { [axis.name]: [...new Set(values)].join(",") }),
        set: [...(flags.set ?? []), ...open.map(({ name }) => `${name}=*`)],
      },
      properties,
      asked: askedOfEach(flags),
      workers: flags.workers,
      quiet: flags.quiet === true,
    },
    io,
  );
  const lines =
    flags.json === true ? [JSON.stringify(optionsJson(matrix), undefined, 2)] : optionsLines(matrix);
  io.stdout.write(`${lines.join("\n")}\n`);
  return matrixExit(matrix, flags);
};
