import type { Source } from "../text/faults.ts";
import type { Written } from "../text/written.ts";

/** The flags of a command line as a text in which what is wrong has a place: each has a line of its own. */
export class FlagText {
  readonly #flags: { readonly flag: string; readonly from: number }[] = [];
  #text = "";

  /** What a flag says, and where. */
  add(flag: string, value: string): Written {
    const text = value.replaceAll(/[\r\n]/g, " ");
    this.#text += `--${flag} '`;
    const offset = this.#text.length;
    this.#flags.push({ flag, from: offset });
    this.#text += `${text}'\n`;
    return { text, at: { offset, verbatim: true } };
  }

  /** The text; a place in it is named by the flag, with the column in its value. */
  source(name: string): Source {
    return {
      name,
      text: this.#text,
      place: (offset) => {
        const found = this.#flags.findLast(({ from }) => from <= offset) ?? { flag: "", from: offset };
        return `--${found.flag}, column ${offset - found.from + 1}`;
      },
    };
  }
}
