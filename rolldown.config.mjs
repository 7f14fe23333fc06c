import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "rolldown";

/** The command in few files: to find and read the hundreds it is written in would take a third of a small search. */
const command = {
  input: {
    main: "scenarios/main.ts",
    // What worker threads load, by name.
    worker: "src/fast/threads/worker.ts",
    source: "src/command/flags/source.ts",
    "check-worker": "src/command/check/check-worker.ts",
    "claims-worker": "src/command/claims/claims-worker.ts",
    "mutate-worker": "src/command/mutate/mutate-worker.ts",
    "matrix-worker": "src/command/search/matrix-worker.ts",
    shipped: "scenarios/shipped.ts",
  },
  platform: "node",
  // Packages stay where npm puts them.
  external: /^[^./#]/,
  resolve: { conditionNames: ["apicv-check-source"] },
  output: {
    dir: "dist/cli",
    sourcemap: true,
    codeSplitting: {
      // Each with all that it imports: a file takes longer to find than to read.
      groups: [
        { name: "process-io", test: /src\/command\/terminal\/process-io\.ts$/, priority: 3 },
        { name: "program", test: /src\/command\/program\.ts$|scenarios\/shipped\.ts$/, priority: 2 },
        { name: "catalogue", test: /scenarios\/index\.ts$/, priority: 1 },
        { name: "search", test: /src\/explore\.ts$|src\/command\/explore\/explore-[a-z]+\.ts$/, priority: 0 },
      ],
    },
  },
};

/** What reports of the kind html carry: one script for a browser, with its style sheet as text. */
const page = {
  input: { page: "src/page/main.tsx" },
  platform: "browser",
  moduleTypes: { ".css": "text" },
  plugins: [
    {
      name: "the document of the page that explores",
      generateBundle() {
        this.emitFile({
          type: "asset",
          fileName: "ui.html",
          source: readFileSync("src/page/ui.html", "utf8"),
        });
      },
    },
  ],
  output: { dir: "dist/cli", format: "iife", minify: true },
};

const { name, version } = JSON.parse(readFileSync("package.json", "utf8"));

/** What stands for each module of node in a browser: one for which nothing does ends the build. */
const inBrowser = {
  name: "what the checker asks of node, in a browser",
  resolveId(source) {
    if (!source.startsWith("node:")) return null;
    const file = new URL(`src/page/worker/node/${source.slice(5).replaceAll("_", "-")}.ts`, import.meta.url);
    if (!existsSync(file)) throw new Error(`the page has nothing for ${source}: ${file.pathname} is missing`);
    return fileURLToPath(file);
  },
};

/** The checker with all that ships, for a browser: one module that the page starts as a worker. */
const pageWorker = {
  input: { "page-worker": "scenarios/page-worker.ts" },
  platform: "browser",
  plugins: [inBrowser],
  resolve: { conditionNames: ["apicv-check-source", "browser", "import", "default"] },
  transform: {
    define: { PACKAGE_JSON: JSON.stringify(JSON.stringify({ name, version })) },
    inject: { Buffer: [fileURLToPath(new URL("src/page/worker/node/buffer.ts", import.meta.url)), "Buffer"] },
  },
  output: { dir: "dist/cli", format: "es", minify: true, codeSplitting: false },
};

export default defineConfig([command, page, pageWorker]);
