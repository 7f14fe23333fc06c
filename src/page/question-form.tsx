import { ASK_KINDS, questionAbout, withSetting } from "./question.ts";
import type { AskKind, PageQuestion, WorldOffered } from "./worker/messages.ts";

interface Asked {
  readonly worlds: readonly WorldOffered[];
  readonly question: PageQuestion;
  readonly change: (question: PageQuestion) => void;
  readonly explore: () => void;
  readonly stop: () => void;
  readonly isSearching: boolean;
}

interface Chosen {
  readonly name: string;
  readonly about: string;
  readonly values: readonly string[];
  readonly value: string;
  readonly choose: (value: string) => void;
}

const Choice = ({ name, about, values, value, choose }: Chosen) => (
  <label title={about}>
    {name}{" "}
    <select value={value} onChange={({ currentTarget }) => choose(currentTarget.value)}>
      {values.map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </select>
  </label>
);

/** The values on the axes and of the options of a world. */
const Choices = ({
  world,
  question,
  change,
}: Pick<Asked, "question" | "change"> & { readonly world: WorldOffered }) => {
  const settings = new Map(question.set.map((setting) => [setting.split("=")[0], setting.split("=")[1]]));
  return (
    <div class="bar">
      {Object.entries(world.axes).map(([axis, values]) => (
        <Choice
          key={axis}
          name={axis}
          about=""
          values={values}
          value={question.axes[axis] ?? values[0]}
          choose={(value) => change({ ...question, axes: { ...question.axes, [axis]: value } })}
        />
      ))}
      {world.options.map(({ name, about, values }) => (
        <Choice
          key={name}
          name={name}
          about={about}
          values={values}
          value={settings.get(name) ?? values[0]}
          choose={(value) => change(withSetting(question, world, name, value))}
        />
      ))}
    </div>
  );
};

/** A question of one's own instead of those of the world. */
const OwnQuestion = ({ question, change }: Pick<Asked, "question" | "change">) => {
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
      <label>
        Steps at most{" "}
        <input
          id="depth"
          type="number"
          min="0"
          placeholder="any number"
          value={question.depth ?? ""}
          onInput={({ currentTarget: { value } }) =>
            change({ ...question, depth: value === "" ? null : Math.max(0, Math.trunc(Number(value))) })
          }
        />
      </label>
      <label>
        States at most{" "}
        <input
          id="states"
          type="number"
          min="1"
          value={question.states}
          onInput={({ currentTarget: { value } }) =>
            change({ ...question, states: Math.max(1, Math.trunc(Number(value))) })
          }
        />
      </label>
    </div>
  );
};

/** What is to be explored: a world, what is chosen in it, what is asked, and how far. */
export const QuestionForm = ({ worlds, question, change, explore, stop, isSearching }: Asked) => {
  const world = worlds.find(({ name }) => name === question.world);
  return (
    <form
      class="card"
      aria-label="Question"
      onSubmit={(event) => {
        event.preventDefault();
        explore();
      }}
    >
      <label>
        World{" "}
        <select
          id="world"
          value={question.world}
          onChange={({ currentTarget }) => change(questionAbout(currentTarget.value))}
        >
          {worlds.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {world === undefined ? null : (
        <>
          <p class="dim">{world.about}</p>
          <Choices world={world} question={question} change={change} />
        </>
      )}
      <OwnQuestion question={question} change={change} />
      <div class="bar">
        <button type="submit" disabled={isSearching}>
          Explore
        </button>
        <button type="button" disabled={!isSearching} onClick={stop}>
          Stop
        </button>
      </div>
    </form>
  );
};
