import { createHash } from "node:crypto";
import * as nodeModule from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { CheckError } from "../../errors.ts";

/** What files of code may import by name: the modules of this program, so that there is one of each. */
export type Modules = Readonly<Record<string, () => Promise<object>>>;

/** Whether a file is a module of code rather than a scenario file. */
export const isCode = (name: string): boolean => /\.[mc]?[tj]s$/.test(name);

/** The first twelve hex digits of the SHA-256 of a text. */
export const hashOfText = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, 12);

/** The names that a module may be exported under. */
const WORD = /^[A-Za-z_$][\w$]*$/;

interface Hooks {
  readonly resolve: (specifier: string, context: unknown, next: Next) => unknown;
  readonly load: (url: string, context: unknown, next: Next) => unknown;
}
type Next = (name: string, context: unknown) => unknown;
interface Registering {
  readonly registerHooks?: (hooks: Hooks) => { readonly deregister: () => void };
}

const SCHEME = "shared-module:";
const SHARED = Symbol.for("modules of the program");

/**
 * Whether this Node reads TypeScript by itself, and can be told where modules are. Where this program runs as source,
 * somebody else has import() in hand.
 */
const { registerHooks } = nodeModule as unknown as Registering;
const isNative = (): boolean =>
  !import.meta.url.endsWith(".ts") &&
  registerHooks !== undefined &&
  typeof (process.features as { readonly typescript?: unknown }).typescript === "string";

/** Imports a module with the types stripped by Node. */
const importedNatively = async (
  url: string,
  shared: Readonly<Record<string, object>>,
): Promise<Record<string, unknown>> => {
  (globalThis as Record<symbol, unknown>)[SHARED] = shared;
  const hooks = registerHooks!({
    resolve: (specifier, context, next) =>
      Object.hasOwn(shared, specifier)
        ? { url: SCHEME + specifier, shortCircuit: true, format: "module" }
        : next(specifier, context),
    load: (from, context, next) => {
      if (!from.startsWith(SCHEME)) return next(from, context);
      const name = JSON.stringify(from.slice(SCHEME.length));
      const names = Object.keys(shared[from.slice(SCHEME.length)]).filter((word) => WORD.test(word));
      const source = `const m = globalThis[Symbol.for(${JSON.stringify(SHARED.description)})][${name}];\n${names
        .map((word) =>
          word === "default" ? "export default m.default;" : `export const ${word} = m.${word};`,
        )
        .join("\n")}`;
      return { format: "module", shortCircuit: true, source };
    },
  });
  try {
    return (await import(url)) as Record<string, unknown>;
  } finally {
    hooks.deregister();
  }
};

/** The same where Node does not. */
const importedByJiti = async (
  path: string,
  shared: Readonly<Record<string, object>>,
): Promise<Record<string, unknown>> => {
  const { createJiti } = await import("jiti");
  const jiti = createJiti(pathToFileURL(path).href, {
    fsCache: false,
    moduleCache: false,
    tryNative: false,
    interopDefault: false,
    virtualModules: shared,
  });
  return jiti.import(path);
};

/** Where in a file something was thrown, as `FILE:LINE:COLUMN`, as far as that is known. */
const placeIn = (name: string, path: string, error: unknown): string => {
  const { stack = "", loc } = error as {
    readonly stack?: string;
    readonly loc?: { readonly line: number; readonly column: number };
  };
  if (loc !== undefined) return `${name}:${loc.line}:${loc.column + 1}`;
  const at = stack.indexOf(path);
  const found =
    at < 0 ? null : /^[^:\n]*?(?:\?[^:\n]*)?:(\d+)(?::(\d+))?/.exec(stack.slice(at + path.length));
  return found === null ? name : `${name}:${found[1]}${found[2] === undefined ? "" : `:${found[2]}`}`;
};

/** The first line of a message, and the rest, with the place that is said already taken away. */
const messageOf = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof CheckError ? message : message.split("\n")[0].replace(/\s*\(\d+:\d+\)$/, "");
};

/**
 * What a module exports by default, loaded anew where its text is another.
 * @throws CheckError with the file and the line when it cannot be loaded, throws, or exports nothing by default.
 */
export const defaultExportOf = async (
  name: string,
  text: string,
  modules: Modules = {},
): Promise<unknown> => {
  const path = resolve(name);
  const shared = Object.fromEntries(
    await Promise.all(Object.entries(modules).map(async ([word, load]) => [word, await load()] as const)),
  );
  let exported: Record<string, unknown>;
  try {
    exported = isNative()
      ? await importedNatively(`${pathToFileURL(path).href}?${hashOfText(text)}`, shared)
      : await importedByJiti(path, shared);
  } catch (error) {
    throw new CheckError("input", `${placeIn(name, path, error)}: ${messageOf(error)}`, { cause: error });
  }
  if (exported["default"] !== undefined) return exported["default"];
  throw new CheckError(
    "input",
    `${name} has no default export: write "export default" before what it adds, as a scenario or a property`,
  );
};
