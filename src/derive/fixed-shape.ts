import { definedError, deletedError, sealedError, undeclaredError } from "../errors.ts";
import type { PathKey } from "../state-path.ts";

type Traps = Required<Pick<ProxyHandler<object>, "set" | "deleteProperty" | "defineProperty">>;

const keyOf = (target: object, key: string | symbol): PathKey => {
  const text = String(key);
  return Array.isArray(target) && String(Number(text)) === text ? Number(text) : text;
};

/**
 * What a record or vector at `path` lets happen to its fields: those that are declared are assigned by `assign`, and none is
 * added, deleted or redefined. Each of these throws a CheckError, also in code that is not strict.
 */
export const fixedShape = (
  path: readonly PathKey[],
  isDeclared: (key: string | symbol) => boolean,
  assign: Traps["set"] = Reflect.set,
): Traps => ({
  set: (target, key, value, receiver) => {
    if (!isDeclared(key)) throw undeclaredError([...path, keyOf(target, key)], value);
    return assign(target, key, value, receiver);
  },
  deleteProperty: (target, key) => {
    throw deletedError([...path, keyOf(target, key)]);
  },
  defineProperty: (target, key) => {
    throw definedError([...path, keyOf(target, key)]);
  },
});

/**
 * What a record or vector of a draft answers when it is asked whether it can be extended, is to be sealed, or is to have
 * another prototype: each throws a CheckError, for one engine's drafts are sealed and the other's are not.
 */
export const unsealed = (
  path: readonly PathKey[],
): Required<Pick<ProxyHandler<object>, "isExtensible" | "preventExtensions" | "setPrototypeOf">> => {
  const refuse = (): never => {
    throw sealedError(path);
  };
  return { isExtensible: refuse, preventExtensions: refuse, setPrototypeOf: refuse };
};
