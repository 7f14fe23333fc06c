import { useState } from "preact/hooks";

/** Copies without the clipboard's own interface, which pages opened from a file do not have everywhere. */
const copyBySelection = (text: string): boolean => {
  const area = document.createElement("textarea");
  area.value = text;
  area.setAttribute("aria-hidden", "true");
  area.className = "offscreen";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
};

const copy = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
};

/** A button that copies a text, and says whether it did. */
export const CopyButton = ({ text, children }: { readonly text: string; readonly children: string }) => {
  const [said, setSaid] = useState("");
  const onClick = (): void => {
    void copy(text).then((done) =>
      setSaid(done ? "copied" : "the browser does not allow it: select the text"),
    );
  };
  return (
    <span class="copy">
      <button type="button" onClick={onClick}>
        {children}
      </button>
      <span role="status">{said}</span>
    </span>
  );
};
