import type { AnyScenario } from "#check";
import { scenarioFrom } from "../../src/variation/from-text.ts";
import { axes, cites, scenarios } from "../../scenarios/index.ts";

/** A file that extends a world, asks its properties, and changes nothing. */
export const unchanged = ({ name, properties }: AnyScenario): AnyScenario =>
  scenarioFrom(
    {
      name: "unchanged.yaml",
      text: [
        "format: 1",
        "name: unchanged",
        "about: nothing is changed",
        `extends: ${name}`,
        "properties:",
        ...properties.map(({ id }) => `  ${id}: any`),
        "",
      ].join("\n"),
    },
    { axes, cites, scenarios },
  );

/** The worlds that a file can extend. */
export const extendable = scenarios.filter(
  ({ origin, properties }) => origin !== undefined && properties.length > 0,
);
