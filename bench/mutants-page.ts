import { countsOf, groupedBy, rateOf, type Surveyed } from "../src/mutate/survey.ts";
import type { leftMutants } from "./left-mutants.ts";

type Cell = string | number;

const line = (cells: readonly Cell[]): string => `| ${cells.join(" | ")} |`;

const percent = (some: number, of: number): string =>
  of === 0 ? "-" : `${((100 * some) / of).toFixed(1)} %`;

const HEAD = ["mutants", "equivalent", "killed", "changed", "survived", "open", "told", "killed alone"];

const cellsOf = (all: readonly Pick<Surveyed, "kind">[]): readonly Cell[] => {
  const { equivalent, killed, changed, survived, open } = countsOf(all);
  const { differ } = rateOf(all);
  return [
    all.length,
    equivalent,
    killed,
    changed,
    survived,
    open,
    percent(killed + changed, differ),
    percent(killed, differ),
  ];
};

const ELSEWHERE = "other actions";

/** The rate of each part. */
export const partsTable = (all: readonly Surveyed[]): readonly string[] => [
  line(["part", ...HEAD]),
  line(["---", ...HEAD.map(() => "---:")]),
  ...[...groupedBy(all, ({ part }) => part)]
    .toSorted(([a], [b]) => Number(a === null) - Number(b === null))
    .map(([part, of]) => line([part ?? ELSEWHERE, ...cellsOf(of)])),
];

/**
 * The mutants that no world tells, below the reason why none ought to.
 * @throws Error where a reason names a mutant that is told, or that there is not.
 */
export const leftLines = (all: readonly Surveyed[], reasons: typeof leftMutants): readonly string[] => {
  const survivors = new Set(all.filter(({ kind }) => kind === "survived").map(({ mutant }) => mutant));
  const item = (mutant: string): string => `  - \`${mutant}\``;
  const given = reasons.flatMap(({ because, mutants }) => {
    for (const mutant of mutants)
      if (!survivors.delete(mutant)) throw new Error(`${mutant} did not survive, or is named twice`);
    return [`- ${because}`, ...mutants.map(item)];
  });
  return survivors.size === 0
    ? given
    : [...given, "- **Nobody has said why:**", ...[...survivors].toSorted().map(item)];
};
