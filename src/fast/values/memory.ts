/** Where the memory of a search comes from; all of it is 0 at first. @throws RangeError when there is none. */
export type Allocate = (bytes: number) => ArrayBufferLike;

/** Memory of one thread. */
export const ownMemory: Allocate = (bytes) => new ArrayBuffer(bytes);

/** Memory that the threads of a search have in common. */
export const sharedMemory: Allocate = (bytes) => new SharedArrayBuffer(bytes);
