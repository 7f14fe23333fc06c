import { unknownName } from "../errors.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Flip, FlipKind } from "./flip.ts";

/** All that a catalogue has of a kind, of both where none is named. */
export const flipsIn = async ({ flips }: Catalogue, kind?: FlipKind): Promise<readonly Flip[]> =>
  ((await flips?.()) ?? []).filter((flip) => kind === undefined || flip.kind === kind);

/** The one with an id. @throws CheckError when there is none; names the nearest. */
export const flipNamed = async (catalogue: Catalogue, id: string, kind?: FlipKind): Promise<Flip> => {
  const all = await flipsIn(catalogue, kind);
  const found = all.find((flip) => flip.id === id);
  if (found !== undefined) return found;
  const ids = all.map((flip) => flip.id);
  throw unknownName(kind ?? "bug or mutation", id, ids, `there are: ${ids.join(", ")}`);
};

/** A catalogue that has the scenario of a flip too, which is meant where none is named. */
export const withFlip = async (catalogue: Catalogue, id: string): Promise<Catalogue> => {
  const scenario = (await flipNamed(catalogue, id)).scenario();
  return {
    ...catalogue,
    scenarios: [...catalogue.scenarios, scenario],
    defaultScenario: scenario.name,
    flipped: id,
  };
};
