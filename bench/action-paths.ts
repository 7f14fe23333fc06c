import { recordPaths } from "../src/command/find/record-paths.ts";
import { scenarios } from "../scenarios/index.ts";

const { actions, properties } = recordPaths({ scenarios });

const table = (of: Readonly<Record<string, object>>): readonly string[] =>
  Object.entries(of).map(([name, touched]) => `    ${JSON.stringify(name)}: ${JSON.stringify(touched)},`);

console.log(
  [
    "/* oxlint-disable max-lines -- one line for each action and property */",
    'import type { RecordedPaths } from "#check";',
    "",
    "/** What the actions and properties that ship touch, as scripts/action-paths.mjs recorded it before a build. */",
    "export const actionPaths: RecordedPaths = {",
    "  actions: {",
    ...table(actions),
    "  },",
    "  properties: {",
    ...table(properties),
    "  },",
    "};",
  ].join("\n"),
);
