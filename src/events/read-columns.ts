import type { CaptureLine, Task } from "./capture-line.ts";
import { ownText } from "./own-text.ts";

const COUNT = /^\d{1,10}$/;

/** A count of at most ten digits; undefined for anything else. */
export const numberOf = (digits: string | undefined): number | undefined =>
  digits === undefined || !COUNT.test(digits) ? undefined : Number(digits);

/** The digits that a text ends in. */
const digitsAtEnd = (text: string): string => {
  let from = text.length;
  while (from > 0 && text[from - 1] >= "0" && text[from - 1] <= "9") from--;
  return text.slice(from);
};

/** What stands before the CPU's column, the CPU, and what stands behind it. */
type AtCpu = readonly [before: string, cpu: number | undefined, flags: string];

/** `pid  3d..1.`, as the latency format has the CPU and the flags. */
const LATENCY = /^(.*-\d+)\s+(\d+)([.a-zA-Z][.a-zA-Z0-9#]{2,6})$/;

/** The columns around the CPU's, which is the last pair of brackets with a number in them. */
const atCpu = (columns: string): AtCpu => {
  const from = columns.lastIndexOf("[");
  const to = columns.indexOf("]", from);
  const cpu = from < 0 || to < 0 ? undefined : numberOf(columns.slice(from + 1, to).trim());
  if (cpu !== undefined) return [columns.slice(0, from), cpu, columns.slice(to + 1).trim()];
  const [, before = columns, digits, flags = ""] = LATENCY.exec(columns) ?? [];
  return [before, numberOf(digits), flags];
};

/** `( tgid)` behind a pid, where the tracer recorded it. */
const tgidOf = (columns: string): readonly [rest: string, tgid?: number] => {
  if (!columns.endsWith(")")) return [columns];
  const from = columns.lastIndexOf("(");
  const inside = columns.slice(from + 1, -1).trim();
  const tgid = numberOf(inside);
  if (tgid !== undefined) return [columns.slice(0, from).trimEnd(), tgid];
  return /^-*$/.test(inside) ? [columns.slice(0, from).trimEnd()] : [columns];
};

/** `comm-pid`, `comm pid`, `comm pid/tid`; a name may hold blanks and dashes. */
const taskOf = (columns: string): Task | undefined => {
  const [rest, tgid] = tgidOf(columns.trim());
  if (rest === "") return undefined;
  const ending = digitsAtEnd(rest);
  const pid = numberOf(ending);
  if (pid === undefined) return { comm: rest };
  const before = rest.slice(0, -ending.length);
  const process = before.endsWith("/") ? digitsAtEnd(before.slice(0, -1)) : "";
  if (numberOf(process) !== undefined) {
    const comm = before.slice(0, -1 - process.length).trim();
    return { ...(comm === "" ? {} : { comm }), pid, tgid: Number(process) };
  }
  if (before !== "" && !/[\s-]$/.test(before)) return { comm: rest };
  const comm = (before.endsWith("-") ? before.slice(0, -1) : before).trim();
  return { ...(comm === "" ? {} : { comm }), pid, ...(tgid === undefined ? {} : { tgid }) };
};

type Columns = Pick<CaptureLine, "task" | "cpu" | "flags">;

const readColumns = (text: string): Columns => {
  const columns = text
    .trim()
    // What perf took a sample of, and the file that a line came from, where trace-cmd reads several.
    .replace(/^[A-Z]+:\s*\d+ [A-Z]+:\s*\d+\s+/, "")
    .replace(/^\S+:\s+/, "");
  const [before, cpu, flags] = atCpu(columns);
  const task = taskOf(before);
  return {
    ...(task === undefined ? {} : { task }),
    ...(cpu === undefined ? {} : { cpu }),
    ...(flags === "" ? {} : { flags }),
  };
};

/** So many different columns are remembered, of threads on CPUs, and none that is longer. */
const MOST = 4096;
const LONGEST = 128;

const remembered = new Map<string, Columns>();

/** What the columns before a stamp say, as far as they are there. In a capture they come again and again. */
export const columnsOf = (text: string): Columns => {
  const found = remembered.get(text);
  if (found !== undefined) return found;
  if (text.length > LONGEST) return readColumns(text);
  if (remembered.size >= MOST) remembered.clear();
  const own = ownText(text);
  const columns = readColumns(own);
  remembered.set(own, columns);
  return columns;
};
