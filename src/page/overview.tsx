import type { PageReport } from "../report/page/page-report.ts";
import { CopyButton } from "./copy-button.tsx";
import { Coverage } from "./coverage.tsx";
import { Facts } from "./facts.tsx";
import { hashOf } from "./place.ts";
import { placeOfRun, START } from "./shown.ts";
import { VerdictList } from "./verdict-list.tsx";
import { VerdictTable } from "./verdict-table.tsx";

const download = (name: string, json: unknown): void => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(
    new Blob([`${JSON.stringify(json, undefined, 2)}\n`], { type: "application/json" }),
  );
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
};

/** What was asked, what was found, and what that rests on. */
export const Overview = ({ report }: { readonly report: PageReport }) => {
  const { worlds, table, left, finished, program, command } = report;
  const one = worlds.length === 1 ? worlds[0] : undefined;
  const coverage = one?.coverage ?? null;
  return (
    <>
      {finished ? null : (
        <p class="warning" role="alert">
          Incomplete: this was interrupted, and what is shown is what had been found.
        </p>
      )}
      {left.map((text) => (
        <p key={text} class="warning">
          {text}
        </p>
      ))}
      {table === null ? null : <VerdictTable report={report} table={table} />}
      <VerdictList report={report} />
      {one === undefined ? null : (
        <section aria-label="What the verdicts rest on">
          <h2>What the verdicts rest on</h2>
          {one.refusal === null ? null : <p class="warning">No start: {one.refusal}</p>}
          {one.sentences.map((text) => (
            <p key={text}>{text}</p>
          ))}
          <Facts facts={one.facts} />
          {one.start === null ? null : (
            <p>
              <a href={hashOf(placeOfRun(report, one, START))}>Walk from the start, step by step</a>
            </p>
          )}
        </section>
      )}
      {coverage === null ? null : <Coverage actions={coverage} />}
      <section aria-label="Again">
        <h2>Again</h2>
        {one === undefined ? null : (
          <p>
            <code>{one.again}</code> <CopyButton text={one.again}>Copy the command</CopyButton>
          </p>
        )}
        <p>
          <button type="button" onClick={() => download(`${program}-${command}.json`, report.json)}>
            Save the result as JSON
          </button>
        </p>
      </section>
    </>
  );
};
