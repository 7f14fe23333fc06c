import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { CheckError } from "../../errors.ts";
import { PAGE_FILES, pageFile, type PageFile } from "../flags/page-code.ts";

/** Only this machine can reach it. */
const ADDRESS = "127.0.0.1";

type Texts = Readonly<Record<PageFile, string>>;

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};

/** Nothing that another page could use, or that outlives the server. */
const HEADERS = {
  "Cache-Control": "no-store",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
};

const end = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { ...HEADERS, "Content-Type": "text/plain; charset=utf-8" });
  response.end(`${text}\n`);
};

/** The file that a path names: one of the page's own, or none. */
const fileAt = (path: string): PageFile | undefined =>
  path === "/" ? "ui.html" : PAGE_FILES.find((file) => `/${file}` === path);

/** Whether a request is of the page itself: another site may know the port, and name it by a host of its own. */
const isOwn = ({ headers: { host, origin } }: IncomingMessage, port: number): boolean => {
  const hosts = [ADDRESS, "localhost"].map((name) => `${name}:${port}`);
  return (
    hosts.includes(host ?? "") && (origin === undefined || hosts.some((own) => origin === `http://${own}`))
  );
};

/** What is served, and where. */
interface Serving {
  readonly port: number;
  readonly texts: Texts;
}

const answer = (request: IncomingMessage, response: ServerResponse, { port, texts }: Serving): void => {
  if (!isOwn(request, port)) return end(response, 403, "this is not the page's own address");
  if (request.method !== "GET" && request.method !== "HEAD")
    return end(response, 405, "there is nothing here to write to");
  const file = fileAt((request.url ?? "").split("?")[0]);
  if (file === undefined) return end(response, 404, "there is no such file here");
  const type = TYPES[file.slice(file.lastIndexOf(".") + 1)];
  response.writeHead(200, { ...HEADERS, "Content-Type": type });
  return void response.end(request.method === "HEAD" ? undefined : texts[file]);
};

/** The page, served on this machine's own address. */
export interface Served {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const listening = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) =>
      reject(
        new CheckError(
          "usage",
          cause.code === "EADDRINUSE"
            ? `port ${port} is in use: name another, or leave out --port for any that is free`
            : `cannot listen on port ${port}: ${cause.message}`,
        ),
      ),
    );
    server.listen(port, ADDRESS, () => {
      const bound = server.address();
      resolve(typeof bound === "object" && bound !== null ? bound.port : port);
    });
  });

/** Serves the page's files, and nothing else; 0 is any port that is free. @throws CheckError where it cannot. */
export const serve = async (wanted: number, read: (file: PageFile) => string = pageFile): Promise<Served> => {
  const texts = Object.fromEntries(PAGE_FILES.map((file) => [file, read(file)])) as Texts;
  let port = wanted;
  const server = createServer((request, response) => answer(request, response, { port, texts }));
  port = await listening(server, wanted);
  return {
    url: `http://${ADDRESS}:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
