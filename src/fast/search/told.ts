import type { Told } from "../../problem/exploration.ts";
import { unpack } from "../values/layout.ts";
import type { Store } from "../visited/store.ts";
import type { Expander } from "./expander.ts";
import type { LearnedModel } from "./learned-model.ts";
import type { Successors } from "./successors.ts";

/** What was learned of the state numbered `id`, for that many properties. The expander puts its successors into `out`. */
export const toldOf = <S>(
  { space, looks, verdicts }: LearnedModel<S>,
  store: Store,
  { expander, out }: { readonly expander: Expander<S>; readonly out: Successors },
  properties: number,
  id: number,
): Told<S> => {
  const ids = new Int32Array(space.interners.length);
  const said = verdicts.bits(looks.verdict(store.chunk(id), store.at(id)), properties);
  out.clear(store.words);
  expander.expand(store.chunk(id), store.at(id), id);
  const moves = Array.from({ length: out.count }, (_, i) => {
    unpack(space.layout, out.words, i * store.words, ids);
    return {
      step: out.step[i],
      after: space.decode(ids),
      bits: verdicts.bits(out.verdict[i], properties),
    };
  });
  return { said, moves };
};
