import type { MessagePort } from "node:worker_threads";
import { stepText } from "../../model/model.ts";
import type { Problem } from "../../problem/exploration.ts";
import type { Segment } from "../visited/store.ts";
import type { VisitedMemory } from "../visited/visited.ts";
import type { Source } from "./workers.ts";

/** What a worker starts with. */
export interface Boot {
  readonly source: Source;
  readonly control: Int32Array;
  readonly tally: Float64Array;
  readonly port: MessagePort;
  /** What the problem has to be. */
  readonly signature: string;
}

/** Memory that is sent to the workers as it is allocated. */
export type MemoryMessage =
  | { readonly log: Int32Array }
  | { readonly sizes: readonly number[] }
  | { readonly visited: VisitedMemory }
  | { readonly first: number; readonly segments: readonly Segment[] };

/** What two threads must agree on before they search together. */
export const signatureOf = <S>({ model, scope, steps, properties, start }: Problem<S>): string =>
  JSON.stringify([model.name, scope, steps.map(stepText), properties.map(({ id }) => id), start]);
