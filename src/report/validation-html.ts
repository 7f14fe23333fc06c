import type { Judged } from "../validate/judge-part.ts";
import type { Validation } from "../validate/validate-capture.ts";
import { xml } from "../xml-text.ts";
import { validationText } from "./validation-text.ts";

const STYLE = `
body { font: 14px/1.4 system-ui, sans-serif; margin: 1rem; color: CanvasText; background: Canvas }
pre, tbody { font-family: ui-monospace, monospace; font-size: 12px }
table { border-collapse: collapse }
thead th { position: sticky; top: 0; background: Canvas }
th { text-align: left; font-weight: normal }
tr > * { border: 1px solid GrayText; padding: 2px 6px; vertical-align: top }
tr.wrong > * { outline: 2px solid #d00 }
`;

/** What a page calls the wrong of a line, so that colour is not all that tells it. */
const WRONG = "not allowed: ";

const cell = (text: string): string => `<td>${xml(text)}</td>`;

const wrongIn = ({ refusal, wrong }: Judged): readonly number[] => [
  ...(refusal === undefined ? [] : [refusal.at]),
  ...wrong.map(({ at }) => at),
];

/** What is known of a part behind each line that it sees; the same as before is not said again. */
const factsByLine = ({ trail = [] }: Judged): ReadonlyMap<number, string> => {
  let before = "";
  return new Map(
    trail.map(({ at, facts }) => {
      const said = facts.map(([name, values]) => `${name} ${values.join(" or ")}`).join("; ");
      const shown = said === before ? "\u3003" : said === "" ? "nothing" : said;
      before = said;
      return [at, shown] as const;
    }),
  );
};

/** What a model says of a capture as one HTML file: a lane for each thread, beside it what is known of each part, and the report as text. */
export const validationHtml = (name: string, validation: Validation): string => {
  const { shown = [], machines, verdict, events } = validation;
  const threads = [...new Set(shown.map(({ thread }) => thread))];
  const parts = machines.flatMap((machine) => machine.parts);
  const facts = parts.map(factsByLine);
  const wrong = new Set(parts.flatMap(wrongIn));
  const rows = shown.map(({ at, thread }) => {
    const isWrong = wrong.has(at);
    const text = `${isWrong ? WRONG : ""}${validation.textAt(at) ?? ""}`;
    return [
      `<tr${isWrong ? ' class="wrong"' : ""} id="line-${at}"><th scope="row">${at}</th>`,
      ...threads.map((lane) => cell(lane === thread ? text : "")),
      ...facts.map((known) => cell(known.get(at) ?? "")),
      "</tr>",
    ].join("");
  });
  const heads = [
    "line",
    ...threads.map((thread) => thread || "no known thread"),
    ...parts.map(({ title }) => title),
  ];
  const more = events > shown.length ? `<p>The first ${shown.length} of ${events} events.</p>\n` : "";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${xml(`${name}: ${verdict}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${xml(`${name}: ${verdict}`)}</h1>
<pre>${xml(validationText(name, validation)).replaceAll("&#10;", "\n")}</pre>
${more}<table>
<thead><tr>${heads.map((head) => `<th scope="col">${xml(head)}</th>`).join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
</body>
</html>
`;
};
