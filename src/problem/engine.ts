import type { Step } from "../model/model.ts";
import type { Bounds, Exploration, Path, Problem, Pulse, Stop } from "./exploration.ts";
import type { StateGraph } from "./state-graph.ts";

/** Is shown all that a search comes to, and ends the search by throwing. */
export interface Observer<S> {
  /** A step that was tried, and the state after it where it is enabled. */
  readonly onStep: (step: Step<S>, before: S, after: S | undefined) => void;
  /** A state that is new, judged. */
  readonly onState: (state: S) => void;
  /** A step that was taken, judged. */
  readonly onTransition: (step: Step<S>, before: S, after: S) => void;
}

/** A problem as engines search it: what a method does is a function of plain states, absent where no method does it. */
export interface Searchable<S> extends Problem<S> {
  /** The state that stands for all that count as one with it. */
  readonly canonical?: (state: S) => S;
  /** How many states count as one with it, the state itself among them. */
  readonly classSize?: (state: S) => number;
  /** The run of the model behind a run of states that stand for others. */
  readonly realRun?: (path: Path) => Path;
  /** The steps to take in a state, of those that are enabled in it, by id in ascending order. */
  readonly pick?: (state: S, enabled: readonly number[]) => readonly number[];
  readonly observer?: Observer<S>;
}

/** What an engine knows of a search, apart from what is asked above it. */
export type Found<S> = Omit<Exploration<S>, "stop" | "constrained" | "nodes" | "tableBytes" | "doubted">;

/** A search for states that has ended, and may now be asked about liveness. */
export interface Searched<S, F extends Found<S> = Found<S>> {
  /** Why it ended; nothing where no state is left to expand. */
  readonly stop: Stop | undefined;
  readonly found: F;
  /** The graph of the states of the first levels, all of which were expanded. */
  readonly graph: (levels: readonly number[], states: number) => StateGraph<S>;
  /** Bytes that the graph of that many states needs. */
  readonly graphBytes: (states: number) => number;
  /** Peak bytes of the engine's own tables, given how many bytes are held besides those it has kept. */
  readonly tableBytes: (more: number) => number;
}

/** Finds the states that a problem can reach within bounds, breadth first, and judges them. */
export type Engine = <S>(problem: Searchable<S>, bounds: Bounds, pulse: Pulse) => Promise<Searched<S>>;
