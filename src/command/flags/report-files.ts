import { CheckError, unknownName } from "../../errors.ts";

/** The files of `--report json=FILE`; `-` is stdout. @throws CheckError when another kind is asked for. */
export const reportFiles = (reports: readonly string[]): readonly string[] =>
  reports.map((text) => {
    const at = text.indexOf("=");
    const kind = at < 0 ? text : text.slice(0, at);
    if (kind !== "json") throw unknownName("report kind", kind, ["json"], "use: --report json=FILE");
    if (at < 0 || at + 1 === text.length)
      throw new CheckError(
        "usage",
        `--report ${text} names no file: use --report json=FILE, or json=- for stdout`,
      );
    return text.slice(at + 1);
  });
