import { unknownName } from "../../errors.ts";
import type { Format } from "../../derive/format.ts";
import { INDENT, ROOM } from "../../report/columns.ts";
import { wrap } from "../../report/wrap.ts";

/** A path and all that it lies in: `vcpu[0].irq.HRTIMER`, `vcpu[0].irq`, `vcpu[0]`, `vcpu`. */
const withAbove = (path: string): readonly string[] => [
  path,
  ...[...path.matchAll(/[.[]/g)].map(({ index }) => path.slice(0, index)).filter((above) => above !== ""),
];

/**
 * The leaves of a state with their values, all or those at or below a path.
 * @throws CheckError when the state has no such path; names the nearest.
 */
export const stateLines = (
  state: unknown,
  format: Format<unknown>,
  path: string | undefined,
): readonly string[] => {
  const leaves = format
    .state(state)
    .map((line) => ({ line, paths: withAbove(line.slice(0, line.indexOf(" = "))) }));
  const shown = path === undefined ? leaves : leaves.filter(({ paths }) => paths.includes(path));
  if (path !== undefined && shown.length === 0) {
    const known = [...new Set(leaves.flatMap(({ paths }) => paths))];
    throw unknownName("path", path, known, "state shows all of them");
  }
  return shown.flatMap(({ line }) => wrap(`${" ".repeat(INDENT)}${line}`, INDENT + ROOM));
};
