import type { Action, Args } from "../../model/action.ts";
import { amendedRecipe, type Recipe } from "../../model/amend.ts";
import type { PathKey } from "../../state-path.ts";
import { agree } from "../text/call.ts";
import { conditionIn, pathIn, valueIn } from "../ground/expressions.ts";
import { FaultError, Faults } from "../text/faults.ts";
import type { Ground } from "../ground/ground.ts";
import { ignoring } from "./ignoring.ts";
import type { Amendment } from "../variation.ts";

type Parts = Recipe<unknown>;
type Keys = (args: Args) => readonly PathKey[];
/** Speaks of a change; what it answers is called where the change makes a difference. */
type Declare = (change: string) => () => void;

/** Assigns a leaf of a draft, and says whether that made a difference. */
const assigned = (draft: unknown, keys: readonly PathKey[], value: unknown): boolean => {
  const owner = keys
    .slice(0, -1)
    .reduce<unknown>((part, key) => (part as Record<PathKey, unknown>)[key], draft) as Record<
    PathKey,
    unknown
  >;
  const last = keys.at(-1)!;
  const differs = owner[last] !== value;
  owner[last] = value;
  return differs;
};

const withoutAll = ({ without }: Amendment): boolean => without?.length === 1 && without[0].text === "all";

/** The effect of an action without what an amendment leaves out. */
const kept = (
  was: Parts,
  amendment: Amendment,
  names: Pick<Action<unknown>, "name" | "args">,
  ground: Ground,
  { declare, faults }: { readonly declare: Declare; readonly faults: Faults },
): Parts["effect"] => {
  const { without = [] } = amendment;
  if (without.length === 0) return was.effect;
  if (withoutAll(amendment)) {
    const differs = declare("without all");
    return () => differs();
  }
  const paths = without.flatMap((said): readonly { readonly keys: Keys; readonly differs: () => void }[] => {
    const keys = faults.try(said.at, () => {
      if (said.text === "all")
        throw new FaultError(said.at, '"all" leaves nothing that could be left out besides: name it alone');
      return pathIn(said, names.args, ground).keys;
    });
    return keys === undefined ? [] : [{ keys, differs: declare(`without ${said.text}`) }];
  });
  return (draft, args) => {
    // Which of them a write is at matters for the report alone: each has its own layer.
    const layered = paths.reduce<object>(
      (on, { keys, differs }) => ignoring(on, [keys(args)], (would) => (would ? differs() : undefined)),
      draft,
    );
    was.effect(layered, args);
  };
};

/**
 * A guard and an effect as an amendment changes them, for those steps of an action that have the fixed arguments.
 * @throws CheckError with all that cannot be understood of it, for faults to note.
 */
export const amendedParts = (
  was: Parts,
  amendment: Amendment,
  fixed: Args,
  names: Pick<Action<unknown>, "name" | "args">,
  ground: Ground,
): Parts & { readonly said: readonly string[] } => {
  const { when: condition, set = [] } = amendment;
  const said: string[] = [];
  const declare: Declare = (change) => {
    said.push(`${names.name} ${change}`);
    return ground.ledger.marker(`${names.name} ${change}`);
  };
  const faults = new Faults();
  const effect = kept(was, amendment, names, ground, { declare, faults });
  const when = condition && faults.try(condition.at, () => conditionIn(condition, names.args, ground));
  const narrows = condition && declare(`when ${condition.text}`);
  const writes = set.flatMap(({ path, value }) => {
    const made = faults.try(path.at, () => {
      const { keys, node } = pathIn(path, names.args, ground);
      return { keys, value: valueIn(value, names.args, node, ground) };
    });
    return made === undefined ? [] : [{ ...made, differs: declare(`set ${path.text}: ${value.text}`) }];
  });
  faults.pass();
  const recipe = amendedRecipe<unknown, readonly (boolean | number | string)[] | undefined>(
    {
      guard: was.guard,
      effect: (draft, args) => (agree(fixed, args) ? effect : was.effect)(draft, args),
    },
    {
      guard: (state, args) => {
        if (when === undefined || !agree(fixed, args) || when(state, args)) return true;
        narrows!();
        return false;
      },
      before: (draft, args) =>
        agree(fixed, args) ? writes.map(({ value }) => value(draft, args)) : undefined,
      after: (draft, args, values) => {
        if (values === undefined) return;
        for (const [i, { keys, differs }] of writes.entries())
          if (assigned(draft, keys(args), values[i])) differs();
      },
    },
  );
  return { said, ...recipe };
};
