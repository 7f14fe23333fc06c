import type { Place, Written } from "../text/written.ts";

/** What a scenario file is, before anything is known of what it means: every scalar is a text. */
export type Tree =
  | { readonly kind: "text"; readonly text: string; readonly at: Place; readonly cut?: string }
  | { readonly kind: "list"; readonly items: readonly Tree[]; readonly at: Place }
  | { readonly kind: "map"; readonly entries: readonly Entry[]; readonly at: Place };

/** A key of a map, and what stands there; nothing where it is missing. */
export interface Entry {
  readonly key: Written & { readonly at: Place };
  readonly value: Tree | undefined;
}

/** In words, for messages. */
export const KINDS: Readonly<Record<Tree["kind"], string>> = {
  text: "a word or text",
  list: "a list",
  map: "keys with values",
};

/** Every text in a tree, keys too. */
export const textsOf = (tree: Tree): readonly string[] => {
  if (tree.kind === "text") return [tree.text];
  if (tree.kind === "list") return tree.items.flatMap(textsOf);
  // oxlint-disable-next-line unbounded/no-recursion -- as many levels as a file may have
  return tree.entries.flatMap(({ key, value }) => [key.text, ...(value === undefined ? [] : textsOf(value))]);
};
