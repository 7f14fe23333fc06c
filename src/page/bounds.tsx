import type { PageQuestion } from "./worker/messages.ts";

interface Asked {
  readonly question: PageQuestion;
  readonly change: (question: PageQuestion) => void;
}

interface Bound {
  readonly id: string;
  readonly label: string;
  readonly value: number | null;
  readonly choose: (value: number | null) => void;
}

const Most = ({ id, label, value, choose }: Bound) => (
  <label>
    {label}{" "}
    <input
      id={id}
      type="number"
      min="0"
      placeholder="any number"
      value={value ?? ""}
      onInput={({ currentTarget }) =>
        choose(currentTarget.value === "" ? null : Math.max(0, Math.trunc(Number(currentTarget.value))))
      }
    />
  </label>
);

/** How far to look. */
export const Bounds = ({ question, change }: Asked) => (
  <div class="bar">
    <Most
      id="depth"
      label="Steps at most"
      value={question.depth}
      choose={(depth) => change({ ...question, depth })}
    />
    <Most
      id="switches"
      label="Switches at most"
      value={question.switches}
      choose={(switches) => change({ ...question, switches })}
    />
    <Most
      id="states"
      label="States at most"
      value={question.states}
      choose={(states) => change({ ...question, states: Math.max(1, states ?? 1) })}
    />
    <label>
      <input
        type="checkbox"
        id="symmetry"
        checked={question.symmetry}
        onChange={({ currentTarget }) => change({ ...question, symmetry: currentTarget.checked })}
      />{" "}
      Symmetry: states that differ in names alone are one
    </label>
  </div>
);
