import { asFoundStranded, strandedIn, type Stranded } from "../../check/stranded.ts";
import { asAskedElsewhere, askAgain } from "../../doubt/determinism.ts";
import type { Exploration, Problem } from "../../problem/exploration.ts";

/** What can be asked of a search only where its states are. */
type Asked = "state" | "row" | "codes" | "path" | "told";

/** What a thread tells another of a search that was looked at again: all but the states themselves. */
export interface ToldSearch {
  readonly found: Omit<Exploration<unknown>, Asked>;
  readonly stranded: readonly Stranded[];
  readonly seconds: number;
}

/**
 * What is told of a search. @throws CheckError where looking at it again shows that a guard, recipe or property is not
 * deterministic, or the engine wrong.
 */
export const toldSearch = <S>(
  problem: Problem<S>,
  exploration: Exploration<S>,
): Omit<ToldSearch, "seconds"> => {
  askAgain(problem, exploration);
  const { state: _, row: __, codes: ___, path: ____, told: _____, ...found } = exploration;
  return { found, stranded: exploration.stop === "exhausted" ? strandedIn(problem, exploration) : [] };
};

/** The search that another thread tells of, to be judged: nothing can be asked of its states. */
export const searchTold = <S>({ found, stranded }: ToldSearch): Exploration<S> => {
  const elsewhere = (): never => {
    throw new Error("the states of this search are in another thread");
  };
  const search = {
    ...found, // Marks are kept by this function, so it is one of this search alone.
    state: () => elsewhere(),
    row: elsewhere,
    codes: elsewhere,
    path: elsewhere,
  };
  asAskedElsewhere(search);
  asFoundStranded(search, stranded);
  return search;
};
