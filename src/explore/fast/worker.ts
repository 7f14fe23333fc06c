import { receiveMessageOnPort, workerData } from "node:worker_threads";
import type { Problem } from "../exploration.ts";
import { Control, phases } from "./control.ts";
import { Knowledge } from "./knowledge.ts";
import { Peer, type Common } from "./peer.ts";
import { signatureOf, type Boot, type Parcel } from "./parcel.ts";
import { Store } from "./store.ts";
import { Slice } from "./slice.ts";
import { Tally } from "./tally.ts";
import { ValueLog } from "./value-log.ts";

const { source, share, control: cells, tally, port, signature } = workerData as Boot;
type Make = (given: unknown) => Problem<unknown> | Promise<Problem<unknown>>;
const problem = await ((await import(source.module)) as Record<string, Make>)[source.name](source.given);
if (signatureOf(problem) !== signature)
  throw new Error(`${source.module} gives a worker another problem than the one that is searched`);
const control = new Control(problem.properties.length, cells);
const store = new Store(1);
const common: Common = { control, store, slices: [] };
let peer: Peer<unknown> | undefined;

const unpack = (parcel: Parcel): void => {
  if ("log" in parcel) {
    const knowledge = new Knowledge(problem, new ValueLog(parcel.log));
    const counted = new Tally(problem.steps.length, problem.properties.length, tally);
    peer = new Peer(problem, knowledge, common, share, counted);
  } else if ("slices" in parcel) {
    store.words = parcel.words;
    common.slices = parcel.slices.map((memory) => new Slice(memory));
  } else store.segments.splice(parcel.first, Infinity, ...parcel.segments);
};

let received = 0;
control.arrive();
for (let seen = 0; ; seen++) {
  control.waitForGo(seen);
  if (control.phase === phases.end) break;
  for (; received < control.parcels; received++) unpack(receiveMessageOnPort(port)!.message as Parcel);
  store.count = control.states;
  peer!.run();
  control.finish();
}
