import type { Again } from "../../catalogue/varied.ts";

/** A scenario file as it was read: worker threads are handed its text, for the file may change meanwhile. */
export interface FileText {
  readonly name: string;
  readonly text: string;
  /** What a command line takes to ask of it again, where it is no file. */
  readonly again?: Again;
}
