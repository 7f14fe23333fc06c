import { edgesOf, type Edge, type FactOf, type ObservedGraph } from "./observed-graph.ts";

/** Bits of a number in each byte of it; the highest bit says that there are more. */
const BITS = 7;
const MORE = 2 ** BITS;

/** Numbers from 0 up as text: few characters where they are small. */
const numbersText = (numbers: Iterable<number>): string => {
  const bytes: number[] = [];
  for (let rest of numbers) {
    for (; rest >= MORE; rest = Math.floor(rest / MORE)) bytes.push((rest % MORE) + MORE);
    bytes.push(rest);
  }
  return Buffer.from(bytes).toString("base64");
};

const numbersIn = (text: string): readonly number[] => {
  const numbers: number[] = [];
  let [number, place] = [0, 1];
  for (const byte of Buffer.from(text, "base64")) {
    number += (byte % MORE) * place;
    place *= MORE;
    if (byte >= MORE) continue;
    numbers.push(number);
    [number, place] = [0, 1];
  }
  return numbers;
};

/** Numbers of either sign as numbers from 0 up. */
const folded = (number: number): number => (number < 0 ? -2 * number - 1 : 2 * number);
const unfolded = (number: number): number => (number % 2 === 0 ? number / 2 : -(number + 1) / 2);

interface FactText {
  readonly name: string;
  readonly values: readonly string[];
  /** The sets of values that there are, and for each node which it has. */
  readonly sets: readonly (readonly number[])[];
  readonly of: string;
}

/** A graph as it is written down. */
interface GraphText {
  readonly labels: readonly string[];
  /** For each node how many edges it has, then each edge: its label, and how far it leads. */
  readonly degrees: string;
  readonly edgeLabels: string;
  readonly distances: string;
  readonly facts: readonly FactText[];
}

const factText = ({ name, values, of }: FactOf): FactText => {
  const numbers = new Map<string, number>();
  const sets: (readonly number[])[] = [];
  const numberOf = (set: readonly number[]): number => {
    const key = set.join();
    const known = numbers.get(key) ?? sets.push(set) - 1;
    numbers.set(key, known);
    return known;
  };
  return { name, values, of: numbersText(of.map(numberOf)), sets };
};

/** A graph as text, for `graphOfText`. */
export const graphText = ({ labels, nodes, first, label, to, facts }: ObservedGraph): string => {
  const degrees = Array.from({ length: nodes }, (_, node) => first[node + 1] - first[node]);
  const from = degrees.flatMap((degree, node) => Array.from({ length: degree }, () => node));
  const text: GraphText = {
    labels,
    degrees: numbersText(degrees),
    edgeLabels: numbersText(label),
    distances: numbersText(from.map((node, e) => folded(to[e] - node))),
    facts: facts.map(factText),
  };
  return JSON.stringify(text);
};

/** The graph that a text was made of. */
export const graphOfText = (text: string): ObservedGraph => {
  const { labels, degrees, edgeLabels, distances, facts } = JSON.parse(text) as GraphText;
  const edgeLabel = numbersIn(edgeLabels);
  const distance = numbersIn(distances);
  let e = 0;
  const out = numbersIn(degrees).map((degree, node) =>
    Array.from({ length: degree }, (): Edge => [edgeLabel[e], node + unfolded(distance[e++])]),
  );
  return {
    labels,
    nodes: out.length,
    ...edgesOf(out),
    facts: facts.map(({ name, values, sets, of }) => ({
      name,
      values,
      of: numbersIn(of).map((number) => sets[number]),
    })),
  };
};
