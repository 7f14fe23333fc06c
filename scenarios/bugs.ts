import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { AnyScenario, Flip } from "#check";
import { flipFrom } from "../src/variation/flip-file.ts";
import { axes, cites } from "./words.ts";

/** Where the files are: beside the sources, and above what is built of them. */
const folder = (): URL => {
  const places = ["../scenarios/bugs/", "../../scenarios/bugs/"].map(
    (path) => new URL(path, import.meta.url),
  );
  return places.find((place) => existsSync(place)) ?? places[0];
};

/** Real bugs of the kernel, each a scenario file: `list bugs`, `flip RT-1`. */
export const bugsAmong = (scenarios: readonly AnyScenario[]): readonly Flip[] =>
  readdirSync(folder())
    .filter((file) => file.endsWith(".yaml"))
    .toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .map((file) => {
      const text = readFileSync(new URL(file, folder()), "utf8");
      return flipFrom({ name: `scenarios/bugs/${file}`, text }, "bug", { scenarios, axes, cites });
    });
