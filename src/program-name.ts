import { packageName } from "./package-version.ts";

let called: string | undefined;

/** What the program that runs here is called, as messages tell people to type it: its catalogue says so. */
export const programName = (): string => (called ??= packageName());

/** Says what the program is called; the name of this package where it is not said. A process runs one program. */
export const callProgram = (name: string | undefined): void => void (called = name);
