import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Load } from "../../../src/catalogue/catalogue.ts";
import { main } from "../../../src/command/program.ts";
import { captured } from "../../../scenarios/captured.ts";
import { partKeys } from "../../../scenarios/words.ts";
import { fakeIo } from "../../fixtures/io.ts";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";

const file = join(temporaryFolder(), "host.txt");
const inhibit = (task: string, text: string): string =>
  ` ${task}    [003] .....  100.000001: kvm_apicv_inhibit_changed: ${text}`;
const entry = (v: number): string =>
  `       CPU ${v}/KVM-${7100 + v}  (7000) [00${v}] d..1.  100.000000: kvm_entry: vcpu ${v}, rip 0x0`;

const load = Object.assign(async () => ({ captured: async () => captured, scenarios: [] }), {
  partKeys,
}) as unknown as Load;

const asked = async (...args: readonly string[]) => {
  const lines = [
    entry(0),
    entry(1),
    inhibit("qemu-7074 (7000)", "set reason=8, inhibits=0x100 IRQWIN"),
    inhibit("qemu-8074 (8000)", "set reason=2, inhibits=0x4 ABSENT"),
  ];
  writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
  const { io, written } = fakeIo();
  const code = await main(["validate", file, ...args], io, load);
  const titles = written.stdout
    .split("\n")
    .flatMap((line) => /^ {4}(\w[^:,]*)/.exec(line)?.[1] ?? [])
    .toSorted();
  return { code, titles, error: written.stderr };
};

test("what is followed is chosen by what it is of, and by its virtual machine", async () => {
  expect((await asked()).titles).toEqual([
    "APICv inhibits",
    "APICv inhibits",
    "thread of vCPU 0",
    "thread of vCPU 1",
  ]);
  expect((await asked("--vcpu", "1")).titles).toEqual(["thread of vCPU 1"]);
  expect((await asked("--vm", "8000")).titles).toEqual(["APICv inhibits"]);
});

test.each([
  [["--vcpu", "7"], /of vcpu 7; there is vcpu 0, 1/],
  [["--gsi", "7"], /of gsi 7; there is gsi of nothing in it/],
  [["--guest", "vmxx", "--vcpu", "0"], /there is guest .*svm-sw.*; vcpu 0, 1/],
  [["--vm", "9"], /process 9; there is 7000, 8000/],
  [["--clock-skew", "2"], /a time with its unit, like 2us/],
  [["--clock-skew", "0us"], /from 1ns to 1s/],
  [["--clock-skew", "2s"], /from 1ns to 1s/],
  [["--at", "0"], /a whole number from 1/],
])("%j is refused, with what there is", async (args, message) => {
  const { code, error } = await asked(...args);
  expect(code).toBe(2);
  expect(error.replaceAll(/\s+/g, " ")).toMatch(message);
});

test("what is known at a line is told, and data have it", async () => {
  const { io, written } = fakeIo();
  await asked();
  const recorded = "kvm_entry,kvm_exit";
  const args = ["--vcpu", "0", "--at", "1", "--clock-skew", "2us", "--recorded", recorded, "--json"];
  await main(["validate", file, ...args], io, load);
  const { machines } = JSON.parse(written.stdout) as {
    readonly machines: readonly { readonly parts: readonly { readonly known: object }[] }[];
  };
  expect(machines[0].parts[0].known).toMatchObject({
    facts: [["the vCPU", ["in the guest", "in the host"]]],
    possible: ["kvm_exit"],
  });
});

test.each([["--json"], ["--html", "page.html"], ["--gsi", "19"], ["--clock-skew", "2us"]])(
  "%s is refused beside --monitor, which reads no capture",
  async (...args) => {
    const { io, written } = fakeIo();
    expect(await main(["validate", "--monitor", "timer, vmx", ...args], io, load)).toBe(2);
    expect(written.stderr).toContain(`--monitor reads no capture: leave out ${args[0]}`);
  },
);
