import { moduleBeside } from "../src/module-beside.ts";
import type { Load } from "../src/catalogue/catalogue.ts";
import { axes, cites, columnKind, partKeys, program } from "./words.ts";

const module = moduleBeside(import.meta.url, "shipped");

/** Loads the catalogue that ships. Late: `--help` needs no models. */
export const shipped: Load = Object.assign(
  async () => {
    const [
      { catalogueOf },
      { scenarios, defaultScenario, named, claims, parts, sizes, glossary, paths, captured, flips, findings },
      { adding },
    ] = await Promise.all([
      import("../src/catalogue/catalogue.ts"),
      import("./index.ts"),
      import("./adding.ts"),
    ]);
    return catalogueOf({
      program,
      axes,
      cites,
      named,
      scenarios,
      defaultScenario,
      claims,
      parts,
      sizes,
      glossary,
      paths,
      captured,
      flips,
      findings,
      module,
      modules: {
        "apicv-check": () => import("../src/index.ts"),
        "apicv-check/check": () => import("../src/api/check.ts"),
        "apicv-check/report": () => import("../src/api/report.ts"),
        "apicv-check/catalogue": () => import("../src/api/catalogue.ts"),
        "apicv-check/events": () => import("../src/api/events.ts"),
        "apicv-check/kvm": () => import("./kvm-entry.ts"),
      },
      adding,
    })();
  },
  {
    program,
    ends: true,
    module,
    bundle: new URL("./", import.meta.url).href,
    axes,
    partKeys,
    columnKind,
    about:
      "Explores every interleaving of the KVM/TDX interrupt subsystem and checks what is claimed about it.",
    examples: [
      ["explore", "every interleaving of the default scenario"],
      ["explore --depth 8", "every run of at most 8 atomic steps"],
      ["explore --design v1-inhibit", "the posted patch instead of what was merged"],
      ["compare v1-inhibit upstream", "where they differ, and their verdicts side by side"],
      ["simulate --schedule pct", "random walks, where a world is too large to explore"],
      ["check --shard 1/4", "the gate for CI: every scenario, every expected verdict"],
      ["claims P3", "what the thread claims there, checked under each design"],
      ["list properties", "what is checked"],
      ["explain ID", "what a property says, who said it, where it holds"],
      ["replay TRACE", "step through a counterexample from a mail"],
    ] as const,
  },
);
