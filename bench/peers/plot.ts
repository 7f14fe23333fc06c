import type { Checker } from "./checkers.ts";
import type { Figure } from "./measure.ts";

const width = 460;
const height = 340;
const margin = { left: 60, right: 12, top: 30, bottom: 44 } as const;
const inks = [
  "#d62728",
  "#ff9896",
  "#8c564b",
  "#000000",
  "#bcbd22",
  "#dbdb8d",
  "#1f77b4",
  "#17becf",
  "#9467bd",
  "#2ca02c",
  "#98df8a",
  "#ff7f0e",
  "#ffbb78",
  "#7f7f7f",
];

/** The powers of ten that enclose some values. */
const decades = (values: readonly number[]): readonly number[] => {
  const from = Math.floor(Math.log10(Math.min(...values)));
  const to = Math.ceil(Math.log10(Math.max(...values)));
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
};

/** One panel: a value of each figure against the number of states, both axes logarithmic. */
const panel = (
  title: string,
  left: number,
  figures: readonly Figure[],
  checkers: readonly Checker[],
  value: (figure: Figure) => number,
): readonly string[] => {
  const across = decades(figures.map(({ config }) => config.states));
  const up = decades(figures.map(value));
  const scale = (axis: readonly number[], from: number, to: number) => (x: number) =>
    from + ((Math.log10(x) - axis[0]) / (axis[axis.length - 1] - axis[0])) * (to - from);
  const x = scale(across, left + margin.left, left + width - margin.right);
  const y = scale(up, height - margin.bottom, margin.top);
  const grid = [
    ...across.map((decade) => {
      const at = x(10 ** decade).toFixed(1);
      return `<path d="M${at} ${margin.top}V${height - margin.bottom}" class="grid"/><text x="${at}" y="${height - margin.bottom + 16}" text-anchor="middle">10^${decade}</text>`;
    }),
    ...up.map((decade) => {
      const at = y(10 ** decade).toFixed(1);
      return `<path d="M${left + margin.left} ${at}H${left + width - margin.right}" class="grid"/><text x="${left + margin.left - 6}" y="${at}" text-anchor="end" dominant-baseline="middle">10^${decade}</text>`;
    }),
  ];
  const lines = checkers.map((checker, i) => {
    const points = figures
      .filter((figure) => figure.checker === checker)
      .toSorted((a, b) => a.config.states - b.config.states)
      .map((figure) => `${x(figure.config.states).toFixed(1)},${y(value(figure)).toFixed(1)}`);
    const dots = points.map((point) => {
      const [cx, cy] = point.split(",");
      return `<circle cx="${cx}" cy="${cy}" r="3" fill="${inks[i % inks.length]}"/>`;
    });
    return `<polyline points="${points.join(" ")}" fill="none" stroke="${inks[i % inks.length]}" stroke-width="1.5"/>${dots.join("")}`;
  });
  return [
    `<text x="${left + width / 2}" y="18" text-anchor="middle" font-weight="bold">${title}</text>`,
    ...grid,
    ...lines,
    `<text x="${left + width / 2}" y="${height - 8}" text-anchor="middle">states</text>`,
  ];
};

/** Time and memory against states, for every checker measured, as an SVG. */
export const plot = (figures: readonly Figure[]): string => {
  const checkers = [...new Set(figures.map(({ checker }) => checker))];
  const legend = checkers.map(({ name, threads }, i) => {
    const at = height + 6 + 16 * Math.floor(i / 3);
    const left = 20 + (i % 3) * 300;
    return `<rect x="${left}" y="${at}" width="12" height="10" fill="${inks[i % inks.length]}"/><text x="${left + 18}" y="${at + 9}">${name}, ${threads} thread${threads === 1 ? "" : "s"}</text>`;
  });
  const total = height + 16 * Math.ceil(checkers.length / 3) + 14;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${2 * width}" height="${total}" font-family="sans-serif" font-size="11">`,
    "<style>.grid{stroke:#ddd;fill:none}</style>",
    `<rect width="100%" height="100%" fill="#fff"/>`,
    ...panel("seconds", 0, figures, checkers, ({ seconds }) => seconds),
    ...panel("peak memory, bytes", width, figures, checkers, ({ bytes }) => bytes),
    ...legend,
    "</svg>",
    "",
  ].join("\n");
};
