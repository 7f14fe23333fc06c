// Explores problems with different numbers of workers; prints, for each, what they found as JSON.
import { createHash } from "node:crypto";
import { exploreFast } from "./dist/src/api/inside.js";
import { PrestartedWorkers } from "./dist/src/fast/threads/prestarted.js";
import { counting, shipped } from "./problems.mjs";

const told = ({ state, row: _row, path, told: _told, tableBytes: _bytes, stats: _stats, ...found }) => {
  const states = createHash("sha256");
  for (let id = 0; id < found.states; id++) states.update(JSON.stringify(state(id)));
  const stride = Math.ceil(found.states / 50);
  const paths = [];
  for (let id = 0; id < found.states; id += stride) paths.push(path(id));
  return { ...found, order: states.digest("hex"), paths };
};

const [text] = process.argv.slice(2);
const { name, given, bounds = {}, counts, slice = 8, rounds = 1, early } = JSON.parse(text);
const found = [];
/** Threads that were started before: at once, or when each has loaded something or failed at it. */
const recruited = async ({ count, how, waits }) => {
  const doing = how === "throws" ? "throw new Error('early')" : "globalThis.early = true";
  const module = `data:text/javascript,export const load = (cells) => { Atomics.add(cells, 0, 1); ${doing}; }`;
  const cells = new Int32Array(new SharedArrayBuffer(4));
  const prestarted = new PrestartedWorkers(count, { module, name: "load", given: cells });
  while (waits && Atomics.load(cells, 0) < count) await new Promise((resolve) => setTimeout(resolve, 1));
  return prestarted;
};
/** How many of them a search did not take. */
const dismissed = async (prestarted) => {
  let count = 0;
  for (let thread = prestarted.take(); thread !== undefined; thread = prestarted.take(), count++)
    await thread.terminate();
  return count;
};
const remaining = [];
for (let round = 0; round < rounds; round++)
  for (const count of counts) {
    const prestarted = early && (await recruited(early));
    const source = { module: new URL("./problems.mjs", import.meta.url).href, name, given };
    try {
      const problem = await { counting, shipped }[name](given);
      const explored = exploreFast(problem, bounds, undefined, {
        count,
        source,
        prestarted,
        slice,
        eager: true,
      });
      found.push(told(await explored));
      if (prestarted) remaining.push(await dismissed(prestarted));
    } catch (error) {
      found.push({ error: `${error.name}: ${error.message}` });
    }
  }
process.stdout.write(JSON.stringify(early ? { found, remaining } : found));
