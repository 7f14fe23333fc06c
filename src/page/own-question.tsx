import { ASK_KINDS } from "./question.ts";
import type { AskKind, PageQuestion } from "./worker/messages.ts";

interface Asked {
  readonly question: PageQuestion;
  readonly change: (question: PageQuestion) => void;
}

/** A question of one's own instead of those of the world. */
export const OwnQuestion = ({ question, change }: Asked) => {
  const { own } = question;
  const kind = own?.kind ?? "";
  return (
    <div class="bar">
      <label>
        Ask{" "}
        <select
          id="ask"
          value={kind}
          onChange={({ currentTarget }) => {
            const wanted = currentTarget.value as AskKind | "";
            change({ ...question, own: wanted === "" ? null : { kind: wanted, text: own?.text ?? "" } });
          }}
        >
          <option value="">what the world asks</option>
          {Object.entries(ASK_KINDS).map(([one, { says }]) => (
            <option key={one} value={one}>
              {says}
            </option>
          ))}
        </select>
      </label>
      {own === null ? null : (
        <label class="grows">
          <span class="offscreen">Expression</span>
          <input
            id="expression"
            class="code"
            placeholder={ASK_KINDS[own.kind].form}
            value={own.text}
            onInput={({ currentTarget }) =>
              change({ ...question, own: { ...own, text: currentTarget.value } })
            }
          />
        </label>
      )}
    </div>
  );
};
