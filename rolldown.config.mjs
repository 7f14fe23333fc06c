import { defineConfig } from "rolldown";

/** The command in few files: to find and read the hundreds it is written in would take a third of a small search. */
const command = {
  input: {
    main: "scenarios/main.ts",
    // What worker threads load, by name.
    worker: "src/fast/threads/worker.ts",
    source: "src/command/flags/source.ts",
    "claims-worker": "src/command/claims/claims-worker.ts",
    "matrix-worker": "src/command/search/matrix-worker.ts",
    shipped: "scenarios/shipped.ts",
  },
  platform: "node",
  // Packages stay where npm puts them.
  external: /^[^./#]/,
  resolve: { conditionNames: ["apicv-check-source"] },
  output: { dir: "dist/cli", sourcemap: true },
};

/** What reports of the kind html carry: one script for a browser, with its style sheet as text. */
const page = {
  input: { page: "src/page/main.tsx" },
  platform: "browser",
  moduleTypes: { ".css": "text" },
  transform: { jsx: { runtime: "automatic", importSource: "preact" } },
  output: { dir: "dist/cli", format: "iife", minify: true },
};

export default defineConfig([command, page]);
