import type { Tracepoints } from "../events/tracepoint.ts";
import type { Automaton } from "../observed/automaton.ts";
import { wrap } from "./wrap.ts";

const WIDTH = 75;

/** A label as an identifier of C, which rvgen makes of it. */
const identifier = (label: string): string => label.replaceAll(/[^A-Za-z0-9]+/g, "_");

/** Events by the states that they lead to. */
const targets = ({ events, to }: Automaton, state: number): ReadonlyMap<number, readonly string[]> => {
  const found = new Map<number, string[]>();
  events.forEach((event, number) => {
    const next = to[state][number];
    if (next >= 0) found.set(next, [...(found.get(next) ?? []), identifier(event)]);
  });
  return found;
};

/** What is said above the states, for whoever makes a monitor of it. */
const comments = (name: string, { events }: Automaton, tracepoints: Tracepoints): readonly string[] => [
  ...wrap(`What is seen of "${name}", for a monitor of rv. Events, and what makes them:`, WIDTH),
  ...events.map((event) => {
    const [point, ...told] = event.split(" ");
    const system = tracepoints.get(point)?.system;
    return `  ${identifier(event)}: ${system === undefined ? "" : `${system}:`}${point}${told.length === 0 ? "" : `, told ${told.join(" ")}`}`;
  }),
  ...wrap(
    "Limits: it follows one such thing, so that handlers have to tell events apart and there is an instance of the monitor for each. It begins anywhere. Events that are not listed are not seen, and may happen at any time. Order is that in which tracepoints are hit, each before or after its effect.",
    WIDTH,
  ),
];

/**
 * An automaton in the DOT form that rvgen reads, of runtime verification: `digraph state_automaton` on the first line, then the states with
 * where it begins, then what leads from each to which.
 */
export const monitorDot = (name: string, automaton: Automaton, tracepoints: Tracepoints): string => {
  const { to } = automaton;
  const stateName = (state: number): string => (state === 0 ? "anywhere" : `s${state}`);
  const states = to.map((_, state) => stateName(state));
  return [
    "digraph state_automaton {",
    ...comments(name, automaton, tracepoints).map((line) => `\t// ${line}`),
    "\tcenter = true;",
    '\tsize = "7,11";',
    '\t{node [shape = plaintext, style=invis, label=""] "__init_anywhere"};',
    '\t{node [shape = doublecircle] "anywhere"};',
    ...states.map((state) => `\t{node [shape = circle] "${state}"};`),
    '\t"__init_anywhere" -> "anywhere";',
    ...states.flatMap((state, number) => [
      `\t"${state}" [label = "${state}"];`,
      ...[...targets(automaton, number)].map(
        ([next, events]) => `\t"${state}" -> "${stateName(next)}" [ label = "${events.join("\\n")}" ];`,
      ),
    ]),
    "\t{ rank = min ;",
    '\t\t"__init_anywhere";',
    '\t\t"anywhere";',
    "\t}",
    "}",
    "",
  ].join("\n");
};
