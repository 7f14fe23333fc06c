import { plural } from "../check/verdict.ts";
import type { Outcome } from "../catalogue/outcome.ts";

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;

/** What symmetry a search used, and which it did not and why, as sentences; none where none was asked for. */
export const symmetryText = ({
  problem: { symmetry },
  exploration: { full },
}: Outcome): readonly string[] => {
  if (symmetry === undefined) return [];
  const { families, unused, startClosed } = symmetry;
  const which = listed(families.map((family) => `which ${family} is which`));
  return [
    `Symmetry: what differs only in ${which} counts as one state, also in the numbers of transitions and antecedents; runs have their real names.`,
    ...(full === undefined
      ? []
      : [
          `What was found stands for ${plural(full.states, "state")} and ${plural(full.transitions, "transition")}.`,
        ]),
    ...(startClosed
      ? []
      : [
          "Only what is reached from the start is symmetric, not the start itself: depth is that of the nearest of the states that count as one.",
        ]),
    ...unused.map(({ family, because }) => `Symmetry of ${family} is not used: ${because}.`),
  ];
};

/** The same as data; false where none was asked for. */
export const symmetryJson = ({ problem: { symmetry }, exploration: { full } }: Outcome) =>
  symmetry === undefined
    ? (false as const)
    : {
        families: symmetry.families,
        namings: symmetry.renamings.length + 1,
        unused: symmetry.unused.map(({ family, because }) => ({ family, because })),
        startClosed: symmetry.startClosed,
        ...(full && { full }),
      };
