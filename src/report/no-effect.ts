import { settingText, type NoEffect } from "../catalogue/no-effect.ts";

/** What was chosen without any effect, under a label of its own. */
export const noEffectRows = (noEffect: readonly NoEffect[]): readonly (readonly [string, string])[] =>
  noEffect.map((without, place) => [
    place === 0 ? "no effect" : "",
    `${settingText(without)} has no effect here: the model and its start are those of ` +
      `${settingText({ ...without, value: without.instead })}`,
  ]);

/** What had no effect, in brackets behind the word that it qualifies; empty where there is nothing. */
export const noEffectText = (noEffect: readonly NoEffect[]): string =>
  noEffect.length === 0 ? "" : ` (no effect: ${noEffect.map(settingText).join(" ")})`;

/** The same for JSON. */
export const noEffectJson = (noEffect: readonly NoEffect[]) =>
  noEffect.map(({ name, value, instead }) => ({ name, value, instead }));
