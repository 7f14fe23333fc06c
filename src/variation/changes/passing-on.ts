/** The target of a proxy for a draft: of the draft itself a proxy would look up the descriptors, which would count as reads. */
export const targetFor = (draft: object): object => (Array.isArray(draft) ? [] : {});

/** What a proxy for a draft passes on to it: all but what is read and assigned. `read` says what stands at a key. */
export const passingOn = (
  draft: object,
  read = (key: PropertyKey): unknown => Reflect.get(draft, key),
): ProxyHandler<object> => ({
  has: (_, key) => Reflect.has(draft, key),
  ownKeys: () => Reflect.ownKeys(draft),
  getOwnPropertyDescriptor: (_, key) => {
    const found = Reflect.getOwnPropertyDescriptor(draft, key);
    if (found === undefined || (Array.isArray(draft) && key === "length")) return found;
    return {
      value: read(key),
      writable: true,
      enumerable: true,
      configurable: true,
    };
  },
  deleteProperty: (_, key) => Reflect.deleteProperty(draft, key),
  defineProperty: (_, key, descriptor) => Reflect.defineProperty(draft, key, descriptor),
});
