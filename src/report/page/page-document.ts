import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { xml } from "../../xml-text.ts";
import type { PageReport } from "./page-report.ts";

/** Code that ends its own element nowhere. */
const asScript = (code: string): string => code.replaceAll(/<(?=\/script|script|!--)/gi, "\\x3c");

/** What a page may load and run: its own script, known by its hash, and nothing from anywhere. */
const policy = (script: string): string =>
  [
    "default-src 'none'",
    `script-src 'sha256-${createHash("sha256").update(script).digest("base64")}'`,
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

/**
 * A report as one HTML file that needs nothing else: `code` is the page's script, which finds the report in the document.
 */
export const pageDocument = (code: string, report: PageReport, title: string): string => {
  const script = asScript(code);
  // Repetitive as it is, the report takes a tenth of the room so.
  const data = gzipSync(JSON.stringify(report), { level: 9 }).toString("base64");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${xml(policy(script))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${xml(title)}</title>
</head>
<body>
<noscript>This page needs JavaScript: it shows the result in its data.</noscript>
<div id="page"></div>
<script type="application/gzip" id="report">${data}</script>
<script>${script}</script>
</body>
</html>
`;
};
