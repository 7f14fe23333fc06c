import { everyWorld } from "../scenarios/every-world.ts";
import { sizes } from "../scenarios/sizes.ts";
import type { KvmScenario } from "../scenarios/world.ts";
import { answer } from "../src/catalogue/answer.ts";
import { choiceOf, type Wish } from "../src/catalogue/choice.ts";
import type { Finding, Fix } from "../src/catalogue/finding.ts";
import type { PropertyResult } from "../src/catalogue/outcome.ts";
import { modelKey } from "../src/catalogue/same-model.ts";
import { worldText } from "../src/catalogue/size.ts";
import type { AnyScenario, Instantiated } from "../src/catalogue/scenario.ts";
import { CheckError } from "../src/errors.ts";
import { isLaw, vacuousIsGood } from "../src/model/property.ts";
import { chosenFor, sidesOf, type Sides } from "./fix-sides.ts";

/** A world with which options do not go together is none. */
const built = (scenario: AnyScenario, wish: Wish) => {
  try {
    return scenario.build(choiceOf(scenario, wish));
  } catch (error) {
    if (error instanceof CheckError && error.code === "usage") return undefined;
    throw error;
  }
};

/** The names of the actions that one model has otherwise than another. */
const changedIn = (now: Instantiated<unknown>, before: Instantiated<unknown>): readonly string[] => {
  const kept = new Set<unknown>(before.model.actions);
  return now.model.actions.filter((action) => !kept.has(action)).map(({ name }) => name);
};

/** Worlds with more states are left out, but for that of the finding, and named: a gate has minutes. Those in `sizes` have so many. */
const MOST_STATES = 500_000;

/** What a search says, as far as it is compared. */
interface Said {
  readonly complete: boolean;
  readonly results: readonly Pick<PropertyResult, "property" | "verdict">[];
  readonly fired: (action: string) => boolean;
}

const known = new Map<string, Said>();

/** Searches a model; the same only once. */
const said = async (scenario: AnyScenario, wish: Wish, key: string, anySize: boolean): Promise<Said> => {
  const before = known.get(key);
  if (before !== undefined) return before;
  const { complete, properties, coverage } = await answer(scenario, {
    ...wish,
    properties: scenario.properties.filter((property) => !isLaw(property)).map(({ id }) => id),
    bounds: anySize ? {} : { states: MOST_STATES },
  });
  const fired = new Set(coverage.actions.filter((action) => action.fired > 0).map(({ name }) => name));
  const found = {
    complete,
    results: properties.map(({ property, verdict }) => ({ property, verdict })),
    fired: (name: string) => fired.has(name),
  };
  known.set(key, found);
  return found;
};

/** Whether a verdict is worse than the one before. */
const isWorse = (before: Said["results"][number], now: Said["results"][number]): boolean => {
  if (before.verdict === now.verdict || before.verdict === "violated") return false;
  if (now.verdict === "vacuous") return !vacuousIsGood(now.property);
  return !(before.verdict === "vacuous" && now.verdict !== "violated");
};

/** What was searched of a world, without a fix and with it. */
interface Compared {
  readonly was: Said;
  readonly is: Said;
}

const tooLarge: Said = { complete: false, results: [], fired: () => false };

/** Searches a world without a fix and with it; undefined where the fix takes no part. */
const compared = async (
  world: KvmScenario,
  sides: Sides,
  chosen: Wish,
  anySize: boolean,
): Promise<Compared | undefined> => {
  const [wish, fixedWish] = [sides.set.plain, sides.set.fixed].map((set) => ({ ...chosen, set }));
  const [before, now] = [built(sides.plain, wish), built(sides.fixed, fixedWish)];
  if (before === undefined || now === undefined || before.start.length === 0) return undefined;
  const [key, fixedKey] = [modelKey(world, before), modelKey(world, now)];
  const changed = changedIn(now, before);
  if (key === fixedKey || (changed.length === 0 && !sides.named)) return undefined;
  const isLarge = !anySize && Object.hasOwn(sizes, worldText(sides.plain, choiceOf(sides.plain, wish)));
  const was = isLarge ? tooLarge : await said(sides.plain, wish, key, anySize);
  if (!was.complete) return { was, is: was };
  if (changed.length > 0 && !changed.some(was.fired)) return undefined;
  return { was, is: await said(sides.fixed, fixedWish, fixedKey, anySize) };
};

/** Where a fix takes part, how many verdicts were compared there, and which are worse with it. */
export interface Everywhere {
  readonly worlds: readonly string[];
  readonly tooLarge: readonly string[];
  readonly verdicts: number;
  readonly worse: readonly string[];
}

/** Asks each property of each world in which a fix takes part, with it and without; not the laws, of which there are many. */
export const askedEverywhere = async (finding: Finding, fix: Fix): Promise<Everywhere> => {
  const all: (Compared & { readonly name: string; readonly chosen: Wish })[] = [];
  for (const world of everyWorld) {
    const sides = sidesOf(world, finding, fix);
    if (sides === undefined) continue;
    for (const chosen of chosenFor(world, fix)) {
      const found = await compared(world, sides, chosen, world.name === finding.asks[0]);
      if (found !== undefined) all.push({ ...found, name: world.name, chosen });
    }
  }
  const asked = all.filter(({ is }) => is.complete);
  const pairs = asked.flatMap(({ name, chosen, was, is }) =>
    is.results.map((now, i) => ({ name, chosen, earlier: was.results[i], now })),
  );
  const names = (some: typeof all): readonly string[] => [...new Set(some.map(({ name }) => name))];
  return {
    worlds: names(asked),
    tooLarge: names(all.filter(({ is }) => !is.complete)),
    verdicts: pairs.length,
    worse: pairs
      .filter(({ earlier, now }) => isWorse(earlier, now) && fix.gives?.[now.property.id] === undefined)
      .map(
        ({ name, chosen, earlier, now }) =>
          `${name} ${JSON.stringify(chosen)} ${now.property.id}: ${earlier.verdict}, then ${now.verdict}`,
      ),
  };
};
