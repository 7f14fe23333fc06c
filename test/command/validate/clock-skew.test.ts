import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Load } from "../../../src/catalogue/catalogue.ts";
import { main } from "../../../src/command/program.ts";
import { captured } from "../../../scenarios/captured.ts";
import { partKeys } from "../../../scenarios/words.ts";
import { fakeIo } from "../../fixtures/io.ts";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";

const load = Object.assign(async () => ({ captured: async () => captured, scenarios: [] }), {
  partKeys,
}) as unknown as Load;

const VCPU = "CPU 0/KVM-4243 (4242) [000]";
const DEVICE = "vhost-4262 (4242) [007]";

const raises = (at: number): readonly (readonly [string, number, string])[] => [
  [DEVICE, at, "kvm_set_irq: gsi 19 level 1 source 0"],
  [DEVICE, at + 1, "kvm_apic_accept_irq: apicid 0 vec 129 (Fixed|level)"],
  [DEVICE, at + 2, "kvm_ioapic_set_irq: pin 19 dst 0 vec 129 (Fixed|physical|level)"],
];

/** A level-triggered interrupt, its EOI on CPU 0, and the next one on CPU 7, whose clock is `apart` microseconds behind. */
const captureApart = (apart: number): string =>
  [
    ...raises(100),
    [VCPU, 110, "kvm_inj_virq: IRQ 0x81"],
    [VCPU, 111, "kvm_entry: vcpu 0, rip 0x0"],
    [VCPU, 140, "kvm_exit: reason EXTERNAL_INTERRUPT rip 0x0 info 0 0"],
    [VCPU, 144, "kvm_apic: apic_write APIC_EOI = 0x0"],
    [VCPU, 145, "kvm_eoi: apicid 0 vector 129"],
    [VCPU, 146, "kvm_ack_irq: irqchip IOAPIC pin 19"],
    ...raises(150 - apart),
    [VCPU, 160, "kvm_inj_virq: IRQ 0x81"],
    [VCPU, 161, "kvm_entry: vcpu 0, rip 0x0"],
  ]
    .map(([thread, at, text]) => ({ at: Number(at), line: `${thread} ..... 100.000${at}: ${text}\n` }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ line }) => line)
    .join("");

const file = join(temporaryFolder(), "host.txt");
const asked = async (apart: number, ...args: readonly string[]) => {
  writeFileSync(file, captureApart(apart));
  const { io, written } = fakeIo();
  const code = await main(["validate", file, "--gsi", "19", "--guest", "vmx-sw", ...args], io, load);
  return { code, text: written.stdout.replaceAll(/\s+/g, " ") };
};

test("an interrupt that is accepted before the EOI of the one before is allowed only by clocks that are so far apart", async () => {
  expect(await asked(0)).toMatchObject({ code: 0, text: expect.not.stringContaining("another order") });
  const apart = await asked(9);
  expect(apart).toMatchObject({ code: 1, text: expect.stringContaining("violation at line ") });
  expect(await asked(9, "--clock-skew", "1us")).toMatchObject({ code: 1 });
  expect(await asked(9, "--clock-skew", "9us")).toMatchObject({
    code: 0,
    text: expect.stringContaining(
      "in another order of its lines, for clocks of CPUs that are up to 9000 ns apart",
    ),
  });
});

test("lines of one CPU are not taken in another order, however far clocks are apart", async () => {
  const lines = captureApart(9).replaceAll("[007]", "[000]");
  writeFileSync(file, lines);
  const { io } = fakeIo();
  expect(
    await main(["validate", file, "--gsi", "19", "--guest", "vmx-sw", "--clock-skew", "1ms"], io, load),
  ).toBe(1);
});
