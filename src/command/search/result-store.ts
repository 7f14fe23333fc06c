import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { digestOf } from "../../checkpoint/digest.ts";
import { version } from "../../package-version.ts";
import { programName } from "../../program-name.ts";
import { recordIn } from "../terminal/bundle.ts";
import type { Io } from "../terminal/io.ts";

/** Results kept from one run of the program to the next, each by what was asked. */
export interface ResultStore {
  /** What was kept; nothing where nothing was, or it is not what was written: that is said on stderr. */
  readonly read: (asked: unknown) => unknown;
  /** Keeps results, whole or not at all; where there is no room for them nothing happens. */
  readonly write: (asked: unknown, results: unknown) => void;
}

/** Results of so many builds of the program are kept beside those of this one. */
const OTHERS = 3;

/**
 * What tells this build of the program from all others: its version, that of node, and all code in a folder, with every
 * model, property and world in it. Nothing where no build has ended there: only then all of the code is in the folder.
 */
const codeIn = (folder: string): string | undefined => {
  if (!existsSync(recordIn(folder).places)) return undefined;
  const names = readdirSync(new URL(folder)).filter((name) => name.endsWith(".js"));
  const hash = createHash("sha256").update(`${version()} ${process.version}`);
  for (const name of names.toSorted()) hash.update(`\n${name}\n`).update(readFileSync(new URL(name, folder)));
  return hash.digest("hex").slice(0, 32);
};

/** Where the user keeps what can be made again, if that is said. */
const cacheIn = ({ env }: Io): string | undefined => {
  const { XDG_CACHE_HOME: said = "", HOME: home = "" } = env;
  const folder = said !== "" ? said : home === "" ? undefined : join(home, ".cache");
  return folder && join(folder, programName());
};

/** Removes what builds before the last few have left. */
const prune = (all: string, mine: string): void => {
  const others = readdirSync(all).filter((name) => /^[0-9a-f]{32}$/.test(name) && name !== mine);
  const age = (name: string): number => statSync(join(all, name)).mtimeMs;
  for (const name of others.toSorted((a, b) => age(b) - age(a)).slice(OTHERS))
    rmSync(join(all, name), { recursive: true, force: true });
};

const orNothing = <T>(attempt: () => T): T | undefined => {
  try {
    return attempt();
  } catch {
    return undefined;
  }
};

/**
 * Where results are kept of questions whose answer follows from the code in a folder (its URL, ending in a slash): in the
 * user's cache, in a folder of each build. Nothing where the code is not built, or no cache is named.
 */
export const resultStore = (folder: string | undefined, io: Io): ResultStore | undefined => {
  const all = cacheIn(io);
  const code = folder === undefined || all === undefined ? undefined : orNothing(() => codeIn(folder));
  if (all === undefined || code === undefined) return undefined;
  const mine = join(all, code);
  const keyOf = (asked: unknown): string => JSON.stringify([code, asked]);
  const fileOf = (asked: unknown): string => join(mine, `${digestOf(keyOf(asked)).slice(0, 32)}.json`);
  return {
    read: (asked) => {
      const file = fileOf(asked);
      const text = orNothing(() => readFileSync(file, "utf8"));
      if (text === undefined) return undefined;
      const end = text.indexOf("\n");
      const body = text.slice(end + 1);
      if (text.slice(0, end) === digestOf(body)) {
        const [key, results] = JSON.parse(body) as readonly [string, unknown];
        if (key === keyOf(asked)) return results;
      }
      io.stderr.write(`${programName()}: ${file} is not as it was written, and is not used\n`);
      return undefined;
    },
    write: (asked, results) => {
      const body = JSON.stringify([keyOf(asked), results]);
      const file = fileOf(asked);
      const begun = `${file}.${process.pid}`;
      orNothing(() => {
        if (mkdirSync(mine, { recursive: true }) !== undefined) orNothing(() => prune(all, code));
        try {
          writeFileSync(begun, `${digestOf(body)}\n${body}`);
          renameSync(begun, file);
        } catch (error) {
          rmSync(begun, { force: true });
          throw error;
        }
      });
    },
  };
};
