import { programName } from "../../program-name.ts";
import type { Reported, ReportedVerdict, ReportedWorld } from "./reported.ts";

const message = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string): string => message(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** So many of a kind are shown of a step; the last line says how many more there are. */
const MOST = 10;

const line = (kind: "error" | "warning", title: string, text: string): string =>
  `::${kind} title=${property(title)}::${message(text)}`;

/** What fails of one property or for one reason, in however many worlds. */
interface Finding {
  readonly verdict: ReportedVerdict;
  readonly worlds: readonly ReportedWorld[];
}

const byProperty = (worlds: readonly ReportedWorld[], standing: "fail" | "open"): readonly Finding[] => {
  const found = new Map<string, { verdict: ReportedVerdict; worlds: ReportedWorld[] }>();
  for (const world of worlds)
    for (const verdict of world.verdicts)
      if (verdict.standing === standing) {
        const known = found.get(verdict.property);
        if (known === undefined) found.set(verdict.property, { verdict, worlds: [world] });
        else known.worlds.push(world);
      }
  return [...found.values()];
};

const textOf = ({ verdict, worlds }: Finding): string =>
  [
    verdict.message,
    `in ${worlds.map(({ name }) => name).join(", ")}`,
    ...(verdict.replay === null ? [] : [`${programName()} replay ${verdict.replay}`]),
  ].join("\n");

const capped = (kind: "error" | "warning", lines: readonly string[]): readonly string[] =>
  lines.length <= MOST
    ? lines
    : [...lines.slice(0, MOST - 1), line(kind, programName(), `and ${lines.length - MOST + 1} more`)];

/** What fails or is left open as annotations of a workflow on GitHub: one for each property. */
export const githubOf = ({ worlds }: Reported): string => {
  const errors = [
    ...byProperty(worlds, "fail").map((one) => line("error", one.verdict.property, textOf(one))),
    ...worlds.flatMap(({ name, refusal }) =>
      refusal === null ? [] : [line("error", name, `no start: ${refusal}`)],
    ),
  ];
  const warnings = byProperty(worlds, "open").map((one) =>
    line("warning", one.verdict.property, textOf(one)),
  );
  return [...capped("error", errors), ...capped("warning", warnings)].map((text) => `${text}\n`).join("");
};
