// Stops searches with some workers, goes on with others; prints what a whole search and the resumed one found as JSON.
import { createHash } from "node:crypto";
import { exploreFast } from "./dist/src/api/inside.js";
import { stored } from "./dist/test/trust/resumed.js";
import { counting, shipped } from "./problems.mjs";

const told = ({ state, row: _row, path, told: _told, tableBytes: _bytes, stats: _stats, ...found }) => {
  const states = createHash("sha256");
  for (let id = 0; id < found.states; id++) states.update(JSON.stringify(state(id)));
  const paths = [];
  for (let id = 0; id < found.states; id += Math.ceil(found.states / 50)) paths.push(path(id));
  return { ...found, order: states.digest("hex"), paths };
};

const [text] = process.argv.slice(2);
const { name, given, bounds = {}, counts, stops, slice = 8 } = JSON.parse(text);
const problem = await { counting, shipped }[name](given);
const source = { module: new URL("./problems.mjs", import.meta.url).href, name, given };
const workers = (turn) => {
  const count = counts[turn % counts.length];
  return { count, source, slice, eager: true };
};
const found = [told(await exploreFast(problem, bounds))];
for (const stop of stops) {
  let from;
  let looks = 0;
  const keep = (snapshot) => {
    from = stored(snapshot);
  };
  for (let turn = 0; turn < 3; turn++) {
    const until = looks + stop;
    const pulse = () => (++looks > until ? "interrupted" : undefined);
    const keeping = { from, to: { due: () => false, put: async (snapshot) => keep(snapshot) } };
    await exploreFast(problem, bounds, pulse, workers(turn), keeping);
  }
  found.push({
    resumedAt: from.standing.states,
    ...told(await exploreFast(problem, bounds, undefined, workers(3), { from })),
  });
}
process.stdout.write(JSON.stringify(found));
