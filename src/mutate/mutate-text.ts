import { grouped, plural } from "../check/verdict.ts";
import type { MutantResult } from "./mutate-worlds.ts";
import { countsOf, groupedBy, rateOf, type Surveyed } from "./survey.ts";

const share = (some: number, of: number): string =>
  of === 0 ? "-" : `${((100 * some) / of).toFixed(1)} % (${grouped(some)} of ${grouped(of)})`;

/** How many were killed of those that are not equivalent and were decided; and with those of which a verdict changes. */
const rate = (all: readonly Pick<Surveyed, "kind">[]): string => {
  const { differ, killed, changed } = rateOf(all);
  const more = changed === 0 ? "" : `, with other changes of a verdict ${share(killed + changed, differ)}`;
  return `${share(killed, differ)}${more}`;
};

const tally = (all: readonly Pick<Surveyed, "kind">[]): string =>
  `${plural(all.length, "mutant")}: ${Object.entries(countsOf(all))
    .map(([kind, count]) => `${grouped(count)} ${kind}`)
    .join(", ")}; killed of those that differ: ${rate(all)}`;

/** What tells a mutant, and where. */
const toldText = ({ mutant, told }: Surveyed): readonly string[] => {
  if (told === null) return [];
  const { world, by, steps, says } = told;
  const how = says === null ? "" : ` (${says})`;
  const after = steps === null ? "" : ` after ${plural(steps, "step")}`;
  return [`${mutant}: ${by}${how}${after}, in ${world}`];
};

/** What worlds say of mutants, as lines: by part, by world, by actor, what kills them, those that survive, and what tells each. */
export const mutateLines = (
  results: readonly MutantResult[],
  all: readonly Surveyed[],
  tooLarge: readonly string[],
): readonly string[] => {
  const kinds = (of: readonly MutantResult[]) => of.map(({ verdict: { kind } }) => ({ kind }));
  const block = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
  const killers = new Map<string, { mutants: number; steps: number }>();
  const changes = new Map<string, number>();
  for (const { verdict } of results)
    if (verdict.kind === "killed") {
      const { mutants, steps } = killers.get(verdict.by) ?? { mutants: 0, steps: Infinity };
      killers.set(verdict.by, { mutants: mutants + 1, steps: Math.min(steps, verdict.steps ?? Infinity) });
    } else if (verdict.kind === "changed") {
      const change = `${verdict.by} (${verdict.says})`;
      changes.set(change, (changes.get(change) ?? 0) + 1);
    }
  const named = (kind: Surveyed["kind"]): readonly string[] =>
    all.filter((one) => one.kind === kind).map(({ mutant, worlds }) => `${mutant} (${worlds.join(", ")})`);
  return [
    tally(all),
    ...block(
      "By part:",
      all.every(({ part }) => part === null)
        ? []
        : [...groupedBy(all, ({ part }) => part)].map(([part, of]) => `${part ?? "of none"}: ${tally(of)}`),
    ),
    ...block(
      "By world:",
      [...groupedBy(results, ({ world }) => world)].map(([world, of]) => `${world}: ${tally(kinds(of))}`),
    ),
    ...block(
      "By actor:",
      [...groupedBy(all, ({ actor }) => actor)].map(([actor, of]) => `${actor}: ${tally(of)}`),
    ),
    ...block(
      "Killed by, in how many worlds and mutants, and after how few steps:",
      [...killers]
        .toSorted(([, a], [, b]) => b.mutants - a.mutants)
        .map(
          ([by, { mutants, steps }]) =>
            `${by}: ${grouped(mutants)}${steps === Infinity ? "" : `, ${plural(steps, "step")}`}`,
        ),
    ),
    ...block(
      "Not killed, but a property says something else, in how many worlds and mutants:",
      [...changes]
        .toSorted(([, a], [, b]) => b - a)
        .map(([change, mutants]) => `${change}: ${grouped(mutants)}`),
    ),
    ...block("Survived:", named("survived")),
    ...block("Open, since more states were found than --max-states allows:", named("open")),
    ...block(
      "Told by:",
      all.flatMap((one) => toldText(one)),
    ),
    ...block("Not asked, since these worlds have more states than --max-states allows:", tooLarge),
  ];
};
