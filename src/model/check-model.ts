import { CheckError, during, pathText } from "../errors.ts";
import { setSizeOf, sizeOf, type Node, type Scope } from "../schema/domain.ts";
import { fold } from "../schema/fold.ts";
import { WRAPPED, type PathKey } from "../state-path.ts";
import type { Range, Ranges } from "./action.ts";
import { threadPlaces, type Thread } from "./left-out.ts";
import { checkSize } from "./check-size.ts";
import { checkName, checkNamesApart } from "./check-names.ts";

/** More choices of its arguments than these no action or property has: each is a step, or is asked of every state. */
const MOST_CHOICES = 2 ** 20;

const within = <T>(what: string, look: () => T): T => {
  try {
    return look();
  } catch (error) {
    throw during(what, error);
  }
};

/** Refuses what is neither a set of members nor a list of texts and numbers. */
const checkRange = (range: unknown): void => {
  if (Array.isArray(range)) {
    const unfit = [...(range as readonly unknown[])].find(
      (value) => typeof value !== "string" && typeof value !== "number",
    );
    if (unfit === undefined && !range.includes(undefined)) return;
    throw new CheckError(
      "model",
      `its list has ${typeof unfit} among its values: they are texts and numbers`,
    );
  }
  if (typeof range === "object" && range !== null && ("someOf" in range || "subsetOf" in range)) return;
  throw new CheckError(
    "model",
    "its range is none: write the name of a family, someOf(family), subsetOf(family), or a list of values",
  );
};

/** How many values an argument ranges over. */
const countOf = (range: Range, scope: Scope): number => {
  if (typeof range === "string") return sizeOf(scope, range);
  checkRange(range);
  if ("someOf" in range) return 2 ** setSizeOf(scope, range.someOf) - 1;
  if ("subsetOf" in range) return 2 ** setSizeOf(scope, range.subsetOf);
  if (range.length === 0)
    throw new CheckError(
      "model",
      "it ranges over an empty list, so that nothing would ever be done or asked: give it a value, or leave out what has it",
    );
  const twice = range.find((value, place) => range.indexOf(value) !== place);
  if (twice !== undefined)
    throw new CheckError("model", `it ranges over a list that has ${String(twice)} twice`);
  return range.length;
};

/**
 * Refuses arguments that have no value, or too many; `what` names the action or property.
 * @throws CheckError with the argument, and with the family, its size and the limit where it is about those.
 */
const checkRanges = (what: string, ranges: Ranges, scope: Scope): void => {
  let product = 1;
  const counts = Object.entries(ranges).map(([name, range]) => {
    checkName(`an argument of ${what}`, name);
    const count = within(`the argument ${name} of ${what}`, () => countOf(range, scope));
    product *= count;
    return `${name} ${count}`;
  });
  if (product > MOST_CHOICES)
    throw new CheckError(
      "limit",
      `${what} has ${product} choices of its arguments (${counts.join(", ")}): at most ${MOST_CHOICES} are looked at, ` +
        "so give them fewer values, or make the families smaller in the scope",
    );
};

/**
 * Refuses a state that a scope cannot size.
 * @throws CheckError with the field, and with the family, its size and the limit where it is about those.
 */
const checkState = (node: Node, scope: Scope): void => {
  type Look = (path: readonly PathKey[]) => void;
  const sized =
    (size: (scope: Scope, family: string) => number) =>
    ({ family }: { readonly family: string }): Look =>
    (path) => {
      within(`the field ${pathText(path)} of the state`, () => {
        checkName("a family", family);
        size(scope, family);
      });
    };
  const leaf = (): Look => () => undefined;
  fold<Look>({
    bool: leaf,
    int: leaf,
    oneOf: leaf,
    index: sized(sizeOf),
    set: sized(setSizeOf),
    vector: (vector, go) => {
      const below = go(vector.item);
      return (path) => {
        sized(sizeOf)(vector)(path);
        below(path);
      };
    },
    record: ({ fields }, go) => {
      const below = Object.entries(fields).map(([name, child]) => [name, go(child)] as const);
      return (path) => {
        for (const [name, look] of below) {
          if (name === WRAPPED || name === "__proto__")
            throw new CheckError(
              "model",
              `a field of ${pathText(path)} is called ${JSON.stringify(name)}: call it otherwise`,
            );
          look([...path, name]);
        }
      };
    },
  })(node)([]);
};

/** What is looked at of a model and of what is asked of it. */
interface Posed {
  readonly model: {
    readonly name: string;
    readonly state: { readonly node: Node };
    readonly actions: readonly { readonly name: string; readonly args: Ranges }[];
    readonly leftOut?: { readonly threads: readonly Thread[] };
  };
  readonly scope: Scope;
  readonly properties: readonly { readonly id: string; readonly args: Ranges }[];
}

/**
 * Refuses a model, or a question, whose names or sizes could not be dealt with later, before anything is explored.
 * @throws CheckError that names the action, property or field, and says what to write instead.
 */
export const checkPosed = ({ model, scope, properties }: Posed): void => {
  for (const family of Object.keys(scope)) checkName("a family of the scope", family);
  checkSize(model.state.node, scope);
  checkState(model.state.node, scope);
  threadPlaces(model.leftOut?.threads ?? [], model.state, scope);
  checkNamesApart(
    "an action",
    model.actions.map(({ name }) => name),
    `the model "${model.name}"`,
  );
  checkNamesApart(
    "a property",
    properties.map(({ id }) => id),
    "the question",
  );
  for (const { name, args } of model.actions) checkRanges(`the action ${name}`, args, scope);
  for (const { id, args } of properties) checkRanges(`the property ${id}`, args, scope);
};
