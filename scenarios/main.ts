#!/usr/bin/env node
import { processIo } from "../src/command/terminal/process-io.ts";

// Signals are heard before anything else is loaded.
const io = processIo();
const [{ main }, { shipped }] = await Promise.all([
  import("../src/command/program.ts"),
  import("./shipped.ts"),
]);
process.exitCode = await main(process.argv.slice(2), io, shipped);
