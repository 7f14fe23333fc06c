import { render } from "preact";
import { Page } from "./app.tsx";
import { Explorer } from "./explorer.tsx";
import css from "./page.css";
import { readReport } from "./read-report.ts";

const begin = async (): Promise<void> => {
  const style = document.createElement("style");
  style.textContent = css;
  document.head.append(style);
  const root = document.querySelector("#page")!;
  const worker = root instanceof HTMLElement ? root.dataset["worker"] : undefined;
  if (worker !== undefined) {
    render(<Explorer worker={worker} />, root);
    return;
  }
  try {
    const report = await readReport();
    if (report === undefined) throw new Error("it carries no report");
    render(<Page report={report} />, root);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    root.textContent = `This page cannot be shown (${why}). It needs a browser of 2023 or newer.`;
  }
};

void begin();
