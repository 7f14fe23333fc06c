import { exploreFast } from "../../explore.ts";
import { mutateWorlds, type MutantResult } from "../../mutate/mutate-worlds.ts";
import { scenarioNamed } from "../../catalogue/catalogue.ts";
import { loaded } from "../flags/source.ts";
import { takePart } from "../search/model-sharing.ts";
import { keptIn } from "./kept-answers.ts";
import type { MutateGiven } from "./mutate-command.ts";

await takePart<MutateGiven, MutantResult>(
  async ({ catalogue, scenarios, wish, checkpoint, ...asked }, taking) => {
    const all = await loaded(catalogue);
    const worlds = scenarios.map((name) => scenarioNamed(all, name));
    const mutating = { ...asked, ...taking, ...keptIn(checkpoint), explore: exploreFast };
    return (await mutateWorlds(worlds, wish, mutating)).results;
  },
);
