import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { watched } from "../../problem/constrained.ts";
import type { Problem } from "../../problem/exploration.ts";
import { Control, phases } from "./control.ts";
import { Knowledge } from "../search/learned-model.ts";
import { Peer } from "./search-thread.ts";
import { signatureOf, type Boot, type Parcel } from "./messages.ts";
import { Store } from "../visited/store.ts";
import { Tally } from "./tally.ts";
import { ValueLog } from "../values/value-log.ts";
import { Visited } from "../visited/visited.ts";
import type { Source } from "./workers.ts";

type Make = (given: unknown) => unknown;
const called = async ({ module, name, given }: Source): Promise<unknown> =>
  ((await import(module)) as Record<string, Make>)[name](given);

const early = workerData as Source | undefined;
if (early !== undefined) await called(early);
const boot = await new Promise<Boot>((resolve) => void parentPort!.once("message", resolve));
const { source, control: cells, tally, port, signature } = boot;
const problem = watched((await called(source)) as Problem<unknown>);
if (signatureOf(problem) !== signature)
  throw new Error(`${source.module} gives a worker another problem than the one that is searched`);
const control = new Control(problem.properties.length, cells);

interface Mind {
  readonly knowledge: Knowledge<unknown>;
  readonly store: Store;
  readonly visited: Visited;
  readonly peer: Peer<unknown>;
}
let mind: Mind | undefined;

const minded = (log: Int32Array): Mind => {
  const knowledge = new Knowledge(problem, new ValueLog(log));
  const { layout } = knowledge.space;
  const store = new Store(layout.words);
  const visited = new Visited(layout);
  const counted = new Tally(problem.steps.length, problem.properties.length, tally);
  return {
    knowledge,
    store,
    visited,
    peer: new Peer(problem, knowledge, { control, store, visited }, counted),
  };
};

const unpack = (parcel: Parcel): void => {
  if ("log" in parcel) mind = minded(parcel.log);
  const { knowledge, store, visited } = mind!;
  const { space } = knowledge;
  if ("sizes" in parcel) {
    space.packFor(parcel.sizes);
    store.words = space.layout.words;
  } else if ("visited" in parcel) visited.adopt(space.layout, parcel.visited);
  else if ("first" in parcel) {
    store.segments.length = parcel.first;
    for (const segment of parcel.segments) store.segments.push(segment);
  }
};

let received = 0;
control.arrive();
for (let seen = 0; ; seen++) {
  control.waitForGo(seen);
  if (control.phase === phases.end) break;
  for (; received < control.parcels; received++) unpack(receiveMessageOnPort(port)!.message as Parcel);
  await mind!.peer.run();
  control.finish();
}
