import type { Followed, Reckoned } from "../catalogue/followed.ts";
import { brokenInAll, type Broken } from "./broken-runs.ts";
import type { Course, Known, KnownAt, Refusal } from "./follow.ts";
import { better, knownAt, trailIn, tryWorlds, widenedIn, type GraphOf, type Judging } from "./try-worlds.ts";
import type { Need } from "./widen.ts";

/** What a model says of a part of a capture, the worst first. */
export const standings = ["violation", "gap", "incomplete", "consistent"] as const;
export type PartVerdict = (typeof standings)[number];

/** A part of a capture with its verdict and what it rests on. */
export interface Judged {
  readonly title: string;
  readonly verdict: PartVerdict;
  /** The first and the last line of it. */
  readonly lines: readonly [from: number, to: number] | undefined;
  /** The worlds that allow it, or of a violation the one that allows most of it. */
  readonly worlds: readonly string[];
  readonly decided: number;
  readonly gaps: Course["gaps"];
  readonly refusal?: Refusal | undefined;
  readonly wrong: Reckoned["wrong"];
  /** What the runs that agree with it, in all worlds that allow it, have done to what is asked of them. */
  readonly broken?: Broken | undefined;
  /** What has to have happened unseen for all of it to be allowed, in the world where that is likeliest. */
  readonly widened?: { readonly world: string; readonly needs: readonly Need[] } | undefined;
  /** Something rare that has to have happened unseen. */
  readonly rare: boolean;
  /** What is known of the states at the line that was asked for, if that is in it or behind it. */
  readonly known?: Known | undefined;
  /** What is known behind each of its lines, as far as that was asked for. */
  readonly trail?: readonly KnownAt[] | undefined;
  readonly notes: readonly string[];
  /** Events that would tell more, and were not recorded. */
  readonly telling: readonly string[];
}

/** What was begun and would have been seen to end if that had been recorded: the line of it, and what was not recorded. */
const leftOpen = ({
  lines,
  ends,
  sees,
}: Followed): { readonly at: number; readonly unseen: readonly string[] } | undefined => {
  let open: { readonly at: number; readonly unseen: readonly string[] } | undefined;
  for (const { at, labels } of lines)
    for (const label of labels === "lost" ? [] : labels) {
      const closing = ends[label];
      if (closing !== undefined && !closing.some(sees)) open = { at, unseen: closing };
    }
  return open;
};

type Open = ReturnType<typeof leftOpen>;

const verdictOf = ({ refusal, gaps, decided }: Course, open: Open): PartVerdict => {
  if (refusal !== undefined) return "violation";
  if (gaps.length > 0) return "gap";
  return decided === 0 || open !== undefined ? "incomplete" : "consistent";
};

const notesOf = ({ refusal, decided }: Course, open: Open): readonly string[] => [
  ...(decided === 0 && refusal === undefined ? ["no line of it could have been refused"] : []),
  ...(open === undefined
    ? []
    : [`accepted in line ${open.at}, not seen again: ${open.unseen.join(", ")} not recorded`]),
];

/** Judges what is followed in worlds: one that allows it is enough. */
export const judgeFollowed = async (given: Followed, graphOf: GraphOf, judging: Judging): Promise<Judged> => {
  // Its lines are made as they are asked for, and not longer kept than it is judged.
  const part = { ...given };
  const { title, lines, telling } = part;
  const { at, widen = false, trailTo } = judging;
  const { tried, notes } = await tryWorlds(part, graphOf, judging);
  const [best] = tried.toSorted(better);
  const agree = tried.filter((one) => better(one, best) === 0);
  const open = leftOpen(part);
  const { refusal, gaps, decided } = best;
  const verdict = verdictOf(best, open);
  return {
    title,
    verdict,
    lines: lines.length === 0 ? undefined : [lines[0].at, lines.at(-1)!.at],
    worlds: [...new Set(agree.map(({ world }) => world.name))],
    decided,
    gaps,
    refusal,
    wrong: [],
    broken: brokenInAll(agree.flatMap((one) => one.broken ?? [])),
    widened:
      widen && (verdict === "violation" || verdict === "gap" || best.rare)
        ? await widenedIn(part, graphOf)
        : undefined,
    rare: best.rare && refusal === undefined,
    known: at === undefined ? undefined : await knownAt(part, best, graphOf, at),
    trail: trailTo === undefined ? undefined : await trailIn(part, best, graphOf, trailTo),
    notes: [...part.notes, ...notes, ...notesOf(best, open)],
    telling,
  };
};

/** Judges what arithmetic decides. */
export const judgeReckoned = ({ title, decided, wrong, telling, notes }: Reckoned): Judged => ({
  title,
  verdict: wrong.length > 0 ? "violation" : decided === 0 ? "incomplete" : "consistent",
  lines: undefined,
  worlds: [],
  decided,
  gaps: [],
  wrong,
  rare: false,
  notes,
  telling,
});

/**
 * A part of events that may be of several virtual machines: what is wrong with them together need not be wrong with those of
 * one.
 */
export const judgedTogether = (judged: Judged): Judged => {
  if (judged.verdict !== "violation" && judged.verdict !== "gap") return judged;
  const { refusal: _refused, broken: _broken, widened: _widened, ...rest } = judged;
  return {
    ...rest,
    verdict: "incomplete",
    gaps: [],
    wrong: [],
    notes: [
      ...judged.notes,
      "its events may be of several virtual machines, mixed: record their processes (record-tgid)",
    ],
  };
};
