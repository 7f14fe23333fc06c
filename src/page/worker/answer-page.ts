import type { Catalogue, Load } from "../../catalogue/catalogue.ts";
import type { AnyScenario } from "../../catalogue/scenario.ts";
import { CheckError } from "../../errors.ts";
import { version } from "../../package-version.ts";
import type { Pulse } from "../../problem/exploration.ts";
import { callProgram, programName } from "../../program-name.ts";
import type { Known, Surroundings } from "../../report/page/surroundings.ts";
import { scenarioFrom } from "../../variation/from-text.ts";
import type { Ask, PageFile, PageQuestion, Said, WorldOffered } from "./messages.ts";
import { searched } from "./searching.ts";

/** Milliseconds between two looks at what the page has said meanwhile. */
const EVERY = 100;
/** A browser has no more memory for one table. */
const MOST_BYTES = 2 ** 30;

const offered = ({ name, about, axes = {}, options }: AnyScenario): WorldOffered => ({
  name,
  about,
  axes: Object.fromEntries(Object.entries(axes).filter(([, values]) => values.length > 0)),
  options: options.map((option) => ({ name: option.name, about: option.about, values: option.values })),
});

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** The states of a world that the page shows, and how much of them it knows. */
interface Shown {
  readonly of: Surroundings;
  known: Known;
}

/** The checker as the page's worker: `post` tells the page, `hear` is called with what the page tells. */
export class PageAnswerer {
  readonly #load: Load;
  readonly #post: (said: Said) => void;
  #catalogue: Catalogue | undefined;
  #spaces: readonly Shown[] = [];
  #stopped = false;
  /** How many questions were asked: what is found for one is not told after the next is asked. */
  #asked = 0;

  /** Of a catalogue, loaded when it is asked about. */
  constructor(load: Load, post: (said: Said) => void) {
    this.#load = load;
    this.#post = post;
  }

  /** Answers; what is wrong is told, never thrown. */
  async hear(asked: Ask): Promise<void> {
    try {
      await this.#answer(asked);
    } catch (error) {
      const { message } = error instanceof Error ? error : new CheckError("internal", String(error));
      this.#post({ say: "error", message });
    }
  }

  async #answer(asked: Ask): Promise<void> {
    switch (asked.ask) {
      case "worlds":
        return this.#worlds();
      case "file":
        return this.#file(asked.file);
      case "explore":
        return this.#explore(asked.question);
      case "stop":
        this.#stopped = true;
        return;
      case "look":
        return this.#grow(asked.space, [asked.place]);
      case "grow":
        return this.#grow(asked.space, this.#upTo(asked.space, asked.most));
    }
  }

  async #loaded(): Promise<Catalogue> {
    callProgram(this.#load.program);
    this.#catalogue ??= await this.#load();
    return this.#catalogue;
  }

  async #worlds(): Promise<void> {
    const worlds = (await this.#loaded()).scenarios.map(offered);
    this.#post({ say: "worlds", program: programName(), version: version(), worlds });
  }

  async #file(file: PageFile): Promise<void> {
    this.#post({ say: "file", file, world: offered(scenarioFrom(file, await this.#loaded())) });
  }

  async #explore(question: PageQuestion): Promise<void> {
    this.#stopped = false;
    this.#asked += 1;
    const began = performance.now();
    let last = began;
    const pulse: Pulse = async ({ states, transitions, depth, wantsBytes }) => {
      const now = performance.now();
      if (wantsBytes > MOST_BYTES) return "memory";
      if (now - last < EVERY) return undefined;
      last = now;
      this.#post({ say: "progress", states, transitions, depth, seconds: (now - began) / 1000 });
      await pause();
      return this.#stopped ? "interrupted" : undefined;
    };
    const { report, surroundings } = await searched(await this.#loaded(), question, pulse);
    this.#spaces = surroundings.map((of, i) => ({
      of,
      known: {
        words: report.spaces[i].words.length,
        states: report.spaces[i].edges.length,
        decides: report.spaces[i].decides.length,
      },
    }));
    this.#post({ say: "report", report });
  }

  /** The places to look at, one after the other, until there are so many states. */
  *#upTo(space: number, most: number): Generator<number> {
    const { of } = this.#spaces[space];
    for (let place = 0; place < of.size && of.size < most; place++) yield place;
  }

  /** Looks at states, and tells the page of what is new as it goes. */
  async #grow(space: number, places: Iterable<number>): Promise<void> {
    this.#stopped = false;
    const one = this.#spaces[space];
    if (one === undefined) return;
    const asked = this.#asked;
    let last = performance.now();
    let looked: number[] = [];
    const tell = (more: boolean): void => {
      const growth = one.of.beyond(one.known, looked);
      one.known = one.of.known;
      looked = [];
      this.#post({ say: "growth", space, growth, more });
    };
    for (const place of places) {
      one.of.look(place);
      looked.push(place);
      if (performance.now() - last < EVERY) continue;
      tell(true);
      await pause();
      if (asked !== this.#asked) return;
      if (this.#stopped) break;
      last = performance.now();
    }
    tell(false);
  }
}
