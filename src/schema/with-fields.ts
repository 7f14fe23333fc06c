import type { Node } from "./domain.ts";

type RecordNode = Extract<Node, { readonly kind: "record" }>;

/** A value of a state, seen as a tree. */
type Part = { readonly [key: string]: unknown } | readonly unknown[];

/** What is said where a place is not there. */
export interface Refusals {
  readonly noFields: () => Error;
  readonly noMembers: () => Error;
  readonly noField: (key: string, known: readonly string[]) => Error;
}

/**
 * A node with the record at a place changed: the place by fields, and `[]` for the members of a vector. Where `creates`,
 * records on the way are made. @throws what `refuse` gives where the place is not there.
 */
export const withRecord = (
  node: Node,
  owner: readonly string[],
  how: { readonly creates: boolean; readonly refuse: Refusals },
  change: (record: RecordNode) => RecordNode,
): Node => {
  const { creates, refuse } = how;
  const [key, ...rest] = owner;
  if (key === undefined) {
    if (node.kind !== "record") throw refuse.noFields();
    return change(node);
  }
  if (key === "[]") {
    if (node.kind !== "vector") throw refuse.noMembers();
    // oxlint-disable-next-line unbounded/no-recursion -- as deep as the path
    return { ...node, item: withRecord(node.item, rest, how, change) };
  }
  const there = node.kind === "record" && Object.hasOwn(node.fields, key);
  if (node.kind !== "record" || (!there && !creates))
    throw refuse.noField(key, node.kind === "record" ? Object.keys(node.fields) : []);
  const below: Node = there ? node.fields[key] : { kind: "record", fields: {} };
  // oxlint-disable-next-line unbounded/no-recursion -- as deep as the path
  const inner = withRecord(below, rest, how, change);
  return { ...node, fields: { ...node.fields, [key]: inner } };
};

/** A state with more values at a place, in each member where the place has `[]`. */
export const withValues = (
  part: unknown,
  owner: readonly string[],
  values: Readonly<Record<string, unknown>>,
): Part => {
  const [key, ...rest] = owner;
  // oxlint-disable-next-line unbounded/no-recursion -- as deep as the path
  if (key === "[]") return (part as readonly unknown[]).map((member) => withValues(member, rest, values));
  const fields = part as { readonly [key: string]: unknown };
  if (key === undefined) return { ...fields, ...values };
  // oxlint-disable-next-line unbounded/no-recursion -- as deep as the path
  return { ...fields, [key]: withValues(fields[key] ?? {}, rest, values) };
};
