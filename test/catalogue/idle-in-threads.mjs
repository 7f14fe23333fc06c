// Searches variations of kvm/timer in one thread and in several; prints which changes made no difference in each.
import { noticingIdle } from "./dist/src/catalogue/idle-changes.js";
import { choiceOf } from "./dist/src/catalogue/choice.js";
import { exploreFast } from "./dist/src/explore.js";
import { withTexts } from "./dist/src/command/flags/scenario-file.js";
import { wholeSourceOf } from "./dist/src/command/flags/source.js";
import { problemOf } from "./dist/src/problem/exploration.js";
import { shipped } from "./dist/scenarios/shipped.js";

const { files, counts } = JSON.parse(process.argv[2]);
const catalogue = await withTexts(await shipped(), files);
const twins = await withTexts(await shipped(), files);
const variationIn = ({ scenarios }, name) => {
  const scenario = scenarios.find(({ varied }) => varied?.by === name);
  const choice = choiceOf(scenario, { guest: "td", design: "upstream" });
  const { model, start } = scenario.build(choice);
  return { scenario, choice, problem: problemOf(model, scenario.scope, [], start) };
};
const found = [];
for (const { name } of files) {
  const { scenario, choice, problem } = variationIn(catalogue, name);
  const { varied } = scenario;
  const { actions } = problem.model;
  const exploring = (count) => (asked, bounds, pulse) =>
    exploreFast(asked, bounds, pulse, {
      count,
      source: wholeSourceOf(catalogue, { scenario, choice, properties: [] }),
      eager: true,
      slice: 4,
    });
  for (const count of counts) {
    const { idleChanges, states } = await noticingIdle(varied, exploring(count), exploreFast)(problem);
    found.push({ name, count, states, idleChanges });
  }
  // A twin of the variation does not tell this one what this thread sees: what is noted is what others see.
  varied.watch(actions);
  const changes = varied.idle(actions).length;
  await exploring(3)(variationIn(twins, name).problem);
  found.push({ name, count: "others", noted: changes - varied.idle(actions).length });
}
process.stdout.write(JSON.stringify(found));
