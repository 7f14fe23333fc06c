const RARE = "rare ";
const MARK = "mark ";

/** The label of a rare act, which nobody sees either, but which is not taken for granted. */
export const rareLabel = (act: string): string => RARE + act;

/** The rare act that a label stands for; nothing where it is another label. */
export const rareAct = (label: string): string | undefined =>
  label.startsWith(RARE) ? label.slice(RARE.length) : undefined;

/** The label of a mark, by the mark's name: an edge from each node to itself where it holds. */
export const markLabel = (mark: string): string => MARK + mark;

/** Whether a label is that of a mark. */
export const isMark = (label: string): boolean => label.startsWith(MARK);
