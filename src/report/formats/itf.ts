import { fold } from "../../schema/fold.ts";
import { stepText } from "../../model/model.ts";
import type { ReportedEvidence } from "./reported.ts";

/** Puts a value of the domain that a node describes into the words of the format. */
type Worded = (value: never) => unknown;

const same: Worded = (value) => value;

const worded = fold<Worded>({
  bool: () => same,
  int: () => same,
  oneOf: () => same,
  index: () => same,
  set: () => (mask: number) => ({
    "#set": Array.from({ length: 31 }, (_, i) => i).filter((i) => ((mask >>> i) & 1) === 1),
  }),
  vector: ({ item }, go) => {
    const below = go(item) as (value: unknown) => unknown;
    return (values: readonly unknown[]) => values.map(below);
  },
  record: ({ fields }, go) => {
    const below = Object.entries(fields).map(
      ([name, node]) => [name, go(node) as (value: unknown) => unknown] as const,
    );
    return (value: Readonly<Record<string, unknown>>) =>
      Object.fromEntries(below.map(([name, word]) => [name, word(value[name])]));
  },
});

/** A run in the Informal Trace Format of Apalache and Quint: each state whole, the action that led to it in `#meta`. */
export const itfOf = ({ world, verdict, run: { problem, trace } }: ReportedEvidence): string => {
  const word = worded(problem.model.state.node) as (value: unknown) => Readonly<Record<string, unknown>>;
  const start = word(trace.start);
  const document = {
    "#meta": {
      format: "ITF",
      "format-description": "https://apalache-mc.org/docs/adr/015adr-trace.html",
      source: world.name,
      description: `${verdict.name}: ${verdict.message}`,
    },
    params: [],
    vars: Object.keys(start),
    states: [
      { "#meta": { index: 0 }, ...start },
      ...trace.steps.map(({ step, after }, place) => ({
        "#meta": { index: place + 1, action: stepText(step), actor: step.actor },
        ...word(after),
      })),
    ],
    ...(trace.loopAt === undefined ? {} : { loop: trace.loopAt }),
  };
  return `${JSON.stringify(document, undefined, 1)}\n`;
};
