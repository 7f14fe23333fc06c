import type { Ask, Said } from "./messages.ts";

/** Starts the checker in a thread of its own, which `hear` hears; gives what tells it something. */
export const startLive = (url: string, hear: (said: Said) => void): ((asked: Ask) => void) => {
  const worker = new Worker(url, { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<Said>) => hear(data);
  worker.onerror = ({ message }) =>
    hear({ say: "error", message: `the checker does not start: ${message || url}` });
  return (asked) => worker.postMessage(asked);
};
