import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

const bytesOf = (data: string | Uint8Array): Uint8Array =>
  typeof data === "string" ? new TextEncoder().encode(data) : data;

/** What the checker asks of `node:crypto`, in a browser: the hash of models, in hex. @throws RangeError for any other. */
export const createHash = (name: string) => {
  if (name !== "sha256") throw new RangeError(`there is no hash ${name} in the page`);
  const hash = sha256.create();
  const hashing = {
    update: (data: string | Uint8Array) => {
      hash.update(bytesOf(data));
      return hashing;
    },
    digest: (): string => bytesToHex(hash.digest()),
  };
  return hashing;
};
