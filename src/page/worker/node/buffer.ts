const latin1 = new TextDecoder("latin1");

/** What the checker asks of node's `Buffer`, in a browser: states as keys, and how long a text is in UTF-8. */
export const Buffer = {
  from: (bytes: ArrayBufferLike) => ({ toString: (): string => latin1.decode(new Uint8Array(bytes)) }),
  byteLength: (text: string): number => new TextEncoder().encode(text).length,
};
