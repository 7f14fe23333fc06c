import type { Choice } from "../../catalogue/instantiated.ts";
import type { Origin } from "../../catalogue/origin.ts";
import { CheckError, nearest } from "../../errors.ts";
import { programName } from "../../program-name.ts";
import type { Built } from "./build.ts";
import type { Standing, Tell } from "../changes/changed-model.ts";
import { FaultError, type Faults } from "../text/faults.ts";
import { isPattern, meant, refuseUnknown } from "../text/pattern.ts";
import type { Written } from "../text/written.ts";

/** What became of each name that changes give, under the choices that were looked at. */
export class Standings {
  readonly #of = new Map<number | string, { readonly word: Written; readonly found: Set<Standing> }>();
  readonly #names = new Set<string>();
  readonly #actors = new Set<string>();
  /** What is noted of each action that takes part, as one text. */
  readonly #notes = new Map<string, string>();

  readonly tell: Tell = (word, standing) => {
    const key = word.at?.offset ?? word.text;
    const one = this.#of.get(key) ?? { word, found: new Set() };
    one.found.add(standing);
    this.#of.set(key, one);
  };

  /** Takes down the names of the actions and actors that there are, and what is noted of those that take part. */
  know({ model, names, actors }: Pick<Built, "model" | "names" | "actors">): void {
    for (const name of names) this.#names.add(name);
    for (const { name, note } of model.actions)
      this.#notes.set(name, Object.values(note?.cites ?? {}).join("\n"));
    for (const actor of actors) this.#actors.add(actor);
  }

  get actors(): readonly string[] {
    return [...this.#actors];
  }

  get names(): readonly string[] {
    return [...this.#names];
  }

  /** Whether every name was found somewhere. */
  get settled(): boolean {
    return [...this.#of.values()].every(({ found }) => found.has("done"));
  }

  #notedWith(word: string): readonly string[] {
    const whole = new RegExp(`\\b${word}\\b`);
    return [...this.#notes].filter(([, note]) => whole.test(note)).map(([name]) => name);
  }

  /** Notes each name that was found nowhere; `elsewhere` finds the choice that would have it. */
  complain(
    base: string,
    faults: Faults,
    {
      byFlags,
      elsewhere,
    }: { readonly byFlags: boolean; readonly elsewhere: (word: Written) => string | undefined },
  ): void {
    for (const { word, found } of this.#of.values())
      if (!found.has("done") && !faults.doubts(word.text))
        faults.try(word.at, () => {
          if (found.has("no part"))
            throw new FaultError(
              word.at,
              `${word.text} takes no part in ${base}: name it ${byFlags ? "with --with" : "under actions"}, or change one that does`,
            );
          if (meant(word, this.names).length > 0)
            throw new FaultError(word.at, `${word.text} is not there any more: it was dropped before`);
          const other = isPattern(word) ? undefined : elsewhere(word);
          if (other !== undefined)
            throw new FaultError(
              word.at,
              `there is an action ${word.text} only with ${other}: set it under options${byFlags ? " of a scenario file" : ""}`,
            );
          if (/^\w+$/.test(word.text)) {
            const steps = this.#notedWith(word.text);
            if (steps.length > 0)
              throw new FaultError(
                word.at,
                `no action is called ${word.text}; of those that take part, these name it as what they stand for or were read in: ${steps.join(", ")}`,
              );
            if (nearest(word.text, this.names) === undefined)
              throw new FaultError(
                word.at,
                `unknown action "${word.text}": if it is a function, ${programName()} explain ${word.text} lists its actions`,
              );
          }
          refuseUnknown(word, this.names);
        });
  }
}

/** Finds the setting of an option under which there is an action of a name; all settings are looked at once. */
export const settingsWith = (
  { whole, options }: Origin<unknown>,
  choice: Choice,
): ((word: Written) => string | undefined) => {
  const namesUnder = (name: string, value: string): readonly string[] => {
    try {
      const { model } = whole({ ...choice, options: { ...choice.options, [name]: value } });
      return model.actions.map((action) => action.name);
    } catch (error) {
      // Options that do not go together.
      if (!(error instanceof CheckError)) throw error;
      return [];
    }
  };
  let all: readonly { readonly setting: string; readonly names: ReadonlySet<string> }[] | undefined;
  return ({ text }) => {
    all ??= options.flatMap(({ name, values }) =>
      values.map((value) => ({ setting: `${name}=${value}`, names: new Set(namesUnder(name, value)) })),
    );
    return all.find(({ names }) => names.has(text))?.setting;
  };
};
