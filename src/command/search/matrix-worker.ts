import { propertiesNamed } from "../../catalogue/answer.ts";
import { scenarioNamed } from "../../catalogue/catalogue.ts";
import { searchModels, type ModelResult } from "../../catalogue/matrix.ts";
import { loadedAgain } from "../flags/source.ts";
import { searchingFor, type MatrixGiven } from "./matrix-search.ts";
import { takePart } from "./model-sharing.ts";

await takePart<MatrixGiven, ModelResult>(async (given, { pulse, takes }) => {
  const scenario = scenarioNamed(await loadedAgain(given), given.scenario);
  const models = given.models.map((choices) => choices.map((choice) => ({ scenario, choice })));
  const properties = propertiesNamed(scenario, given.properties);
  return searchModels(models, await searchingFor(given.asked, properties, pulse), takes);
});
