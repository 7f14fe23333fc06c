import { Bounds } from "./bounds.tsx";
import { OwnQuestion } from "./own-question.tsx";
import { questionAbout, withSetting } from "./question.ts";
import { ScenarioFile } from "./scenario-file.tsx";
import { WorldChanges } from "./world-changes.tsx";
import type { PageFile, PageQuestion, WorldOffered } from "./worker/messages.ts";

/** What stands for the world of a file among those that ship. */
const OF_FILE = "";

/** The world of a scenario file. */
export interface FileWorld {
  readonly file: PageFile;
  readonly world: WorldOffered;
}

interface Asked {
  readonly worlds: readonly WorldOffered[];
  /** That of the file that was opened last. */
  readonly added: FileWorld | undefined;
  readonly open: (file: PageFile) => void;
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

/** What is to be explored: a world, what is chosen in it, what is asked, and how far. */
export const QuestionForm = (asked: Asked) => {
  const { worlds, added, open, question, change, explore, stop, isSearching } = asked;
  const ofFile = added?.file.text === question.file?.text ? added : undefined;
  const world = question.file === null ? worlds.find(({ name }) => name === question.world) : ofFile?.world;
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
          value={question.file === null ? question.world : OF_FILE}
          onChange={({ currentTarget: { value } }) =>
            change(
              value === OF_FILE && added !== undefined
                ? questionAbout(added.world.name, added.file)
                : questionAbout(value),
            )
          }
        >
          {added === undefined ? null : (
            <option value={OF_FILE}>
              {added.world.name} ({added.file.name})
            </option>
          )}
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
      <Bounds question={question} change={change} />
      <WorldChanges changes={question.changes} change={(changes) => change({ ...question, changes })} />
      <ScenarioFile open={open} />
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
