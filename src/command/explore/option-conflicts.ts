import { CheckError } from "../../errors.ts";
import type { ExploreFlags } from "./explore-flags.ts";

/** Two options of `explore` that do not go together, and why. */
interface OptionConflict {
  readonly options: readonly ["symmetry" | "por" | "paranoid" | "export", keyof ExploreFlags];
  readonly because: string;
}

const conflicts: readonly OptionConflict[] = [
  {
    options: ["symmetry", "switches"],
    because: "--switches tells actors apart by their names, which --symmetry leaves out",
  },
  {
    options: ["symmetry", "graph"],
    because: "--graph draws the steps between states, and with --symmetry most states are left out",
  },
  {
    options: ["por", "depth"],
    because: "--por may leave out every run that is short enough for --depth to look at",
  },
  {
    options: ["por", "switches"],
    because: "--por may leave out all runs of so few switches as --switches looks at",
  },
  {
    options: ["por", "symmetry"],
    because: "--por and --symmetry are not proven to go together",
  },
  {
    options: ["por", "graph"],
    because: "--graph draws the steps between states, and with --por many are left out",
  },
  {
    options: ["paranoid", "symmetry"],
    because: "--paranoid looks at every state, and --symmetry at one of each class",
  },
  {
    options: ["paranoid", "por"],
    because: "--paranoid takes every step, and --por leaves steps out",
  },
  {
    options: ["paranoid", "reference"],
    because: "--paranoid holds the fast engine to the plain semantics, which --reference is already",
  },
  {
    options: ["paranoid", "depth"],
    because: "--paranoid looks again at a complete search, and --depth bounds it",
  },
  {
    options: ["paranoid", "switches"],
    because: "--paranoid looks again at a complete search, and --switches bounds it",
  },
  {
    options: ["paranoid", "checkpoint"],
    because: "--checkpoint does not write down how much --paranoid has looked at again",
  },
  {
    options: ["paranoid", "resume"],
    because: "--paranoid takes nothing on trust, and --resume what was found before",
  },
  {
    options: ["paranoid", "failFast"],
    because: "--paranoid looks again at a complete search, and --fail-fast may end it early",
  },
  {
    options: ["export", "symmetry"],
    because: "--export writes what every state does, and with --symmetry most states are left out",
  },
  {
    options: ["export", "por"],
    because: "--export writes what every step does, and --por leaves steps out",
  },
  ...(["depth", "switches"] as const).map((bound): OptionConflict => ({
    options: ["export", bound],
    because: `--export writes what a complete search has found, and --${bound} bounds it`,
  })),
  {
    options: ["export", "failFast"],
    because: "--export writes what a complete search has found, and --fail-fast may end it early",
  },
];

/** @throws CheckError when two options are given that do not go together. */
export const checkOptionConflicts = (flags: ExploreFlags): void => {
  const clash = conflicts.find(({ options }) =>
    options.every((option) => flags[option] !== undefined && flags[option] !== false),
  );
  if (clash !== undefined) throw new CheckError("usage", `${clash.because}: leave out one of the two`);
};
