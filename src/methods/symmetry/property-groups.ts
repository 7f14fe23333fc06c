import { choices, type Args } from "../../model/action.ts";
import type { Property } from "../../model/property.ts";
import type { Problem } from "../../problem/exploration.ts";
import { argsKey, renamedArgs } from "./symmetry-of.ts";
import type { Renamed } from "../../problem/symmetry.ts";

/** Instances of a property that are judged together. */
export interface Group<S, P extends Property<S> = Property<S>> {
  /** The property's place in the problem. */
  readonly place: number;
  readonly property: P;
  readonly args: readonly Args[];
}

/** All instances of all properties, each on its own, unless only all of a property together are symmetric. */
export const groupsOf = <S>({ properties, scope, symmetry }: Problem<S>): readonly Group<S>[] =>
  properties.flatMap((property, place): readonly Group<S>[] => {
    const all = choices(property.args, scope);
    return symmetry?.joint.has(place) === true
      ? [{ place, property, args: all }]
      : all.map((args) => ({ place, property, args: [args] }));
  });

/** For each group of a list, which group of the list it becomes under new names. */
export const renamedGroups = <S>(groups: readonly Group<S>[], { names }: Renamed): readonly number[] => {
  const keyOf = (place: number, args: readonly Args[]): string =>
    JSON.stringify([place, args.map(argsKey).toSorted()]);
  const at = new Map(groups.map(({ place, args }, i) => [keyOf(place, args), i]));
  return groups.map(({ place, property, args }) =>
    at.get(
      keyOf(
        place,
        args.map((one) => renamedArgs(names, property.args, one)),
      ),
    )!,
  );
};
