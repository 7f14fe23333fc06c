import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach } from "vitest";
import { main } from "../../src/command/program.ts";
import { resultStore } from "../../src/command/search/result-store.ts";
import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import type { AnyScenario } from "../../src/catalogue/scenario.ts";
import { axes, catalogue, fakeIo } from "../fixtures/io.ts";

/** How a command is run on a build that keeps results. */
interface Asking {
  readonly from?: Catalogue;
  readonly env?: Readonly<Record<string, string>>;
  readonly io?: Parameters<typeof fakeIo>[0];
}

/** A build of the program, made anew for each test, and the folder in which it keeps results. */
export const keptBuild = () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "apicv-check-kept-"));
    mkdirSync(join(dir, "bundle"));
    writeFileSync(join(dir, "bundle/main.js"), "// all of the code\n");
    writeFileSync(join(dir, "bundle/recorded.json"), "{}");
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const cache = (): string => join(dir, "cache/apicv-check");
  const builds = (): readonly string[] => readdirSync(cache());
  const files = (): readonly string[] => readdirSync(join(cache(), builds()[0])).toSorted();
  return {
    inDir: (name: string): string => join(dir, name),
    builds,
    files,
    fileAt: (place: number): string => join(cache(), builds()[0], files()[place]),
    storeIn: (name: string) =>
      resultStore(
        `${pathToFileURL(dir).href}/bundle/`,
        fakeIo({ env: { XDG_CACHE_HOME: join(dir, name) } }).io,
      )!,
    /** Runs a command, and says how many models were built for it. */
    asked: async (
      line: string,
      { from = catalogue, env = { XDG_CACHE_HOME: join(dir, "cache") }, io: changes }: Asking = {},
    ) => {
      const { io, written } = fakeIo({ env, ...changes });
      let built = 0;
      const counting = (scenario: AnyScenario): AnyScenario => ({
        ...scenario,
        build: (choice) => {
          built++;
          return scenario.build(choice);
        },
      });
      const load = Object.assign(
        () => Promise.resolve({ ...from, scenarios: from.scenarios.map(counting) }),
        {
          program: "apicv-check",
          axes,
          columnKind: "design",
          bundle: `${pathToFileURL(dir).href}/bundle/`,
        },
      );
      const code = await main(line.split(" ").filter(Boolean), io, load);
      return { code, built, ...written };
    },
  };
};
