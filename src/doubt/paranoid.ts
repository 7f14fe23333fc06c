import { CheckError } from "../errors.ts";
import { isLiveness } from "../model/property.ts";
import { unanalysed } from "../problem/constrained.ts";
import type { Bounds, Exploration, Explore, Problem, Pulse, Stop } from "../problem/exploration.ts";
import { verifyIndependence } from "./independence/verify.ts";
import { SecondLook } from "./second-look.ts";

/** A `Map` holds no more than twice as many. */
const MOST = 2 ** 23;
/** States times steps, at most, for which independence is verified: each such pair takes four bytes, and some time. */
const MOST_VERIFIED = 2 ** 26;
/** States looked at between two pulses. */
const PATIENCE = 256;

/**
 * An explorer that believes nothing of what `explore` found in a complete search. It walks all states once more on plain
 * frozen objects, with every guard, recipe and property asked twice, and finds the same states in the same order, transitions,
 * antecedents, violations and shortest runs, or it is an error. Then it verifies by brute force which steps are independent,
 * where there are at most `mostVerified` states times steps.
 * Where there are constraints or guards on the successor that is not verified. A search that was cut short is given back as it is.
 * @throws CheckError `internal` where the second look shows something else, `recipe` where two looks differ.
 */
export const paranoid =
  (explore: Explore, mostVerified: number = MOST_VERIFIED): Explore =>
  async <S>(
    problem: Problem<S>,
    bounds: Bounds = {},
    pulse: Pulse = () => undefined,
  ): Promise<Exploration<S>> => {
    const found = await explore(problem, bounds, pulse);
    if (!isWhole(found)) return found;
    if (found.states > MOST)
      throw new CheckError(
        "limit",
        `--paranoid looks at no more than ${MOST} states, and there are ${found.states}`,
      );
    const again = new SecondLook(problem, found);
    const ask = (at: number, liveness: boolean): ReturnType<Pulse> =>
      pulse({
        depth: found.levels.length - 1,
        states: found.states,
        transitions: found.transitions,
        frontier: found.states - at,
        wantsBytes: 0,
        liveness,
      });
    for (let id = 0; id < found.states; id++) {
      const stop = id % PATIENCE === 0 ? await ask(id, false) : undefined;
      if (stop !== undefined) return cut(found, stop);
      again.state(id);
    }
    again.end();
    const stop = await again.liveness(() => ask(found.states, true));
    if (stop !== found.stop) return cut(found, stop);
    const safety = { ...problem, properties: problem.properties.filter((property) => !isLiveness(property)) };
    const doubted = { states: found.states, transitions: found.transitions, pairs: null };
    if (!isVerifiable(problem, found, mostVerified)) return { ...found, doubted };
    const verified = await verifyIndependence(safety, undefined, () => ask(found.states, false));
    if (verified.stop !== "exhausted") return cut(found, verified.stop);
    return { ...found, doubted: { ...doubted, pairs: verified.pairs } };
  };

/** Whether all was seen that can be reached by way of states that satisfy the constraints. */
const isWhole = <S>({ stop }: Exploration<S>): boolean => stop === "exhausted" || stop === "constraint";

/** Whether it can be verified which steps are independent. */
const isVerifiable = <S>(problem: Problem<S>, { states }: Exploration<S>, most: number): boolean =>
  unanalysed(problem) === undefined && states * problem.steps.length <= most;

/** A complete search that was looked at again in part only: that it did not find something proves nothing. */
const cut = <S>(found: Exploration<S>, stop: Stop): Exploration<S> => ({ ...found, stop });
