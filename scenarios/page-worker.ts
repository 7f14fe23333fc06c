import { catalogueOf } from "../src/catalogue/catalogue.ts";
import { PageAnswerer } from "../src/page/worker/answer-page.ts";
import type { Ask, Said } from "../src/page/worker/messages.ts";
import { axes, cites, defaultScenario, named, scenarios } from "./index.ts";
import { program } from "./words.ts";

/** The thread of a browser that this runs in. */
interface Port {
  postMessage: (said: Said) => void;
  onmessage: (event: { readonly data: Ask }) => void;
}

const port = globalThis as unknown as Port;
const load = catalogueOf({ program, axes, cites, named, scenarios, defaultScenario });
const answerer = new PageAnswerer(load, (said) => port.postMessage(said));
port.onmessage = ({ data }) => void answerer.hear(data);
