import { unknownName, type Claim } from "#check";
import { supports as ofIoapic } from "./supports-ioapic.ts";
import { supports as ofLifecycle } from "./supports-lifecycle.ts";
import { supports as ofTimer } from "./supports-timer.ts";
import type { Support, Supports } from "./supports-columns.ts";

const table: Supports = { ...ofTimer, ...ofLifecycle, ...ofIoapic };

/** The claims, each check with the verdict that supports its claim. @throws CheckError if the table names none, or misses one. */
export const withSupports = (claims: readonly Claim[]): readonly Claim[] => {
  const used = new Set<string>();
  const supported = claims.map((claim) => {
    const mine = table[claim.id] ?? {};
    const of = (key: string): Support | undefined => {
      if (mine[key] !== undefined) used.add(`${claim.id} ${key}`);
      return mine[key];
    };
    const checks = claim.checks.map((check) => {
      const supports = of([check.property, ...(check.set ?? [])].join(" ")) ?? of(check.property);
      if (supports === undefined)
        throw unknownName(
          "check",
          check.property,
          Object.keys(mine),
          `what supports ${claim.id} is not said`,
        );
      return { ...check, supports };
    });
    return { ...claim, checks };
  });
  for (const [id, mine] of Object.entries(table))
    for (const key of Object.keys(mine))
      if (!used.has(`${id} ${key}`))
        throw unknownName(
          "check",
          key,
          claims.find((claim) => claim.id === id)?.checks.map(({ property }) => property) ?? [],
          `what supports ${id} names it`,
        );
  return supported;
};
