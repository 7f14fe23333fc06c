import { expect, test } from "vitest";
import { run } from "../fixtures/io.ts";

const trace = async (): Promise<string> => {
  const { stdout } = await run("explore --design sync-first --json");
  const { properties } = JSON.parse(stdout) as {
    readonly properties: readonly { readonly trace: { readonly replay: string } | null }[];
  };
  return properties.find((property) => property.trace !== null)!.trace!.replay;
};
const watching = async (flags: string, io: Parameters<typeof run>[1] = {}) =>
  run(`replay ${await trace()} ${flags}`, io);

test("--watch has a column for each field, with its value at the start and after each step", async () => {
  const { code, stdout } = await watching("--watch vcpu[0].mode,vcpu[0].pir,sender.sent");
  expect(code).toBe(0);
  const head = stdout.indexOf("     vcpu[0].");
  expect(`\n${stdout.slice(stdout.lastIndexOf("\n", head) + 1, stdout.indexOf("\n\n", head))}\n`).toBe(`
        vcpu[0].    vcpu[0].    sender.    CPU  sen  vcpu[0]
          mode        pir         sent     0    der
        OUT         0           0          (start)
     1  OUT         0           0          PREPARE
     2  OUT         1           1               POST v=0
                                                     .pir 0>1,
                                                     sender.sent 0>1
  *  3  OUT         1           1               NOTIFY
  *  4  IN          1           1          ENTER     .mode OUT>IN
`);
});

test("a fold is broken where something watched changes", async () => {
  const { stdout } = await watching("--watch vcpu[0].pc");
  expect(stdout).not.toMatch(/: \d+ steps/);
});

test.each([
  ["--watch vcpu[0].mod", /unknown field "vcpu\[0\]\.mod" \(did you mean "vcpu\[0\]\.mode"\?\)/],
  ["--watch vcpu[0]", /--watch vcpu\[0\]: that has several fields; name one, such as vcpu\[0\]\./],
  ["--watch vcpu[0].mode --state", /--watch adds columns .* leave out one of the two/],
  ["--watch vcpu[0].mode --trace full", /--watch adds columns .* leave out one of the two/],
  [`--watch ${Array(6).fill("vcpu[0].mode").join(",")}`, /the run has no room; watch fewer fields/],
])("%s is refused", async (flags, message) => {
  const { code, stdout, stderr } = await watching(flags);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(message);
});
