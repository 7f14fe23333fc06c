/** A context is the browser's own. */
export const createContext = <T extends object>(place: T): T => place;

/** What the checker asks of `node:vm`, in a browser: to do a piece of work, for as long as it takes. */
export class Script {
  /** Does the work of its context. */
  runInContext(context: { readonly work?: () => unknown }): void {
    context.work?.();
  }
}
