import type { Checker } from "./checkers.ts";
import type { Figure } from "./measure.ts";

const grouped = (value: number): string => Math.round(value).toLocaleString("en");

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;

const label = ({ name, threads }: Checker): string => `${name}, ${threads} thread${threads === 1 ? "" : "s"}`;

/** How many times as long as the first checker, this one, another takes. */
const ratio = (figure: Figure, ours: Figure): string => `${(figure.seconds / ours.seconds).toFixed(2)}`;

/** The figures of one size as lines of Markdown. */
export const sizeTable = (figures: readonly Figure[]): readonly string[] => {
  const [ours] = figures;
  const { name, n, g, hk, states, transitions } = ours.config;
  return [
    `### ${name}: N=${n}, G=${g}, HK=${hk}: ${grouped(states)} states, ${grouped(transitions)} transitions`,
    "",
    row(["checker", "seconds", "times ours", "peak memory, MB", "bytes a state"]),
    row(["---", "---:", "---:", "---:", "---:"]),
    ...figures.map((figure) =>
      row([
        label(figure.checker),
        figure.seconds.toFixed(2),
        ratio(figure, ours),
        grouped(figure.bytes / 1e6),
        (figure.bytes / (figure.checker.orbits === true ? ours.config.orbits : states)).toFixed(1),
      ]),
    ),
    "",
  ];
};

/** What each checker is, and which could not run. */
export const legend = (checkers: readonly Checker[]): readonly string[] =>
  checkers.map((checker) => {
    const missing = checker.missing();
    return `- ${label(checker)}: ${checker.about}${missing === undefined ? "" : ` (not run: ${missing})`}.`;
  });
