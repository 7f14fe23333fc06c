import { domainError, undeclaredError } from "../errors.ts";
import { sizeOf, type Node, type Scope } from "../schema/domain.ts";
import type { PathKey } from "../state-path.ts";
import { leafCode } from "./leaf.ts";

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Throws the CheckError that says where, in the order of the schema, a value first leaves its domain; returns if nowhere. */
export const checkFits = (node: Node, value: unknown, path: readonly PathKey[], scope: Scope): void => {
  if (node.kind === "record") {
    if (!isRecord(value)) throw domainError(path, value, "record");
    const surplus = Object.keys(value).find((name) => !Object.hasOwn(node.fields, name));
    if (surplus !== undefined) throw undeclaredError([...path, surplus]);
    for (const [name, child] of Object.entries(node.fields))
      // oxlint-disable-next-line unbounded/no-recursion -- as deep as the schema
      checkFits(child, Object.hasOwn(value, name) ? value[name] : undefined, [...path, name], scope);
  } else if (node.kind === "vector") {
    const size = sizeOf(scope, node.family);
    if (!Array.isArray(value) || value.length !== size)
      throw domainError(path, value, `vector(${node.family}) of ${size}`);
    // oxlint-disable-next-line unbounded/no-recursion -- as deep as the schema
    for (let i = 0; i < size; i++) checkFits(node.item, value[i], [...path, i], scope);
  } else {
    const { encode, name } = leafCode(node, scope);
    if (encode(value) < 0) throw domainError(path, value, name);
  }
};
