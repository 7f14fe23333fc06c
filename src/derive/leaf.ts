import { setSizeOf, sizeOf, type LeafNode, type Scope } from "../schema/domain.ts";

/** A value at a leaf of a state. */
export type LeafValue = boolean | number | string;

/** The coding of one leaf domain: its values as the integers `0` to `size - 1`. */
export interface LeafCode {
  readonly size: number;
  /** The code of `value`, or -1 when it is outside the domain. */
  readonly encode: (value: unknown) => number;
  readonly decode: (code: number) => LeafValue;
  /** The domain in words, for error messages. */
  readonly name: string;
}

const intCode = (min: number, max: number, name: string): LeafCode => ({
  size: max - min + 1,
  encode: (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= min && value <= max ? value - min : -1,
  decode: (code) => code + min,
  name,
});

/** How a leaf domain is coded in a scope. @throws CheckError when a `set` ranges over more than 30 members. */
export const leafCode = (node: LeafNode, scope: Scope): LeafCode => {
  switch (node.kind) {
    case "bool":
      return {
        size: 2,
        encode: (value) => (value === true ? 1 : value === false ? 0 : -1),
        decode: (code) => code === 1,
        name: "bool",
      };
    case "int":
      return intCode(node.min, node.max, `int(${node.min}, ${node.max})`);
    case "oneOf":
      return {
        size: node.values.length,
        encode: (value) => (typeof value === "string" ? node.values.indexOf(value) : -1),
        decode: (code) => node.values[code],
        name: `oneOf(${node.values.join(", ")})`,
      };
    case "index": {
      const size = sizeOf(scope, node.family);
      return intCode(0, size - 1, `index(${node.family}) of ${size}`);
    }
    case "set": {
      const size = setSizeOf(scope, node.family);
      return intCode(0, 2 ** size - 1, `set(${node.family}) of ${size}`);
    }
  }
};
