import { moduleBeside } from "../src/module-beside.ts";
import type { Load } from "../src/catalogue/catalogue.ts";

const module = moduleBeside(import.meta.url, "shipped");

/** Loads the catalogue that ships. Late: `--help` needs no models. */
export const shipped: Load = Object.assign(
  async () => {
    const { scenarios, designs, guests, claims, sizes } = await import("./index.ts");
    return { scenarios, designs, guests, claims, sizes, module };
  },
  { module },
);
