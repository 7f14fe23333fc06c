import { useEffect, useState } from "preact/hooks";
import { CHANGES, type WorldChanges as Changes } from "./worker/messages.ts";

type Change = (typeof CHANGES)[number];

/** What is said of each, and an example of its form. */
const SAYS: Readonly<Record<Change, readonly [says: string, form: string]>> = {
  scope: ["How many members a family has", "family=2"],
  with: ["Takes part besides", "ACTION, PREFIX_* or the name of a world"],
  drop: ["Takes no part", "ACTION or PREFIX_*"],
  change: ["Is done otherwise", "ACTION without PATH, ACTION when EXPR, ACTION set PATH: EXPR"],
};

interface Asked {
  readonly changes: Changes;
  readonly change: (changes: Changes) => void;
}

/** The lines of a text area, as they are typed. */
const Lines = ({ flag, changes, change }: Asked & { readonly flag: Change }) => {
  const said = (changes[flag] ?? []).join("\n");
  const [text, setText] = useState(said);
  const lines = (typed: string): readonly string[] => typed.split("\n").filter((line) => line.trim() !== "");
  // Another question may bring other changes.
  useEffect(() => {
    if (lines(text).join("\n") !== said) setText(said);
  }, [said]);
  const [says, form] = SAYS[flag];
  return (
    <label class="grows">
      {says}, a line each
      <textarea
        id={flag}
        class="code"
        rows={2}
        placeholder={form}
        value={text}
        onInput={({ currentTarget: { value } }) => {
          setText(value);
          const { [flag]: _, ...others } = changes;
          const now = lines(value);
          change(now.length === 0 ? others : { ...others, [flag]: now });
        }}
      />
    </label>
  );
};

/** How a world is changed, as the flags of the command line say it: `docs/asking.md`. */
export const WorldChanges = ({ changes, change }: Asked) => (
  <details open={Object.keys(changes).length > 0}>
    <summary>Change the world</summary>
    <div class="bar">
      {CHANGES.map((flag) => (
        <Lines key={flag} flag={flag} changes={changes} change={change} />
      ))}
    </div>
  </details>
);
