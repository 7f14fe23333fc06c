import { existsSync, readFileSync } from "node:fs";

/** Where the files are: beside the sources, and above what is built of them. */
const folders = ["../scenarios/validation/quotients/", "../../scenarios/validation/quotients/"];

/** The file of a world in which captures are followed. */
export const quotientFile = (world: string): string =>
  `${world.replaceAll(/[^A-Za-z0-9]+/g, "-").toLowerCase()}.txt`;

/** The smallest graph of a world in which captures are followed, as `npm run quotients` has written it. */
export const keptQuotient = (world: string): string | undefined => {
  const places = folders.map((folder) => new URL(`${folder}${quotientFile(world)}`, import.meta.url));
  const place = places.find((one) => existsSync(one));
  return place && readFileSync(place, "utf8");
};
