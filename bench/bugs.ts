import { flips } from "../scenarios/index.ts";
import { flipOne } from "../src/command/flip/flip-one.ts";
import type { Flipped } from "../src/report/flip-text.ts";
import { page } from "./bugs-page.ts";

const all: Flipped[] = [];
for (const flip of (await flips()).filter(({ kind }) => kind === "bug"))
  all.push(await flipOne(flip, () => undefined));
console.log(page(all).join("\n"));
