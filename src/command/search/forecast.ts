import { plural } from "../../check/verdict.ts";
import type { Progress } from "../../problem/exploration.ts";
import type { KnownSize } from "../../catalogue/size.ts";
import { bytesText } from "../../report/effort.ts";

/** What is resident in bytes: before a search, now, and at most. */
interface Residence {
  readonly atFirst: number;
  readonly resident: number;
  readonly limit: number;
}

const fewer = "Fewer states: --symmetry, --switches 0..3, a smaller world; ";

/**
 * What is known of a search before it begins, where such a one, or one of the same scenario, was measured and does not fit.
 * Where memory is short tables are filled more, so that a search may end in nine tenths of what it takes as a rule.
 */
export const estimate = (
  known: KnownSize,
  { resident, limit }: Pick<Residence, "resident" | "limit">,
): string | undefined => {
  const { states, bytes } = "counted" in known ? known.counted : known.alike;
  if (resident + bytes <= limit) return undefined;
  const [about, room] = [bytesText(resident + bytes), `there are ${bytesText(limit)}`];
  const said =
    "counted" in known
      ? `This takes about ${about} of memory, and ${room}: ${plural(states, "state")} were counted in it before`
      : `This may take ${about} of memory, and ${room}: so much took the largest world of this scenario that was counted, ` +
        `with ${plural(states, "state")}; this one was not`;
  return `${said}. It will be sparing, and stop where that is not enough. ${fewer}more room: --max-memory.`;
};

/** With fewer states, what is learned of the model takes more memory than the states themselves. */
const TELLING = 100_000;

/**
 * What can be foreseen of a search that probably does not fit: half of the memory for states is used, and each level still
 * has more states than any before. In the worlds that ship, at their widest level a tenth to three quarters of all
 * states had been found, half of them as a rule; curves fitted to the levels so far told nothing.
 */
export const forecast = (
  { states, widest = false, liveness = false }: Progress,
  { atFirst, resident, limit }: Residence,
): string | undefined => {
  const [used, room] = [resident - atFirst, limit - atFirst];
  if (!widest || liveness || states < TELLING || used < room / 2) return undefined;
  const more = Math.round((states * Math.max(0, room - used)) / used / 100_000) / 10;
  return (
    `Probably too large for ${bytesText(limit)} of memory: ${plural(states, "state")} were found, there is room for about ` +
    `${more} million more, and the levels are still getting wider, when as a rule half of all states or more are still to come. ` +
    `An interrupt (^C) ends it with what was found. ${fewer}` +
    "more room: --max-memory, and --checkpoint DIR, to --resume on a larger machine."
  );
};
