import { WRAPPED, type PathKey } from "./state-path.ts";

/** What went wrong, as a stable code that scripts may test. */
export type ErrorCode =
  | "domain"
  | "mutation"
  | "recipe"
  | "endless"
  | "model"
  | "usage"
  | "unknown-name"
  | "input"
  | "output"
  | "version"
  | "limit"
  | "internal";

/** An error with a message for people: what, where, the nearest valid name, what to type next. Exit code 2; `internal` 70. */
export class CheckError extends Error {
  override readonly name = "CheckError";
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** A path through a state as it is written in a report: `vcpu[0].pid.on`; the empty path is `the state`. */
export const pathText = (path: readonly PathKey[]): string => {
  const keys = path[0] === WRAPPED ? path.slice(1) : path;
  return keys.length === 0
    ? "the state"
    : keys.map((key, i) => (typeof key === "number" ? `[${key}]` : i === 0 ? key : `.${key}`)).join("");
};

/** A value in an error message, whatever it is: what holds itself, or a big integer, has no JSON. */
const valueText = (value: unknown): string => {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : String(value);
};

/** A promise that fails later would end the process: what it was to give is refused, so nobody waits for it. */
const unwaited = (value: unknown): void => {
  if (value instanceof Promise) value.catch(() => undefined);
};

/** A leaf that holds, or would hold, a value outside its domain. */
export const domainError = (path: readonly PathKey[], value: unknown, domain: string): CheckError => {
  unwaited(value);
  return new CheckError("domain", `${pathText(path)} = ${valueText(value)} is outside ${domain}`);
};

/** A field that the schema does not declare, and the value assigned to it where one is. */
export const undeclaredError = (path: readonly PathKey[], ...assigned: readonly unknown[]): CheckError => {
  assigned.forEach(unwaited);
  return new CheckError(
    "domain",
    `the schema declares no field ${pathText(path)}${assigned.map((value) => `: ${valueText(value)} is assigned to it`).join("")}`,
  );
};

/** A field of a draft that a recipe deletes. */
export const deletedError = (path: readonly PathKey[]): CheckError =>
  new CheckError(
    "mutation",
    `${pathText(path)} is deleted: the fields of a state are fixed, assign to it instead`,
  );

/** A field of a draft that a recipe redefines, as `Object.defineProperty` does. */
export const definedError = (path: readonly PathKey[]): CheckError =>
  new CheckError("mutation", `${pathText(path)} is defined anew: assign to it instead`);

/** A draft that is frozen or sealed, asked whether it is, or given another prototype. */
export const sealedError = (path: readonly PathKey[]): CheckError =>
  new CheckError(
    "mutation",
    `${pathText(path)} is frozen or sealed, asked whether it is, or given another prototype: a state is only read, and a draft read and assigned`,
  );

/** A state that is read after the evaluation that it was shown to. */
export const keptError = (): CheckError =>
  new CheckError(
    "recipe",
    "it reads a state that it was shown before: a guard, recipe or property may use the state it is given, and keep none",
  );

/** What a guard, recipe or property returned that it may not; `what` names it and `wanted` says what it may. */
export const returnedError = (what: string, value: unknown, wanted: string): CheckError => {
  unwaited(value);
  return new CheckError("recipe", `${what} returned ${returnedText(value)}: it must return ${wanted}`);
};

const returnedText = (value: unknown): string => {
  if (value === undefined) return "nothing";
  if (typeof value === "function") return "a function";
  if (value instanceof Promise) return "a promise";
  if (Object.prototype.toString.call(value) === "[object Generator]") return "a generator";
  return valueText(value);
};

/** A record or vector of a draft that a recipe tried to replace as a whole. */
export const replacedError = (path: readonly PathKey[]): CheckError =>
  new CheckError(
    "mutation",
    `${pathText(path)} is a record or a vector: assign its fields one by one, it cannot be replaced`,
  );

/** A guard, recipe or property whose answer is not the same every time; `what` names it. */
export const nondeterministicError = (what: string): CheckError =>
  new CheckError(
    "recipe",
    `${what} does not do the same each time in the same state: it is not deterministic\n` +
      "  guards, recipes and properties may use the state and their arguments, not time, chance or a variable that outlives them",
  );

/** Whether something called itself until the call stack was full. */
const isOverflow = (error: unknown): boolean =>
  error instanceof RangeError && error.message.includes("call stack");

const RECURSES = "it recurses without end, or too deep: the call stack is full";

/** What an error says, in words of our own where it is one that the runtime words after itself. */
const messageOf = (error: Error): string => (isOverflow(error) ? RECURSES : error.message);

/** An effect that has made so many reads and writes that it is taken not to end. */
export const loopingError = (accesses: number): CheckError =>
  new CheckError("endless", `it reads and writes the state ${accesses} times and comes to no end`);

/** A guard, effect or look that has run so long that it is taken not to end. */
export const overdueError = (seconds: number): CheckError => {
  const error = new CheckError("endless", `it has taken ${seconds} s of processor time and comes to no end`);
  overdue.add(error);
  return error;
};

const overdue = new WeakSet<object>();

/** Whether an error is such a one itself, and none that was made of it. */
export const isOverdue = (error: unknown): error is CheckError =>
  error instanceof CheckError && overdue.has(error);

/** What a guard or effect threw, as a step that does not end where it is that. */
export const thrownByStep = (error: unknown): unknown =>
  isOverflow(error) ? new CheckError("endless", RECURSES, { cause: error }) : error;

/** The code and the words of what was thrown, whatever it is: some things cannot even be asked what they are. */
const thrownAs = (thrown: unknown): readonly [ErrorCode, string] => {
  try {
    if (!(thrown instanceof Error)) return ["recipe", String(thrown)];
    return [thrown instanceof CheckError ? thrown.code : "recipe", messageOf(thrown)];
  } catch {
    return ["recipe", "what was thrown cannot be made a text"];
  }
};

/** The same error, saying which action, guard or property was running. */
export const during = (what: string, error: unknown): CheckError => {
  const [code, message] = thrownAs(error);
  return new CheckError(code, `${message}\n  in ${what}`, { cause: error });
};

/** How many single-character edits turn `a` into `b`. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
};

/** The known name nearest to a misspelt one, if any is near. */
export const nearest = (name: string, known: readonly string[]): string | undefined => {
  const ranked = known
    .map((candidate) => ({ candidate, far: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .toSorted((a, b) => a.far - b.far);
  const best = ranked[0];
  return best !== undefined &&
    best.far <= Math.max(2, best.candidate.length / 3) &&
    best.far < Math.max(name.length, best.candidate.length)
    ? best.candidate
    : undefined;
};

/** More names than these are not listed in an error. */
const FEW = 10;

/**
 * A name that is not in a catalogue: says which catalogue, the nearest name, or all if they are few, and what to type
 * `next`, as where the list is.
 */
export const unknownName = (
  kind: string,
  name: string,
  known: readonly string[],
  next: string,
): CheckError => {
  const near = nearest(name, known);
  const all = known.length === 0 || known.length > FEW ? "" : ` (known: ${known.join(", ")})`;
  const hint = near === undefined ? all : ` (did you mean "${near}"?)`;
  return new CheckError("unknown-name", `unknown ${kind} "${name}"${hint}\n  ${next}`);
};

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "no space left on the device",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file would be larger than is allowed",
  ENOTDIR: "part of the path is a file, not a directory",
  EISDIR: "it is a directory",
  EEXIST: "there is a file of that name, which is no directory",
  ENAMETOOLONG: "the name is too long",
  ELOOP: "its symbolic links lead in a circle",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open in the whole system",
  EIO: "the device failed",
  ENXIO: "there is no such device, or nobody reads it",
};

/** Why the system refused something that has to do with a file, in words; `missing` is what is not there where something is not. */
export const systemReason = (error: unknown, missing = "no such directory"): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "ENOENT" ? missing : (REASONS[code ?? ""] ?? message);
};
