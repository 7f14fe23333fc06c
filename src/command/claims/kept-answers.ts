import type { Answer } from "../../catalogue/check-claims.ts";
import type { ClaimQuestion } from "../../catalogue/claim-questions.ts";
import type { ResultStore } from "../search/result-store.ts";

/** What is kept of an answer: all but what the question says. */
type Kept = Omit<Answer, "claim" | "check" | "column" | "cached">;

/** Answers to what is asked of one world under one choice, by property. */
type OfWorld = Readonly<Record<string, Kept>>;

type World = Pick<ClaimQuestion, "scenario" | "choice">;

const askedOf = ({ scenario, choice }: World): unknown => ["claims", scenario.name, choice];

/** Answers to claims that are kept in a store. What is not as expected is not kept: it is searched again each time. */
export class KeptAnswers {
  readonly #store: ResultStore;
  readonly #known = new Map<string, OfWorld>();

  constructor(store: ResultStore) {
    this.#store = store;
  }

  /** The answer to a question, where it is kept. */
  answer({ claim, check, column, ...world }: ClaimQuestion): Answer | undefined {
    const of = this.#of(world);
    const { property } = check;
    return Object.hasOwn(of, property) ? { claim, check, column, ...of[property], cached: true } : undefined;
  }

  /** Keeps what was found, beside what is kept of the same worlds. */
  keep(found: readonly (readonly [question: ClaimQuestion, answer: Answer])[]): void {
    const worlds = new Map<string, { readonly world: World; readonly more: Record<string, Kept> }>();
    for (const [{ scenario, choice }, answer] of found) {
      const { claim: _, check, column: __, cached, ...kept } = answer;
      if (cached === true || !kept.asExpected) continue;
      const world = { scenario, choice };
      const key = JSON.stringify(askedOf(world));
      const of = worlds.get(key) ?? { world, more: {} };
      worlds.set(key, of);
      of.more[check.property] = kept;
    }
    for (const { world, more } of worlds.values())
      this.#store.write(askedOf(world), { ...this.#of(world), ...more });
  }

  #of(world: World): OfWorld {
    const key = JSON.stringify(askedOf(world));
    const known = this.#known.get(key) ?? (this.#store.read(askedOf(world)) as OfWorld | undefined) ?? {};
    this.#known.set(key, known);
    return known;
  }
}
