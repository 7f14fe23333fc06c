import type { Domain, Node } from "../schema/domain.ts";
import { fold } from "../schema/fold.ts";

/** A field of a state as a reader looks it up; of a vector there is one for all members. */
export interface Field {
  /** `vcpu[].req.UNBLOCK` */
  readonly path: string;
  /** What it is for, as the schema says it; empty where it does not. */
  readonly about: string;
  /** Its values in words: `true or false`, `0..2`, `a vcpu`; of a record or vector what it is. */
  readonly range: string;
  /** The words that it may be, each with what it means, where the schema says so; none of a field that is no word. */
  readonly words: readonly { readonly word: string; readonly meaning: string }[];
  /** Whether it holds a value itself. */
  readonly leaf: boolean;
}

type At = (path: string) => readonly Field[];

const one = (node: Node, range: string, leaf: boolean, words: Field["words"] = []): At => {
  const { about = "" } = node;
  return (path) => [{ path, about, range, words, leaf }];
};

const walk = fold<At>({
  bool: (node) => one(node, "true or false", true),
  int: (node) => one(node, `${node.min}..${node.max}`, true),
  oneOf: (node) => {
    const words = node.values.map((word) => ({ word, meaning: node.meanings?.[word] ?? "" }));
    return one(node, node.values.join(" "), true, words);
  },
  index: (node) => one(node, `a ${node.family}`, true),
  set: (node) => one(node, `a set of ${node.family}`, true),
  vector: (node, go) => {
    const below = go(node.item);
    const members = one(node, `one for each ${node.family}`, false);
    // What a member is stands beside the vector: only what is in it is a field.
    return (path) => [
      ...members(path),
      ...below(`${path}[]`).filter((field) => field.path !== `${path}[]` || field.leaf),
    ];
  },
  record: (node, go) => {
    const below = Object.entries(node.fields).map(([name, child]) => [name, go(child)] as const);
    const whole = one(node, "a record", false);
    return (path) => [
      ...(path === "" ? [] : whole(path)),
      ...below.flatMap(([name, at]) => at(path === "" ? name : `${path}.${name}`)),
    ];
  },
});

/** Every field of a state, records and vectors before what is in them, in the order of the schema. */
export const fieldsOf = ({ node }: Domain<unknown>): readonly Field[] => walk(node)("");
