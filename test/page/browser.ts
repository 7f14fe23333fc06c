import { existsSync } from "node:fs";
import { chromium, type Browser, type Page } from "playwright-core";

/** Where Debian, Ubuntu, Fedora and macOS put it; CHROMIUM names another place. */
const PLACES = [
  process.env["CHROMIUM"] ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Nothing that a browser does by itself: it looks at the page, and calls nobody. */
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts the Chromium of this machine. @throws Error where there is none; says how to get it. */
export const startChromium = (): Promise<Browser> => {
  const executablePath = PLACES.find((place) => place !== "" && existsSync(place));
  if (executablePath === undefined)
    throw new Error(
      "there is no Chromium to open the page in: apt-get install chromium, or name one in CHROMIUM",
    );
  return chromium.launch({ executablePath, args: QUIET });
};

/** A page of its own, which fails the test where its code throws or it asks for anything over a network. */
export const openPage = async (
  browser: Browser,
  url: string,
): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  const { protocol, host } = new URL(url);
  page.on("request", (request) => {
    const asked = new URL(request.url());
    const own = asked.protocol === protocol && asked.host === host;
    if (!own && !["blob:", "data:"].includes(asked.protocol)) complaints.push(`asks for ${request.url()}`);
  });
  await page.goto(url);
  return { page, complaints };
};
