// The page that explores as static files, for any web server: dist/site.
import { cpSync, mkdirSync, rmSync } from "node:fs";

rmSync("dist/site", { recursive: true, force: true });
mkdirSync("dist/site");
cpSync("dist/cli/ui.html", "dist/site/index.html");
for (const file of ["page.js", "page-worker.js"]) cpSync(`dist/cli/${file}`, `dist/site/${file}`);
