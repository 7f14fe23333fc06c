import { expect, test } from "vitest";
import { validateCapture, type Validating } from "../../../src/validate/validate-capture.ts";
import { captured } from "../../../scenarios/captured.ts";

/** SVM without AVIC: a self-IPI whose vector waits for the interrupt window. */
const selfIpi: readonly string[] = [
  "kvm_apic_ipi: dst b0 vec 176 (Fixed|physical|assert|edge|self)",
  "kvm_apic_accept_irq: apicid 0 vec 176 (Fixed|edge)",
  "kvm_apic: apic_write APIC_ICR = 0xb0000440b0",
  "kvm_msr: msr_write 830 = 0xb0000440b0",
  "kvm_entry: vcpu 0, rip 0x406a89",
  "kvm_exit: vcpu 0 reason vintr rip 0x4004ae info1 0x0000000000000000 info2 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000",
  "kvm_inj_virq: IRQ 0xb0",
  "kvm_entry: vcpu 0, rip 0x4004ae",
  "kvm_exit: vcpu 0 reason msr rip 0x406a74 info1 0x0000000000000001 info2 0x0000000000000000 intr_info 0x00000000 error_code 0x00000000",
  "kvm_apic: apic_write APIC_EOI = 0x0",
  "kvm_eoi: apicid 0 vector 176",
];

/** VMX with APICv: two threads send the same message at the same time. */
const twoMessages: readonly string[] = [
  ["vhost-4262    [007]", "kvm_msi_set_irq: dst 0 vec 36 (Fixed|physical|edge)"],
  ["qemu-4242    [006]", "kvm_msi_set_irq: dst 0 vec 36 (Fixed|physical|edge)"],
  ["vhost-4262    [007]", "kvm_apic_accept_irq: apicid 0 vec 36 (Fixed|edge)"],
  ["qemu-4242    [006]", "kvm_apic_accept_irq: apicid 0 vec 36 (Fixed|edge)"],
  ["qemu-4242    [006]", "kvm_apicv_accept_irq: apicid 0 vec 36 (Fixed|edge)"],
  ["vhost-4262    [007]", "kvm_apicv_accept_irq: apicid 0 vec 36 (Fixed|edge)"],
].map(([thread, text], i) => ` ${thread} ..... 100.00000${i}: ${text}`);

const verdictOf = async (lines: readonly string[], validating: Validating = {}) => {
  const { machines } = await validateCapture(`${lines.join("\n")}\n`, captured, validating);
  const part = machines.flatMap(({ parts }) => parts).find(({ title }) => title.startsWith("vector"));
  return [part?.verdict, part?.refusal?.at];
};

const moved = (lines: readonly string[], from: number, to: number): readonly string[] =>
  lines.toSpliced(from, 1).toSpliced(to, 0, lines[from]);

const all = [
  "kvm_msi_set_irq",
  "kvm_apic_ipi",
  "kvm_apic_accept_irq",
  "kvm_entry",
  "kvm_exit",
  "kvm_inj_virq",
  "kvm_eoi",
];

test.each<[string, readonly string[], readonly [string, number | undefined]]>([
  ["as it was", selfIpi, ["consistent", undefined]],
  ["from the middle on", selfIpi.slice(4), ["consistent", undefined]],
  [
    "accepted twice, for one may have been sent before",
    selfIpi.toSpliced(1, 0, selfIpi[1]),
    ["consistent", undefined],
  ],
  ["accepted three times", selfIpi.toSpliced(1, 0, selfIpi[1], selfIpi[1]), ["violation", 4]],
  ["not accepted", selfIpi.toSpliced(1, 1), ["violation", 4]],
  ["injected without an entry behind that", moved(selfIpi, 6, 0), ["violation", 2]],
  ["injected in the guest", moved(selfIpi, 6, 5), ["gap", undefined]],
  ["without an exit", selfIpi.toSpliced(5, 1), ["gap", undefined]],
  ["ended twice", [...selfIpi, selfIpi[7], selfIpi[8], selfIpi[10]], ["violation", 14]],
])("a self-IPI %s", async (_, lines, expected) => {
  expect(await verdictOf(lines, { recorded: all })).toEqual(expected);
});

test.each<[string, readonly string[], readonly [string, number | undefined]]>([
  ["as they were", twoMessages, ["consistent", undefined]],
  ["one accepted twice", [...twoMessages, twoMessages[2]], ["violation", 7]],
  ["one posted twice", [...twoMessages, twoMessages[5]], ["violation", 7]],
])("two messages at once, %s", async (_, lines, expected) => {
  expect(await verdictOf(lines, { recorded: [...all, "kvm_apicv_accept_irq"] })).toEqual(expected);
});

test("what no order of its lines mends is refused where clocks are apart, too", async () => {
  const twice = [...twoMessages, twoMessages[5]];
  expect(await verdictOf(twice, { recorded: [...all, "kvm_apicv_accept_irq"], skew: 2000n })).toEqual([
    "violation",
    7,
  ]);
});
