import { useState } from "preact/hooks";
import type { PageReport, PageVerdict, PageWorld } from "../report/page/page-report.ts";
import { CopyButton } from "./copy-button.tsx";
import { Facts } from "./facts.tsx";
import { hashOf } from "./place.ts";
import { placeOfRun } from "./shown.ts";
import { GRAVEST, STANDINGS } from "./standings.ts";

interface Listed {
  readonly world: PageWorld;
  readonly verdict: PageVerdict;
}

const listed = ({ worlds }: PageReport): readonly Listed[] =>
  worlds
    .flatMap((world) => world.verdicts.map((verdict) => ({ world, verdict })))
    .toSorted((a, b) => GRAVEST.indexOf(a.verdict.standing) - GRAVEST.indexOf(b.verdict.standing));

const matches = ({ world, verdict }: Listed, words: string): boolean => {
  const text = [
    world.name,
    verdict.name,
    verdict.property,
    verdict.statement,
    verdict.verdict,
    verdict.message,
  ]
    .join("\n")
    .toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
};

const Row = ({ report, world, verdict }: Listed & { readonly report: PageReport }) => {
  const { sign, word } = STANDINGS[verdict.standing];
  return (
    <li class={`verdict ${verdict.standing}`}>
      <div class="line">
        <span class="badge" title={word}>
          <span aria-hidden="true">{sign}</span> {verdict.verdict}
        </span>
        <span class="what">
          {verdict.run === null ? (
            <b>{verdict.name}</b>
          ) : (
            <a href={hashOf(placeOfRun(report, world, verdict.name))}>{verdict.name}</a>
          )}
          {report.worlds.length > 1 ? <span class="dim"> in {world.name}</span> : null}
        </span>
        <span class="dim">{word}</span>
      </div>
      <p>{verdict.statement}</p>
      <p class="dim">{verdict.message}</p>
      {verdict.run === null && verdict.replay !== null ? (
        <p>
          <code>{verdict.replay}</code> <CopyButton text={verdict.replay}>Copy the command</CopyButton>
        </p>
      ) : null}
      {verdict.facts.length > 0 ? (
        <details>
          <summary>What it rests on</summary>
          <Facts facts={verdict.facts} />
        </details>
      ) : null}
    </li>
  );
};

/** How many rows are shown before the reader asks for more. */
const SOME = 200;

/** All verdicts, failing first, with a filter. */
export const VerdictList = ({ report }: { readonly report: PageReport }) => {
  const [words, setWords] = useState("");
  const [standing, setStanding] = useState("");
  const [most, setMost] = useState(SOME);
  const all = listed(report);
  const kept = all.filter(
    (one) => (standing === "" || one.verdict.standing === standing) && matches(one, words),
  );
  return (
    <section aria-label="Verdicts">
      <h2 tabIndex={-1}>Verdicts</h2>
      <div class="bar">
        <label>
          Filter{" "}
          <input
            type="search"
            id="filter"
            value={words}
            onInput={({ currentTarget }) => setWords(currentTarget.value)}
          />
        </label>
        <label>
          Show{" "}
          <select value={standing} onChange={({ currentTarget }) => setStanding(currentTarget.value)}>
            <option value="">all</option>
            {GRAVEST.map((one) => (
              <option key={one} value={one}>
                {STANDINGS[one].word}
              </option>
            ))}
          </select>
        </label>
        <span role="status">
          {kept.length} of {all.length}
        </span>
      </div>
      <ul class="verdicts">
        {kept.slice(0, most).map(({ world, verdict }) => (
          <Row key={`${world.name} ${verdict.name}`} report={report} world={world} verdict={verdict} />
        ))}
      </ul>
      {kept.length > most ? (
        <button type="button" onClick={() => setMost(most + SOME)}>
          Show {Math.min(SOME, kept.length - most)} more
        </button>
      ) : null}
    </section>
  );
};
