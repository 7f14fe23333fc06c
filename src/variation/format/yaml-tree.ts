import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
  type Scalar,
} from "yaml";
import type { Faults } from "../text/faults.ts";
import { LARGEST_FILE } from "./limits.ts";
import type { Entry, Tree } from "./tree.ts";
import type { Place } from "../text/written.ts";

/** Scalars, lists and maps of a file, at most. */
const MOST = 5000;
/** Levels of lists and maps, at most. */
const DEEPEST = 12;

const at = (offset: number, verbatim = true): Place => ({ offset, verbatim });
const placeOf = (node: { readonly range?: readonly number[] | null | undefined }): Place =>
  at(node.range?.[0] ?? 0);

const QUOTED = ["BLOCK_FOLDED", "BLOCK_LITERAL", "QUOTE_DOUBLE", "QUOTE_SINGLE"];

/** Why a line that YAML cannot read may be wrong: a text in it has to be quoted. */
const hintFor = (line: string, column: number): string => {
  if (/[-:,{[]\s+[{[]/.test(` ${line.slice(0, column)}`))
    return "\n  inside { } and [ ] a text with one of [ ] { } , in it has to be quoted; or give it a line of its own";
  const value = line.replace(/^\s*(- )?\s*[^\s:]+:\s+/, "").replace(/^\s*- /, "");
  return /^[!&*[{%@`|>]/.test(value) || /: /.test(value)
    ? `\n  what begins with one of ! & * [ { % @ or has ": " in it has to be quoted: "${value.replaceAll('"', "'").trim()}"`
    : "";
};

/** Words of our own for what the parser says. */
const wordsOf = (code: string, message: string): string => {
  if (code === "DUPLICATE_KEY") return "map keys must be unique";
  if (code === "TAB_AS_INDENT") return "tabs are not allowed as indentation";
  if (code === "TAG_RESOLVE_FAILED") return "tags are not in the format";
  return message.replaceAll(/\s+/g, " ").replace(/\.$/, "");
};

class Converter {
  readonly #text: string;
  readonly #faults: Faults;
  #values = 0;
  #tooMany = false;

  constructor(text: string, faults: Faults) {
    this.#text = text;
    this.#faults = faults;
  }

  /** @returns nothing for what says nothing, or was refused. */
  of(node: Node | null | undefined, depth: number): Tree | undefined {
    if (node === null || node === undefined || this.#refuses(node, depth)) return undefined;
    if (isScalar(node)) return this.#scalar(node);
    if (isSeq(node))
      return {
        kind: "list",
        at: placeOf(node),
        items: node.items.flatMap((item) => {
          // oxlint-disable-next-line unbounded/no-recursion -- DEEPEST levels at most
          const made = isPair(item) ? undefined : this.of(item as Node, depth + 1);
          return made === undefined ? [] : [made];
        }),
      };
    if (!isMap(node)) return undefined;
    return {
      kind: "map",
      at: placeOf(node),
      entries: node.items.flatMap(({ key, value }): readonly Entry[] => {
        const name = isScalar(key) ? this.#scalar(key) : undefined;
        if (name?.kind !== "text") {
          this.#faults.add(placeOf(key as Node), "a key is a word");
          return [];
        }
        // oxlint-disable-next-line unbounded/no-recursion -- DEEPEST levels at most
        return [{ key: name, value: this.of(value as Node, depth + 1) }];
      }),
    };
  }

  #refuses(node: Node, depth: number): boolean {
    const refuse = (message: string): true => {
      this.#faults.add(placeOf(node), message);
      return true;
    };
    if (this.#tooMany) return true;
    if (++this.#values > MOST) {
      this.#tooMany = true;
      return refuse(`the file has more than ${MOST} values`);
    }
    if (isAlias(node)) return refuse("anchors and aliases are not in the format: write it out");
    if (depth > DEEPEST) return refuse(`the file is more than ${DEEPEST} levels deep`);
    if ("anchor" in node && node.anchor !== undefined)
      return refuse("anchors and aliases are not in the format: write it out");
    if (node.tag !== undefined) return refuse("tags are not in the format");
    return false;
  }

  #scalar(node: Scalar): Tree | undefined {
    const { value, type } = node;
    const [from = 0, to = 0] = node.range ?? [];
    const text = typeof value === "string" ? value : "";
    if (text === "" && !QUOTED.includes(type ?? "")) return undefined;
    const behind = this.#text.slice(to).split(/[\r\n]/)[0];
    const cut = /^\s*#/.test(behind) ? { cut: behind.trim() } : {};
    return { kind: "text", text, at: this.#placeOf(text, from, type), ...cut };
  }

  /** Where a text begins, within its quotes if it has some. */
  #placeOf(text: string, from: number, type: Scalar["type"]): Place {
    const start = type === "QUOTE_DOUBLE" || type === "QUOTE_SINGLE" ? from + 1 : from;
    const verbatim = this.#text.slice(start, start + text.length) === text;
    return at(verbatim ? start : from, verbatim);
  }
}

const parsed = (text: string): readonly Document.Parsed[] => {
  const documents = parseAllDocuments(text, {
    schema: "failsafe",
    prettyErrors: false,
    uniqueKeys: true,
    merge: false,
    keepSourceTokens: true,
    logLevel: "silent",
    lineCounter: new LineCounter(),
  });
  return Array.isArray(documents) ? (documents as readonly Document.Parsed[]) : [];
};

/** The line of a place, and the place in it. */
const lineOf = (text: string, offset: number): readonly [start: number, line: string] => {
  const start = text.lastIndexOf("\n", Math.max(0, offset - 1)) + 1;
  return [start, text.slice(start).split(/[\r\n]/)[0]];
};

/** Where nothing that follows is read as it was meant. */
const derails = (code: string): boolean => code !== "DUPLICATE_KEY" && code !== "TAG_RESOLVE_FAILED";

/** Notes what the parser says, to where it lost its way. */
const complain = (text: string, { errors, warnings }: Document.Parsed, faults: Faults): void => {
  const lines = new Set<number>();
  for (const { pos, code, message } of [...errors, ...warnings].toSorted((a, b) => a.pos[0] - b.pos[0])) {
    const [start, line] = lineOf(text, pos[0]);
    if (lines.has(start)) continue;
    lines.add(start);
    faults.add(at(pos[0]), `${wordsOf(code, message)}${hintFor(line, pos[0] - start)}`);
    if (derails(code)) return;
  }
};

/** The tree of a YAML text: one document, every scalar a text; nothing where it is no such text, and then the faults say so. */
export const treeOf = (text: string, faults: Faults): Tree | undefined => {
  if (Buffer.byteLength(text) > LARGEST_FILE) {
    faults.add(at(0), `a scenario file has at most ${LARGEST_FILE} bytes`);
    return undefined;
  }
  let documents: readonly Document.Parsed[];
  try {
    documents = parsed(text);
  } catch (error) {
    // The parser calls itself at each level.
    if (!(error instanceof RangeError)) throw error;
    faults.add(at(0), `the file is more than ${DEEPEST} levels deep`);
    return undefined;
  }
  if (documents.length === 0) {
    faults.add(at(0), "it is empty");
    return undefined;
  }
  if (documents.length > 1) {
    faults.add(placeOf(documents[1]), "a file is one document: what follows is another");
    return undefined;
  }
  const [document] = documents;
  complain(text, document, faults);
  if (faults.some) return undefined;
  const tree = new Converter(text, faults).of(document.contents, 1);
  if (tree === undefined && !faults.some) faults.add(at(0), "it is empty");
  return faults.some ? undefined : tree;
};
