import type { CaseGroup } from "../../catalogue/cases.ts";
import { worldText, type Sizes } from "../../catalogue/size.ts";
import { own } from "../../schema/own.ts";
import type { Bounds, Explore } from "../../problem/exploration.ts";
import { ModelPool, type ModelWanted } from "./model-pool.ts";
import { searchTold } from "./told-search.ts";

/** Where the threads find the models, how many threads there are, and within which bounds they search. */
interface Pooling {
  readonly module: string;
  readonly sizes: Sizes | undefined;
  readonly count: number;
  readonly bounds: Bounds;
}

interface Part {
  readonly groups: readonly CaseGroup[];
  readonly properties: readonly { readonly id: string }[];
}

/** The models of groups, searched by a pool of threads and judged by whoever asks for them. */
export class PooledModels {
  readonly #pool: ModelPool;
  readonly #wanted = new Map<CaseGroup, ModelWanted>();

  /** Begins to search them, the largest known first. */
  constructor({ module, sizes = {}, count, bounds }: Pooling, parts: readonly Part[]) {
    const states = new Map<ModelWanted, number>();
    for (const { groups, properties } of parts)
      for (const group of groups) {
        const [{ scenario, choice }] = group.cases;
        const ids = properties.map(({ id }) => id);
        const wanted = { scenario: scenario.name, choice, properties: ids, bounds };
        this.#wanted.set(group, wanted);
        states.set(
          wanted,
          group.cases.reduce((most, one) => Math.max(most, sizeOf(sizes, one)), 0),
        );
      }
    const wanted = [...states.keys()].toSorted((a, b) => states.get(b)! - states.get(a)!);
    this.#pool = new ModelPool(module, wanted, count);
  }

  /** What takes the search of a model from the pool, or searches it by `alone` where the pool does not; and how long that took, where the pool did. */
  explorer(
    group: CaseGroup,
    alone: Explore,
  ): { readonly explore: Explore; readonly seconds: () => number | undefined } {
    let seconds: number | undefined;
    const wanted = this.#wanted.get(group)!;
    const explore: Explore = async (problem, bounds, pulse = () => undefined) => {
      const told = await this.#pool.told(wanted, pulse);
      seconds = told?.seconds;
      return told === undefined ? alone(problem, bounds, pulse) : searchTold(told);
    };
    return { explore, seconds: () => seconds };
  }

  /** Ends all threads. */
  async end(): Promise<void> {
    await this.#pool.end();
  }
}

const sizeOf = (sizes: Sizes, { scenario, choice }: CaseGroup["cases"][number]): number =>
  own(sizes, worldText(scenario, choice))?.states ?? 0;
