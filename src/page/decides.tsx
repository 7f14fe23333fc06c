/** What a step breaks or witnesses, in words; nothing where it does neither. */
export const Decides = ({ words }: { readonly words: readonly string[] }) => (
  <>
    {words.map((text, i) => (
      <b key={text} class={text.startsWith("breaks") ? "mark" : "witnessed"}>
        {i === 0 ? " " : ", "}
        {text}
      </b>
    ))}
  </>
);
