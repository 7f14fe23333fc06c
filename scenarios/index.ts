import type { AnyScenario, Captured, ClaimBook, Finding, Flip, Named, RecordedPaths } from "#check";
import { benchmarks } from "../models/textbook/benchmark/index.ts";
import { kvm, kvmDesigns, kvmGuests, kvmKernels } from "./kvm.ts";
import { oracles } from "../models/textbook/index.ts";

/** Every scenario that ships. */
export const scenarios: readonly AnyScenario[] = [...kvm, ...oracles, ...benchmarks];

/** The name of the scenario that is meant where none is named. */
export const defaultScenario = kvm[0].name;

/** What they can be chosen by besides their options. */
export { axes, cites } from "./words.ts";

/** What the values on their axes are. */
export const named: Readonly<Record<string, readonly Named[]>> = {
  design: kvmDesigns,
  guest: kvmGuests,
  kernel: kvmKernels,
};

/** What the thread claims, loaded when it is asked for. */
export const claims = async (): Promise<ClaimBook> => (await import("./claims/index.ts")).claims;

/** What of the kernel its actions are. */
export { actionParts as parts } from "./action-parts.ts";

/** How large the largest worlds are. */
export { sizes } from "./sizes.ts";

/** Registers, MSRs and ioctls by the names that their manuals give them. */
export { glossary } from "./glossary.ts";

const readFlips = async (): Promise<readonly Flip[]> => {
  const [{ bugsAmong }, { mutations }] = await Promise.all([
    import("./bugs.ts"),
    import("./mutations/flips.ts"),
  ]);
  return [...bugsAmong(scenarios), ...mutations];
};

let known: Promise<readonly Flip[]> | undefined;

/** Bugs of real kernels, and kernels that never were, loaded when they are asked for. */
export const flips = (): Promise<readonly Flip[]> => (known ??= readFlips());

/** What the checker has found, loaded when it is asked for. */
export const findings = async (): Promise<readonly Finding[]> =>
  (await import("./findings/every-finding.ts")).everyFinding;

/** How a host with these worlds looks to a tracer, loaded when it is asked for. */
export const captured = async (): Promise<Captured> => (await import("./captured.ts")).captured;

/** What actions and properties touch, loaded when it is asked for. */
export const paths = async (): Promise<RecordedPaths> => (await import("./action-paths.ts")).actionPaths;
