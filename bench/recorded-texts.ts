import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { program } from "../scenarios/words.ts";
import { shipped } from "../scenarios/shipped.ts";
import { recordTexts } from "../src/command/find/record-texts.ts";
import { callProgram } from "../src/program-name.ts";

callProgram(program);
await recordTexts(await shipped(), `${pathToFileURL(resolve(process.argv[2])).href}/`);
