import { createHash } from "node:crypto";

/** The SHA-256 of some bytes, in hex. */
export const digestOf = (bytes: string | Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");
