import { SILENT, type ObservedGraph } from "./observed-graph.ts";

/**
 * The strongly connected components of the silent steps, numbered so that a silent step from one component to another leads to
 * the smaller number: Tarjan's algorithm, which closes a component after all that it leads to.
 */
export const silentComponents = ({
  nodes,
  first,
  label,
  to,
}: ObservedGraph): { readonly component: Int32Array; readonly count: number } => {
  const component = new Int32Array(nodes).fill(-1);
  const order = new Int32Array(nodes).fill(-1);
  const low = new Int32Array(nodes);
  const edge = new Int32Array(nodes);
  const open: number[] = [];
  const path: number[] = [];
  let met = 0;
  let count = 0;

  const enter = (node: number): void => {
    order[node] = met;
    low[node] = met++;
    edge[node] = first[node];
    open.push(node);
    path.push(node);
  };
  const leave = (node: number): void => {
    path.pop();
    const above = path.at(-1);
    if (above !== undefined) low[above] = Math.min(low[above], low[node]);
    if (low[node] !== order[node]) return;
    for (let member = open.pop()!; ; member = open.pop()!) {
      component[member] = count;
      if (member === node) break;
    }
    count++;
  };

  for (let root = 0; root < nodes; root++) {
    if (order[root] >= 0) continue;
    enter(root);
    while (path.length > 0) {
      const node = path[path.length - 1];
      if (edge[node] === first[node + 1]) {
        leave(node);
        continue;
      }
      const e = edge[node]++;
      if (label[e] !== SILENT) continue;
      const next = to[e];
      if (order[next] < 0) enter(next);
      else if (component[next] < 0) low[node] = Math.min(low[node], order[next]);
    }
  }
  return { component, count };
};
