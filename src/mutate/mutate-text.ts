import { grouped, plural } from "../check/verdict.ts";
import type { MutantResult } from "./mutate-worlds.ts";
import { groupedBy, surveyed, type Surveyed } from "./survey.ts";

const count = (all: readonly Pick<Surveyed, "kind">[], kind: Surveyed["kind"]): number =>
  all.filter((one) => one.kind === kind).length;

/** How many were killed of those that are not equivalent and were decided. */
const rate = (all: readonly Pick<Surveyed, "kind">[]): string => {
  const [killed, survived] = [count(all, "killed"), count(all, "survived")];
  const of = killed + survived;
  return of === 0 ? "-" : `${((100 * killed) / of).toFixed(1)} % (${grouped(killed)} of ${grouped(of)})`;
};

const tally = (all: readonly Pick<Surveyed, "kind">[]): string =>
  `${plural(all.length, "mutant")}: ${(["killed", "equivalent", "survived", "open"] as const).map((kind) => `${grouped(count(all, kind))} ${kind}`).join(", ")}; killed of those that differ: ${rate(all)}`;

/** What worlds say of mutants, as lines: by world, by actor, what kills them, and those that survive. */
export const mutateLines = (
  results: readonly MutantResult[],
  tooLarge: readonly string[],
): readonly string[] => {
  const all = surveyed(results);
  const kinds = (of: readonly MutantResult[]) => of.map(({ verdict: { kind } }) => ({ kind }));
  const block = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
  const killers = new Map<string, { mutants: number; steps: number }>();
  for (const { verdict } of results)
    if (verdict.kind === "killed") {
      const { mutants, steps } = killers.get(verdict.by) ?? { mutants: 0, steps: Infinity };
      killers.set(verdict.by, { mutants: mutants + 1, steps: Math.min(steps, verdict.steps ?? Infinity) });
    }
  const named = (kind: Surveyed["kind"]): readonly string[] =>
    all.filter((one) => one.kind === kind).map(({ mutant, worlds }) => `${mutant} (${worlds.join(", ")})`);
  return [
    tally(all),
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
    ...block("Survived:", named("survived")),
    ...block("Open, since more states were found than --max-states allows:", named("open")),
    ...block("Not asked, since these worlds have more states than --max-states allows:", tooLarge),
  ];
};
