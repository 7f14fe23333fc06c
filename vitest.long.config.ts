import { defineConfig } from "vitest/config";
import config from "./vitest.config.ts";

/** The tests that take minutes to hours: run by night, and by hand before a release. */
export default defineConfig({
  ...config,
  test: { ...config.test, include: ["test/long/**/*.long.ts"], testTimeout: 3_600_000, maxWorkers: 1 },
});
