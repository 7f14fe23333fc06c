import { useLayoutEffect } from "preact/hooks";

/** Whether keys go elsewhere: somebody types, or chooses in a list. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA|CANVAS)$/.test(target.tagName);

/** Goes through the steps of a run by arrow keys, Home and End, and undoes by Ctrl+Z, wherever nobody types. */
export const useStepKeys = (at: number, last: number, go: (step: number) => void, undo: () => void): void => {
  const to: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowRight: at + 1,
    ArrowUp: at - 1,
    ArrowLeft: at - 1,
    Home: 0,
    End: last,
  };
  // Before the next key is pressed, however fast.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isUndo =
        event.key === "z" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (isUndo && !isTyping(event.target)) {
        event.preventDefault();
        undo();
        return;
      }
      const step = to[event.key];
      if (step === undefined || isTyping(event.target)) return;
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      go(Math.max(0, Math.min(last, step)));
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  });
};
