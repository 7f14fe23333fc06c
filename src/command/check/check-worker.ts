import { parentPort, workerData } from "node:worker_threads";
import { propertiesNamed } from "../../catalogue/answer.ts";
import { groupAlike } from "../../catalogue/cases.ts";
import { scenarioNamed } from "../../catalogue/catalogue.ts";
import { exploreFast } from "../../explore.ts";
import { loaded } from "../flags/source.ts";
import { stopFor } from "../search/model-sharing.ts";
import type { ModelWanted, PoolGiven } from "./model-pool.ts";
import { toldSearch, type ToldSearch } from "./told-search.ts";

const { catalogue, cells } = workerData as PoolGiven;
const known = loaded(catalogue);

/** Searches a model and looks at the search again; nothing where that fails: whoever asked does it again, and says why. */
const searched = async ({
  scenario: name,
  choice,
  properties,
  bounds,
}: ModelWanted): Promise<ToldSearch | undefined> => {
  const begun = performance.now();
  try {
    const scenario = scenarioNamed(await known, name);
    const { problem: whole } = groupAlike([{ scenario, choice }]);
    const problem = { ...whole, properties: propertiesNamed(scenario, properties) };
    const told = toldSearch(problem, await exploreFast(problem, bounds, () => stopFor(cells)));
    return { ...told, seconds: (performance.now() - begun) / 1000 };
  } catch {
    return undefined;
  }
};

parentPort!.on("message", (wanted: ModelWanted) => {
  void searched(wanted).then((told) => parentPort!.postMessage(told));
});
