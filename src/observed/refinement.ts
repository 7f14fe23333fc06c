import { SILENT, type ObservedGraph } from "./observed-graph.ts";

/** Pairs of a label and a block as one number: there are fewer blocks than this. */
const BLOCKS = 2 ** 32;

/** What tells nodes of a block apart: where they can go by what is seen, or by leaving the block, as numbers in their order. */
type Signature = Float64Array;

const sameSignature = (one: Signature, other: Signature): boolean =>
  one.length === other.length && one.every((pair, i) => pair === other[i]);

/** A number that is the same of equal signatures, and seldom of others. */
const hashOf = (signature: Signature): number => {
  let hash = signature.length;
  for (const pair of signature)
    hash = Math.imul(hash ^ (pair % BLOCKS), 0x9e37_79b1) ^ Math.imul(pair / BLOCKS, 0x85eb_ca6b);
  return hash;
};

/** Numbers without repetition, in their order. */
const signatureOf = (pairs: readonly number[]): Signature => {
  const sorted = Float64Array.from(pairs).toSorted();
  let kept = 0;
  for (const pair of sorted) if (kept === 0 || sorted[kept - 1] !== pair) sorted[kept++] = pair;
  return sorted.subarray(0, kept);
};

/**
 * The coarsest partition in which nodes of a block can do the same, refined round by round: branching bisimulation. A block that
 * falls apart keeps its number for one part, and only nodes that can go to another part are looked at again. No silent
 * step leads to a node with a larger number, and none forms a circle.
 */
class Partition {
  readonly block: Int32Array;
  readonly #graph: ObservedGraph;
  readonly #signatures: Signature[] = [];
  readonly #members: number[][];
  /** Nodes that went to another block in the round before, and those whose signature is another in this one. */
  #moved: Uint8Array;
  #changed: Uint8Array;

  constructor(graph: ObservedGraph) {
    const { nodes } = graph;
    this.#graph = graph;
    this.block = new Int32Array(nodes);
    this.#members = nodes === 0 ? [] : [Array.from({ length: nodes }, (_, node) => node)];
    this.#moved = new Uint8Array(nodes).fill(1);
    this.#changed = new Uint8Array(nodes);
  }

  /** One round; says whether some block has fallen apart. */
  refine(): boolean {
    const open = this.#lookAgain();
    this.#moved = new Uint8Array(this.#graph.nodes);
    const before = this.#members.length;
    for (const block of open) this.#split(block);
    return this.#members.length > before;
  }

  /** Finds the signatures that are others now; says in which blocks. */
  #lookAgain(): ReadonlySet<number> {
    const { nodes } = this.#graph;
    const open = new Set<number>();
    this.#changed = new Uint8Array(nodes);
    for (let node = 0; node < nodes; node++) {
      if (!this.#isDue(node)) continue;
      const signature = this.#signature(node);
      const known = this.#signatures.at(node);
      if (known !== undefined && sameSignature(known, signature)) continue;
      this.#signatures[node] = signature;
      this.#changed[node] = 1;
      open.add(this.block[node]);
    }
    return open;
  }

  #isDue(node: number): boolean {
    if (this.#moved[node] === 1) return true;
    const { first, label, to } = this.#graph;
    for (let e = first[node]; e < first[node + 1]; e++)
      if (this.#moved[to[e]] === 1 || (label[e] === SILENT && this.#changed[to[e]] === 1)) return true;
    return false;
  }

  #signature(node: number): Signature {
    const { first, label, to } = this.#graph;
    const { block } = this;
    const pairs: number[] = [];
    for (let e = first[node]; e < first[node + 1]; e++) {
      const next = to[e];
      if (label[e] !== SILENT || block[next] !== block[node]) pairs.push(label[e] * BLOCKS + block[next]);
      // A silent step inside the block: what is possible after it is possible here. Those come first.
      else for (const pair of this.#signatures[next]) pairs.push(pair);
    }
    return signatureOf(pairs);
  }

  /** The part with the first node keeps the number of the block. */
  #split(block: number): void {
    const parts: number[][] = [];
    const byHash = new Map<number, number[][]>();
    for (const node of this.#members[block]) {
      const signature = this.#signatures[node];
      const hash = hashOf(signature);
      const alike = byHash.get(hash) ?? [];
      byHash.set(hash, alike);
      const known = alike.find(([other]) => sameSignature(this.#signatures[other], signature));
      if (known !== undefined) {
        known.push(node);
        continue;
      }
      const part = [node];
      alike.push(part);
      parts.push(part);
    }
    const [stays, ...others] = parts;
    this.#members[block] = stays;
    for (const part of others) {
      const number = this.#members.push(part) - 1;
      for (const node of part) {
        this.block[node] = number;
        this.#moved[node] = 1;
      }
    }
  }
}

/**
 * The blocks of the coarsest partition in which nodes of a block can do the same: branching bisimulation. They are numbered in
 * the order of their first nodes. No silent step leads to a node with a larger number, and none forms a circle.
 */
export const blocksOf = (graph: ObservedGraph): { readonly block: Int32Array; readonly count: number } => {
  const partition = new Partition(graph);
  while (partition.refine());
  const numbers = new Map<number, number>();
  const block = partition.block.map((old) => {
    const number = numbers.get(old) ?? numbers.size;
    numbers.set(old, number);
    return number;
  });
  return { block, count: numbers.size };
};
