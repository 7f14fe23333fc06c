// What actions and properties touch is recorded in scenarios/action-paths.ts, before a build, if what they do has changed
// since: the code of models, properties and worlds, or of the recording. Comments, types and names of variables are no code.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";

const root = join(import.meta.dirname, "..");
const record = join(root, "scenarios/action-paths.ts");
const cache = join(root, "node_modules/.cache/apicv-check");

const bundled = (input, external) =>
  rolldown({
    input: join(root, input),
    cwd: root,
    platform: "node",
    external,
    resolve: { conditionNames: ["apicv-check-source"] },
    logLevel: "silent",
  });

/** The code that is reached from a file, without comments and types. */
const codeOf = async (input, external) => {
  const bundle = await bundled(input, external);
  const { output } = await bundle.generate({ minify: true });
  await bundle.close();
  return output.map(({ code }) => code).join("\n");
};

/** Where it is noted that the record as it is was made of the code as it is. */
const noteOf = async () => {
  const code = [
    await codeOf("scenarios/index.ts", (id) =>
      /^[^./]|\/src\/|\/(claims\/index|action-paths|sizes)\.ts$/.test(id),
    ),
    await codeOf("src/command/find/record-paths.ts", /^[^./]/),
  ];
  return (table) =>
    join(
      cache,
      createHash("sha256")
        .update([...code, table].join("\0"))
        .digest("hex"),
    );
};

/** Records anew; nothing where models do not load, which is said. */
const recorded = async () => {
  const dir = join(cache, `record-${process.pid}`);
  try {
    const bundle = await bundled("bench/action-paths.ts", /^[^./#]/);
    await bundle.write({ dir });
    await bundle.close();
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(dir, "action-paths.js")], {
      encoding: "utf8",
      maxBuffer: 2 ** 26,
    });
    if (status === 0) return stdout;
    console.error(`what actions and properties touch is not recorded, since they do not load:\n${stderr}`);
    return undefined;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};

const note = await noteOf();
if (!existsSync(note(readFileSync(record, "utf8")))) {
  console.error("recording what actions and properties touch: a quarter of a minute");
  const table = await recorded();
  if (table !== undefined) {
    if (table !== readFileSync(record, "utf8")) {
      writeFileSync(`${record}.${process.pid}`, table);
      renameSync(`${record}.${process.pid}`, record);
    }
    mkdirSync(cache, { recursive: true });
    writeFileSync(note(table), "");
  }
}
