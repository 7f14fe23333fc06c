import { repeatsAlike } from "./repeats-alike.ts";

/** WORKER_ROUNDS makes a night longer or shorter. */
repeatsAlike(Number(process.env["WORKER_ROUNDS"] ?? 200), [1, 2, 3, 4, 8]);
