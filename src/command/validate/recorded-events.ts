import type { Captured } from "../../catalogue/captured.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { CheckError, unknownName } from "../../errors.ts";

/** How a tracer sees the runs of a catalogue. @throws CheckError where it does not say. */
export const capturedBy = async ({ captured }: Pick<Catalogue, "captured">): Promise<Captured> => {
  if (captured !== undefined) return captured();
  throw new CheckError(
    "usage",
    "no action of this catalogue says what it prints, so that no capture can be followed",
  );
};

/** The names of the events that are said to be recorded; `sched:*` are all of a system. */
export const recordedIn = (
  names: readonly string[],
  known: readonly { name: string; system: string }[],
): readonly string[] =>
  names.flatMap((given) => {
    const [name, system] = given.split(":").toReversed();
    const those = known.filter(
      (point) => (name === "*" || point.name === name) && (system ?? point.system) === point.system,
    );
    if (those.length === 0)
      throw unknownName(
        "event",
        given,
        known.map((point) => `${point.system}:${point.name}`),
        "--recorded takes events, or all of a system as sched:*",
      );
    return those.map((point) => point.name);
  });
