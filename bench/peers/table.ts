import type { Checker } from "./checkers.ts";
import type { Figure } from "./measure.ts";

const grouped = (value: number): string => Math.round(value).toLocaleString("en");

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;

const label = ({ name, threads }: Checker): string => `${name}, ${threads} thread${threads === 1 ? "" : "s"}`;

/** How many times as long one takes as another. */
const ratio = (figure: Figure, other: Figure): string => (figure.seconds / other.seconds).toFixed(2);

/** The figures of one size as lines of Markdown. How far from the limit one is, the limit at as many threads says. */
export const sizeTable = (figures: readonly Figure[]): readonly string[] => {
  const [ours] = figures;
  const limits = figures.filter(({ checker }) => checker.limit === true);
  const fromLimit = (figure: Figure): string => {
    const limit = limits.find(({ checker }) => checker.threads === figure.checker.threads);
    return limit === undefined ? "-" : ratio(figure, limit);
  };
  const { name, n, g, hk, states, transitions } = ours.config;
  return [
    `### ${name}: N=${n}, G=${g}, HK=${hk}: ${grouped(states)} states, ${grouped(transitions)} transitions`,
    "",
    row(["checker", "seconds", "times ours", "times the limit", "peak memory, MB", "bytes a state"]),
    row(["---", "---:", "---:", "---:", "---:", "---:"]),
    ...figures.map((figure) =>
      row([
        label(figure.checker),
        figure.seconds.toFixed(2),
        ratio(figure, ours),
        fromLimit(figure),
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
