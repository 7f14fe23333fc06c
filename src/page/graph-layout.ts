import type { GraphModel } from "./graph-model.ts";

/** Where each node is drawn. */
export interface Layout {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly width: number;
  readonly height: number;
}

/** Between two nodes of a layer, and between two layers. */
const ACROSS = 40;
const DOWN = 90;

/** Nodes in layers by their distance from the start, each below those that lead to it as far as there is room. */
export const layoutOf = ({ nodes, edges }: GraphModel, across = ACROSS): Layout => {
  const x = new Float64Array(nodes.length);
  const y = new Float64Array(nodes.length);
  const layers: number[][] = [];
  nodes.forEach(({ depth }, i) => (layers[depth] ??= []).push(i));
  const above: number[][] = nodes.map(() => []);
  for (const { from, to } of edges) if (nodes[from].depth < nodes[to].depth) above[to].push(from);
  let width = 0;
  let row = 0;
  for (const layer of layers) {
    if (layer === undefined) continue;
    const wanted = new Map(
      layer.map((node) => {
        const over = above[node];
        return [
          node,
          over.length === 0 ? 0 : over.reduce((sum, one) => sum + x[one], 0) / over.length,
        ] as const;
      }),
    );
    // The run goes down in the middle.
    const place = (node: number): number => (nodes[node].onRun ? 0 : 1);
    const sides = layer.toSorted((a, b) => wanted.get(a)! - wanted.get(b)!);
    const middle = sides.filter((node) => place(node) === 0);
    const others = sides.filter((node) => place(node) === 1);
    const half = Math.floor(others.length / 2);
    const ordered = [...others.slice(0, half), ...middle, ...others.slice(half)];
    const centre = half + (middle.length - 1) / 2;
    ordered.forEach((node, i) => {
      x[node] = (i - centre) * across;
      y[node] = row * DOWN;
    });
    width = Math.max(width, ordered.length * across);
    row += 1;
  }
  return { x, y, width, height: row * DOWN };
};
