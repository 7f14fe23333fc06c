import { useState } from "preact/hooks";
import type { PageFile } from "./worker/messages.ts";

/** What a text is called that was typed or pasted. */
const PASTED = "pasted.yaml";

/** A scenario file: opened, or pasted. It is read in this page, and goes nowhere. */
export const ScenarioFile = ({ open }: { readonly open: (file: PageFile) => void }) => {
  const [file, setFile] = useState<PageFile>({ name: PASTED, text: "" });
  const read = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return;
    const opened = { name: chosen.name, text: await chosen.text() };
    setFile(opened);
    open(opened);
  };
  return (
    <details>
      <summary>A scenario file</summary>
      <div class="bar">
        <label>
          Open{" "}
          <input
            type="file"
            id="file"
            accept=".yaml,.yml"
            onChange={({ currentTarget }) => void read(currentTarget.files?.[0])}
          />
        </label>
      </div>
      <label>
        or paste it
        <textarea
          id="pasted"
          class="code"
          rows={8}
          spellcheck={false}
          value={file.text}
          onInput={({ currentTarget: { value } }) => setFile({ name: PASTED, text: value })}
        />
      </label>
      <button type="button" disabled={file.text.trim() === ""} onClick={() => open(file)}>
        Use this file
      </button>
    </details>
  );
};
