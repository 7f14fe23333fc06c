import { describe, expect, test } from "vitest";
import { captureReader, type CapturedPart } from "#check";
import { capturedMessages } from "../../../models/kvm/validation/captured-messages.ts";
import { isFor } from "../../../models/kvm/validation/message-addressees.ts";
import { tracepoints } from "../../../models/kvm/tracepoints/table.ts";
import { kvmApicIpi } from "../../../models/kvm/tracepoints/lapic.ts";

/** What is followed of the lines of a capture; `/` stands before what they print, behind thread and CPU. */
const followed = (...lines: readonly string[]) => {
  const events: CapturedPart["events"][number][] = [];
  const recorded = new Set<string>();
  const reader = captureReader(tracepoints, (item) => {
    if (item.kind === "lost") events.push({ at: item.at, lost: true });
    if (item.kind !== "event") return;
    events.push({ at: item.at, line: item.line, event: item.event });
    recorded.add(item.event.name);
  });
  const printed = lines.map((line, i) => {
    const [thread, text] = line.split(" / ");
    return text === undefined ? line : ` ${thread} ..... 100.0000${String(i).padStart(2, "0")}: ${text}`;
  });
  reader.write(`${printed.join("\n")}\n`);
  reader.end();
  return capturedMessages({ events, recorded }, []);
};

const VHOST = "vhost-4262 [007]";
const OTHER = "qemu-4242 [006]";
const CPU0 = "CPU 0/KVM-4243 [000]";
const CPU1 = "CPU 1/KVM-4244 [001]";
const accept = (v: number, mode = "Fixed"): string =>
  `kvm_apic_accept_irq: apicid ${v} vec 36 (${mode}|edge)`;
const apicvAccept = "kvm_apicv_accept_irq: apicid 1 vec 36 (Fixed|edge)";
const message = "kvm_msi_set_irq: dst 1 vec 36 (Fixed|physical|edge)";
const ipi = "kvm_apic_ipi: dst 1 vec 36 (Fixed|physical|assert|edge|dst)";

const labelsOf = (...lines: readonly string[]) =>
  followed(...lines).map(({ title, lines: seen }) => [title, seen.map(({ labels }) => labels)]);

describe("what is followed", () => {
  test("a vector of each vCPU that accepts it, by what announces it", () => {
    expect(labelsOf(`${VHOST} / ${message}`, `${VHOST} / ${accept(1)}`, `${VHOST} / ${accept(0)}`)).toEqual([
      ["vector 36, vCPU 0: messages", [["kvm_apic_accept_irq edge"]]],
      ["vector 36, vCPU 1: messages", [["kvm_msi_set_irq edge"], ["kvm_apic_accept_irq edge"]]],
    ]);
  });

  test("no NMI, and no vector of a pin", () => {
    const pin = "kvm_ioapic_set_irq: pin 19 dst 0 vec 36 (Fixed|physical|level)";
    expect(followed(`${VHOST} / ${accept(1, "NMI")}`)).toEqual([]);
    expect(followed(`${VHOST} / ${accept(1)}`, `${VHOST} / ${pin}`)).toEqual([]);
  });

  test("an IPI to itself is told from one of another vCPU", () => {
    const self = "kvm_apic_ipi: dst 0 vec 36 (Fixed|physical|assert|edge|self)";
    const entry = "kvm_entry: vcpu 1, rip 0x0";
    const seen = labelsOf(
      `${CPU1} / ${self}`,
      `${CPU1} / ${accept(1)}`,
      `${CPU0} / ${ipi}`,
      `${CPU1} / ${entry}`,
    );
    expect(seen).toEqual([
      [
        "vector 36, vCPU 1: IPIs",
        [["kvm_apic_ipi self"], ["kvm_apic_accept_irq edge"], ["kvm_apic_ipi"], ["kvm_entry"]],
      ],
    ]);
  });

  test("where nobody knows whom a logical destination means, it may come from anywhere", () => {
    const logical = "kvm_msi_set_irq: dst 2 vec 36 (Fixed|logical|edge)";
    expect(labelsOf(`${VHOST} / ${logical}`, `${VHOST} / ${accept(1)}`)).toEqual([
      ["vector 36, vCPU 1: messages", [["kvm_apic_accept_irq edge"]]],
    ]);
  });
});

describe("who is in the middle of a delivery", () => {
  const last = (...lines: readonly string[]) =>
    followed(...lines)
      .at(-1)!
      .lines.map(({ labels }) => labels);

  test("a vCPU's thread is not, once it prints something of its own", () => {
    const exit = "kvm_entry: vcpu 0, rip 0x0";
    expect(last(`${CPU0} / ${ipi}`, `${CPU0} / ${accept(1)}`, `${CPU0} / ${exit}`)).toEqual([
      ["kvm_apic_ipi"],
      ["kvm_apic_accept_irq edge"],
      ["mark nobody else delivers"],
    ]);
  });

  test("more than two at once are in no world", () => {
    const lines = [VHOST, OTHER, CPU0].map((thread) => `${thread} / ${accept(1)}`);
    expect(last(...lines)).toEqual([["kvm_apic_accept_irq edge"], ["kvm_apic_accept_irq edge"], "lost"]);
  });

  test("who had begun before the capture did may still end", () => {
    expect(last(`${VHOST} / ${accept(1)}`, `${OTHER} / ${apicvAccept}`)).toEqual([
      ["kvm_apic_accept_irq edge"],
      "lost",
    ]);
    expect(last(`${OTHER} / ${accept(1)}`, `${OTHER} / ${apicvAccept}`)).toEqual([
      ["kvm_apic_accept_irq edge"],
      ["kvm_apicv_accept_irq edge"],
    ]);
  });
});

test.each([
  ["dst", { destination: "physical", dst: 1 }, [false, true]],
  ["dst", { destination: "physical", dst: 0xff }, [true, true]],
  ["dst", { destination: "logical", dst: 1 }, [undefined, undefined]],
  ["self", {}, [true, false]],
  ["all", {}, [true, true]],
  ["all-but-self", {}, [false, true]],
])("an IPI by %s %j", (shorthand, fields, those) => {
  const event = { name: kvmApicIpi.name, fields: { shorthand, ...fields } };
  expect([0, 1].map((v) => isFor(event, 0, v))).toEqual(those);
  const isTold = isFor(event, undefined, 0) !== undefined;
  expect(isTold).toBe(!shorthand.includes("self") && those[0] !== undefined);
});
