// Explores bundles of generated models with several threads; prints, as JSON, how many, and what differs from an explorer
// that shares nothing with the engine, or from one thread.
import { isDeepStrictEqual } from "node:util";
import { exploreFast } from "#check";
import { bundled, disturbed, generated } from "../trust/bundled.ts";
import { unbundled } from "../trust/bundle.ts";
import { exploreNaively, type Naive } from "../trust/naive.ts";
import type { PropertyLike } from "../trust/rerun.ts";
import { all } from "../checkpoint/kept.ts";

const { seed, bundles, count, most } = JSON.parse(process.argv[2]) as Record<string, number>;
const module = new URL("../trust/bundled.js", import.meta.url).href;

const added = (levels: readonly (readonly number[])[]): readonly number[] =>
  Array.from({ length: Math.max(0, ...levels.map((of) => of.length)) }, (_, depth) =>
    levels.reduce((sum, of) => sum + (of[depth] ?? 0), 0),
  );

const sum = { models: 0, states: 0, bundles: 0 };
const differs: unknown[] = [];
for (let bundle = 0; bundle < bundles; bundle++) {
  const sample = { seed: seed + bundle, count };
  const naives = generated(sample).map(({ model, scope, start, constraints, properties }) =>
    exploreNaively(
      { actions: model.actions, scope, start, constraints },
      properties as readonly PropertyLike[],
      most,
    ),
  );
  const kept = [...naives.keys()].filter((place) => naives[place] !== undefined);
  const known = kept.map((place) => naives[place] as Naive);
  const given = { ...sample, kept };
  const workers = { count: 2 + (bundle % 2), source: { module, name: "disturbed", given } };
  const threads = { ...workers, eager: true, slice: 1 + (bundle % 13) };
  const found = all(await exploreFast(disturbed(given), {}, undefined, threads));
  const each = unbundled(generated(given), found);
  const beyond = known.reduce((states, naive) => states + naive.beyond, 0);
  const right =
    found.stop === (beyond > 0 ? "constraint" : "exhausted") &&
    (found.constrained ?? 0) === beyond &&
    isDeepStrictEqual(
      each,
      known.map(({ states, transitions, findings }) => ({ states, transitions, findings })),
    ) &&
    isDeepStrictEqual(found.levels, added(known.map(({ levels }) => levels))) &&
    found.deadlocks === known.reduce((dead, naive) => dead + naive.dead, 0);
  const same = isDeepStrictEqual(found, all(await exploreFast(bundled(given))));
  if (!right || !same) differs.push({ ...sample, threads: threads.count, right, same });
  sum.bundles++;
  sum.models += kept.length;
  sum.states += found.states;
}
process.stdout.write(JSON.stringify({ sum, differs }));
