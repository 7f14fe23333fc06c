/** An automaton as it was read: for each state and event the state after it. */
export interface ReadMonitor {
  readonly initial: string;
  readonly states: readonly string[];
  readonly next: (state: string, event: string) => string | undefined;
  readonly events: ReadonlySet<string>;
}

/**
 * Reads the DOT form of the kernel's tools/verification/rvgen, by its rules and no others: the first line; then whatever there is up
 * to the lines that begin with `{node`, all in one; then one line that says where it begins; then lines that begin with a
 * quotation mark, up to the first that does not. It goes by words between blanks.
 */
export const readMonitor = (text: string): ReadMonitor => {
  const lines = text.split("\n").map((line) => line.trim());
  if (!lines[0].startsWith("digraph state_automaton")) throw new Error("its first line is another");
  const first = lines.findIndex((line) => line.startsWith("{node"));
  const after = lines.findIndex((line, at) => at > first && !line.startsWith("{node"));
  const names = lines
    .slice(first, after)
    .map((line) => line.split(/\s+/).at(-1)!.replaceAll('"', "").replace("};", ""));
  const initial = names.find((name) => name.startsWith("__init_"))!.slice("__init_".length);
  const table = new Map<string, string>();
  const events = new Set<string>();
  for (const line of lines.slice(after + 1)) {
    if (!line.startsWith('"')) break;
    const words = line.split(/\s+/);
    if (words[1] !== "->") continue;
    const [from, , to] = words.map((word) => word.replaceAll('"', ""));
    const said = words
      .slice(words.indexOf("label") + 2, -1)
      .join("")
      .replaceAll('"', "");
    for (const event of said.split(String.raw`\n`)) {
      if (!/^[A-Za-z_]\w*$/.test(event)) throw new Error(`${event} is no identifier of C`);
      if (table.has(`${from} ${event}`)) throw new Error(`${event} leads from ${from} to two states`);
      table.set(`${from} ${event}`, to);
      events.add(event);
    }
  }
  return {
    initial,
    states: [...new Set(names.filter((name) => !name.startsWith("__init_")))],
    next: (state, event) => table.get(`${state} ${event}`),
    events,
  };
};
