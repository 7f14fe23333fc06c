#!/usr/bin/env node
import { processIo } from "./process-io.ts";
import { main } from "./program.ts";
import { shipped } from "./shipped.ts";

process.exitCode = await main(process.argv.slice(2), processIo(), shipped);
