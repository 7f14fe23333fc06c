import type { AnyScenario } from "../catalogue/scenario.ts";
import type { Outcome } from "../catalogue/outcome.ts";

/** More changes than these are not listed where a model is named. */
const FEW = 12;

/** Who changed the model, and that the start is from before: in the line under a world's name; nothing where nobody did. */
export const changedBy = ({ varied }: AnyScenario): string =>
  varied === undefined || varied.changes.length === 0
    ? ""
    : `model changed in ${varied.changedIn ?? varied.by}`;

/** What is varied of which scenario, as rows under a label. */
export const variedRows = ({ varied }: AnyScenario): readonly (readonly [string, string])[] => {
  if (varied === undefined) return [];
  const { by, hash, from, changes, changesStart = false } = varied;
  if (from === null) return [["of", `${by} (${hash})`]];
  const of = `${from}, varied in ${by} (${hash})`;
  if (changes.length === 0) return [["of", `${of}: its model is unchanged`]];
  const more = changes.length > FEW ? [`and ${changes.length - FEW} more`] : [];
  return [
    [
      "of",
      `${of}: its model is CHANGED${changesStart ? "" : ", and the start is booted on the unchanged one"}`,
    ],
    ...[...changes.slice(0, FEW), ...more].map((change, i) => [i === 0 ? "changed" : "", change] as const),
  ];
};

/** The flags that have `replay` find a scenario that is varied. */
export const runFlags = ({ varied }: AnyScenario): string =>
  varied === undefined || varied.again.run === "" ? "" : ` ${varied.again.run}`;

/** What a violation is that is expected: known is what is known of a model that ships. */
export const expectedWord = ({ varied }: AnyScenario): "known" | "expected" =>
  varied === undefined ? "known" : "expected";

const variationJson = ({ by, hash, from, changes }: NonNullable<AnyScenario["varied"]>) => ({
  by,
  hash,
  from,
  changes,
});

/** What is varied, as data; nothing where nothing is. */
export const variedOf = ({ varied }: AnyScenario) =>
  varied === undefined ? {} : { varied: variationJson(varied) };

/** The same, and which changes made no difference. */
export const variedJson = ({ scenario: { varied }, exploration }: Outcome) =>
  varied === undefined
    ? {}
    : { varied: { ...variationJson(varied), idleChanges: exploration.idleChanges ?? null } };

/** The changes that made no difference, as a sentence; empty where there are none, or nobody watched. */
export const idleText = ({ exploration: { idleChanges = [] }, complete }: Outcome): string => {
  if (idleChanges.length === 0) return "";
  const where = complete ? "" : " in the part explored";
  return `Changed without effect${where}: ${idleChanges.join("; ")}. Nothing differs for it: is it what was meant?`;
};
