import { defineConfig } from "vitest/config";

/**
 * The tests by what they cost, a mode a tier: `vitest run` is what is run all the time, `--mode gate` every verdict of
 * every world, `--mode night` everything there is, and the laws in full. test/fixtures/runs.ts has the numbers of runs.
 */
const tiers: Readonly<Record<string, readonly string[]>> = {
  test: ["test"],
  gate: ["gate"],
  night: ["test", "gate", "night"],
};
const hour = 3_600_000;

export default defineConfig(({ mode }) => ({
  resolve: { conditions: ["apicv-check-source"] },
  ssr: { resolve: { conditions: ["apicv-check-source"] } },
  test: {
    include: (tiers[mode] ?? []).map((tier) => `test/**/*.${tier}.ts`),
    env: { TIER: mode },
    // Most of what a file of tests loads is what the others load; nothing that is tested keeps anything from one to the
    // next. By night each file has a process of its own.
    isolate: mode === "night",
    globalSetup: ["scripts/folder-lists.mjs", "test/fixtures/one-build.ts"],
    // The limit is there to end what hangs; no test is about time.
    testTimeout: hour,
    hookTimeout: hour,
    // What runs by night fills the machine by itself.
    maxWorkers: mode === "night" ? 1 : "100%",
  },
}));
