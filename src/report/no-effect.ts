import { settingText, type NoEffect } from "../catalogue/no-effect.ts";

/** What was chosen without any effect, under a label of its own. */
export const noEffectRows = (noEffect: readonly NoEffect[]): readonly (readonly [string, string])[] =>
  noEffect.map((without, place) => [
    place === 0 ? "no effect" : "",
    `${settingText(without)} has no effect here: the model and its start are those of ` +
      `${settingText({ ...without, value: without.instead })}`,
  ]);

/** What had no effect, settings first, then changes of the model; empty where there is nothing. */
export const withoutEffectText = (
  noEffect: readonly NoEffect[],
  idleChanges: readonly string[] = [],
): string => {
  const settings = noEffect.map(settingText).join(" ");
  const all = [settings, ...idleChanges].filter((text) => text !== "");
  return all.length === 0 ? "" : `no effect: ${all.join("; ")}`;
};

/** The same in brackets behind the word that it qualifies. */
export const noEffectText = (noEffect: readonly NoEffect[], idleChanges?: readonly string[]): string => {
  const text = withoutEffectText(noEffect, idleChanges);
  return text === "" ? "" : ` (${text})`;
};

/** The same for JSON. */
export const noEffectJson = (noEffect: readonly NoEffect[]) =>
  noEffect.map(({ name, value, instead }) => ({ name, value, instead }));
