import type { Outcome } from "../../catalogue/outcome.ts";
import { CheckError, unknownName } from "../../errors.ts";
import { EXPORT_FORMATS, type ExportFormat } from "../../export/format.ts";
import { isStdout, writeWhole } from "../terminal/output.ts";

/** A model to write for another checker: in which format, and where. */
export interface ExportFile {
  readonly format: ExportFormat;
  readonly file: string;
}

/** What the help says of `--export`. */
export const EXPORT_HELP = `write the world, once all of it is explored, as a model for another checker, as format=file; repeatable. Formats: ${EXPORT_FORMATS.join(" (for Rumur), ")} (for Spin)`;

const isFormat = (text: string): text is ExportFormat => (EXPORT_FORMATS as readonly string[]).includes(text);

/** The files that `--export` asks for. @throws CheckError for an unknown format, and where no file is named. */
export const exportFiles = (asked: readonly string[]): readonly ExportFile[] =>
  asked.map((text) => {
    const at = text.indexOf("=");
    const format = at < 0 ? text : text.slice(0, at);
    if (!isFormat(format))
      throw unknownName(
        "export format",
        format,
        EXPORT_FORMATS,
        `use: --export FORMAT=FILE with one of ${EXPORT_FORMATS.join(", ")}`,
      );
    const file = at < 0 ? "" : text.slice(at + 1);
    if (file === "" || isStdout(file))
      throw new CheckError("usage", `--export ${text} names no file: use --export ${format}=FILE`);
    return { format, file };
  });

/** Writes the models that are asked for. @throws CheckError `limit` where the search is not complete. */
export const writeExports = async (exports: readonly ExportFile[], outcome: Outcome): Promise<void> => {
  if (exports.length === 0) return;
  const { exportText } = await import("../../export/export-text.ts");
  for (const { format, file } of exports) writeWhole(file, exportText(outcome, format));
};
