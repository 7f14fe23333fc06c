import type { PageReport, PageTable } from "../report/page/page-report.ts";
import { hashOf } from "./place.ts";
import { placeOfRun } from "./shown.ts";
import { STANDINGS } from "./standings.ts";

/** What is asked by what it is asked under: each cell opens its run. */
export const VerdictTable = ({
  report,
  table,
}: {
  readonly report: PageReport;
  readonly table: PageTable;
}) => {
  const cells = new Map(
    report.worlds.flatMap((world) =>
      world.verdicts.flatMap((verdict) =>
        verdict.cell === null
          ? []
          : [[`${verdict.cell.row}\n${verdict.cell.column}`, { world, verdict }] as const],
      ),
    ),
  );
  const cell = (row: string, column: string) => {
    const found = cells.get(`${row}\n${column}`);
    if (found === undefined) return <td key={column} class="none" />;
    const { world, verdict } = found;
    const { sign, word } = STANDINGS[verdict.standing];
    const text = (
      <>
        <span aria-hidden="true">{sign}</span> {verdict.verdict}
      </>
    );
    return (
      <td key={column} class={verdict.standing} title={`${word}: ${verdict.message}`}>
        {verdict.run === null ? text : <a href={hashOf(placeOfRun(report, world, verdict.name))}>{text}</a>}
      </td>
    );
  };
  return (
    <section aria-label="Table">
      <h2>Side by side</h2>
      <div class="wide" tabIndex={0}>
        <table class="matrix">
          <thead>
            <tr>
              <td />
              {table.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr key={row}>
                <th scope="row">{row}</th>
                {table.columns.map((column) => cell(row, column))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};
