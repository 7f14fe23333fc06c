/** What package.json says, put here by the build. */
declare const PACKAGE_JSON: string;

/** What the checker asks of `node:fs`, in a browser: what its own package.json says, and no other file. */
export const readFileSync = (): string => PACKAGE_JSON;
/** There is none. */
export const existsSync = (): boolean => false;
/** Nor is there a folder with any. */
export const readdirSync = (): readonly string[] => [];
