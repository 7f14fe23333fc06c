import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { watched } from "../../problem/constrained.ts";
import type { Problem } from "../../problem/exploration.ts";
import { Control, phases } from "./control.ts";
import { LearnedModel } from "../search/learned-model.ts";
import { SearchThread } from "./search-thread.ts";
import { signatureOf, type Boot, type MemoryMessage } from "./messages.ts";
import { Store } from "../visited/store.ts";
import { Tally } from "./tally.ts";
import { ValueLog } from "../values/value-log.ts";
import { Visited } from "../visited/visited.ts";
import type { Source } from "./workers.ts";

type Make = (given: unknown) => unknown;
const called = async ({ module, name, given }: Source): Promise<unknown> =>
  ((await import(module)) as Record<string, Make>)[name](given);

const early = workerData as Source | undefined;
// What fails so early fails again where the problem is made of it, and is heard then: whoever is given a part meanwhile
// must not end for what it was to do before.
if (early !== undefined) await called(early).catch(() => undefined);
const boot = await new Promise<Boot>((resolve) => void parentPort!.once("message", resolve));
const { source, control: cells, tally, port, signature } = boot;
const problem = watched((await called(source)) as Problem<unknown>);
if (signatureOf(problem) !== signature)
  throw new Error(`${source.module} gives a worker another problem than the one that is searched`);
const control = new Control(problem.properties.length, cells);

interface WorkerState {
  readonly learnedModel: LearnedModel<unknown>;
  readonly store: Store;
  readonly visited: Visited;
  readonly thread: SearchThread<unknown>;
}
let state: WorkerState | undefined;

const madeFrom = (log: Int32Array): WorkerState => {
  const learnedModel = new LearnedModel(problem, new ValueLog(log));
  const { layout } = learnedModel.space;
  const store = new Store(layout.words);
  const visited = new Visited(layout);
  const counted = new Tally(problem.steps.length, problem.properties.length, tally);
  return {
    learnedModel,
    store,
    visited,
    thread: new SearchThread(problem, learnedModel, { control, store, visited }, counted),
  };
};

const unpack = (message: MemoryMessage): void => {
  if ("log" in message) state = madeFrom(message.log);
  const { learnedModel, store, visited } = state!;
  const { space } = learnedModel;
  if ("sizes" in message) {
    space.packFor(message.sizes);
    store.words = space.layout.words;
  } else if ("visited" in message) visited.adopt(space.layout, message.visited);
  else if ("first" in message) {
    store.segments.length = message.first;
    for (const segment of message.segments) store.segments.push(segment);
  }
};

let received = 0;
control.arrive();
for (let seen = 0; ; seen++) {
  control.waitForGo(seen);
  if (control.phase === phases.end) break;
  for (; received < control.messages; received++)
    unpack(receiveMessageOnPort(port)!.message as MemoryMessage);
  await state!.thread.run();
  control.finish();
}
