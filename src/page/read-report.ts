import type { PageReport } from "../report/page/page-report.ts";

/** The report that the document carries; undefined where it carries none. @throws Error where it cannot be read. */
export const readReport = async (): Promise<PageReport | undefined> => {
  const text = document.querySelector("#report")?.textContent?.trim() ?? "";
  if (text === "") return undefined;
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(plain).text()) as PageReport;
};
