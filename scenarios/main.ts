#!/usr/bin/env node
import * as nodeModule from "node:module";
import { processIo } from "../src/command/terminal/process-io.ts";

// Signals are heard before anything else is loaded.
const io = processIo();
// What V8 makes of the code is kept for the next start, where node can (22.1 and later).
(nodeModule as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.();
const [{ main }, { shipped }] = await Promise.all([
  import("../src/command/program.ts"),
  import("./shipped.ts"),
]);
process.exitCode = await main(process.argv.slice(2), io, shipped);
