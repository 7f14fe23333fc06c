import type { Fact } from "../report/page/page-report.ts";

/** Labels with what is said under them; a label that is empty goes on with the one before. */
export const Facts = ({ facts }: { readonly facts: readonly Fact[] }) => (
  <dl class="facts">
    {facts
      .filter(([, text]) => text !== "")
      .map(([label, text], i) => (
        <div key={i}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
  </dl>
);
