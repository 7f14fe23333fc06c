import type { Catalogue } from "../../catalogue/catalogue.ts";
import { CheckError, unknownName } from "../../errors.ts";
import { automatonOf } from "../../observed/automaton.ts";
import { monitorDot } from "../../report/monitor-dot.ts";
import { graphOfWorld } from "../../validate/world-graph.ts";
import { EXIT, type Io } from "../terminal/io.ts";
import { capturedBy, recordedIn } from "./recorded-events.ts";

/**
 * `validate --monitor WORLD`: what is seen of a world in which captures are followed, as an automaton for rv.
 * @throws CheckError when there is no such world, or an event that is to be seen is not known.
 */
export const monitor = async (
  catalogue: Pick<Catalogue, "captured">,
  name: string,
  recorded: readonly string[] | undefined,
  io: Pick<Io, "stdout">,
): Promise<number> => {
  const captured = await capturedBy(catalogue);
  const world = captured.worlds.find((one) => one.name === name);
  if (world === undefined) {
    const names = captured.worlds.map((one) => one.name);
    throw unknownName("world", name, names, `captures are followed in: ${names.join("; ")}`);
  }
  const seen = recorded && recordedIn(recorded, [...captured.tracepoints.values()]);
  const automaton = automatonOf(
    await graphOfWorld(world),
    (label) => seen?.includes(label.split(" ")[0]) ?? true,
  );
  if (automaton.events.length === 0)
    throw new CheckError("usage", `"${name}" has none of these events: give others with --recorded`);
  io.stdout.write(monitorDot(name, automaton, captured.tracepoints));
  return EXIT.asExpected;
};
