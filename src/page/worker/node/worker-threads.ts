const none = (): never => {
  throw new RangeError("the page searches in one thread");
};

/** What the checker imports of `node:worker_threads`, in a browser, where a search has one thread. */
export { none as MessageChannel, none as receiveMessageOnPort, none as Worker };
/** Nobody started this thread. */
export const parentPort = null;
/** Nothing was given to it. */
export const workerData = undefined;
