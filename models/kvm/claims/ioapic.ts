import type { Claim, Verdict } from "#check";
import { designsOf, guestsOf, type Expected } from "./columns.ts";
import { asks, confirmed } from "./make.ts";

const kernel = ["irqchip=kernel"];
const split = ["irqchip=split"];
const software = "guestAck=linux-sw-eoi";
const made = (level: string): string => `levelTriggered=${level}`;
/** An in-kernel irqchip: refused where split is enforced. */
const kernelOf = (td: Verdict): Expected => designsOf(td, td, "not-applicable");
const splitOf = (td: Verdict): Expected => designsOf(td, td);
const ordinary = (verdict: Verdict): Expected => guestsOf(verdict, verdict, verdict);

const inTheEnd = "level-device-served-in-the-end";

/** One line, raised by one device or by two. */
const one = (property: string, set: readonly string[], expected: Expected) =>
  asks("kvm/level", property, expected, set);
const shared = (property: string, set: readonly string[], expected: Expected) =>
  asks("kvm/level-shared", property, expected, set);

/** What the thread says of EOIs and of level-triggered interrupts, on either I/O APIC. */
export const ioapicClaims: readonly Claim[] = [
  confirmed(
    "C12",
    "m5; irqchip (c) C12, 3.5",
    "No EOI of a TD reaches KVM: its EOI exit bitmap never reaches the hardware, and KVM_EXIT_IOAPIC_EOI never happens",
    one("td-eoi-never-seen", split, splitOf("holds")),
    one("td-eoi-never-seen", kernel, kernelOf("holds")),
    one("td-eoi-never-seen", [...split, software], splitOf("holds")),
    one("td-eoi-never-seen", [...kernel, software], kernelOf("holds")),
    one("td-eoi-exit-bitmap-empty", split, splitOf("holds")),
    one("td-eoi-exit-bitmap-empty", kernel, kernelOf("holds")),
    one("td-shadow-tmr-unused", split, splitOf("holds")),
    one("td-shadow-tmr-unused", kernel, kernelOf("holds")),
    asks("kvm/ioapic-reroute", "td-pending-eoi-never-seen", kernelOf("holds"), kernel),
    asks("kvm/ioapic-reroute", "td-pending-eoi-never-seen", splitOf("holds"), split),
  ),
  {
    id: "C13",
    statement: "A level-triggered pin interrupts a TD at most once until its entry is written again",
    messages: ["m5", "m9"],
    source: "irqchip (c) C13, 3.6",
    word: "holds under: a guest that ends its interrupts with the LAPIC's EOI only",
    said: "m5 says that a TD's EOIs are all accelerated; m9 says that the I/O APIC then never hears of them.",
    shown:
      "So it is, for either I/O APIC. A guest that goes on to the I/O APIC itself is interrupted as often as the line is up.",
    checks: [
      one("level-pin-delivers-once", split, { ...splitOf("holds"), ...ordinary("violated") }),
      one("level-pin-delivers-once", kernel, { ...kernelOf("holds"), ...ordinary("violated") }),
      one("level-pin-delivers-once", [...split, software], splitOf("violated")),
      one("level-pin-delivers-once", [...kernel, software], kernelOf("violated")),
      shared("level-pin-delivers-once", split, splitOf("holds")),
      one(inTheEnd, split, { ...splitOf("violated"), ...ordinary("holds") }),
      one(inTheEnd, kernel, { ...kernelOf("violated"), ...ordinary("holds") }),
    ],
  },
  {
    id: "C14",
    statement:
      "Whatever is done with a TD's level-triggered interrupts, dropped, sent as they are or made edge-triggered, the guest is not " +
      "served",
    messages: ["m5"],
    source: "irqchip (c) C14, 3.6, 3.7",
    word: "depends on: how the guest acknowledges, and whether the line is shared",
    said: "m5 says that a VMM may drop them, send them as they are or convert them to edge, and that all make the guest unhappy.",
    shown:
      "Dropped, never. As they are, not if the guest only ends them in its LAPIC; but one that tells the I/O APIC, as Linux does, " +
      "loses nothing. Made edge-triggered, a line of one device loses nothing, unless such a guest masks the entry of the " +
      "in-kernel I/O APIC meanwhile; a shared line loses the device that raises it while the other holds it. Refused where an " +
      "ioctl configures them, they are dropped all the same where a guest writes the entry.",
    checks: [
      one(inTheEnd, [...split, made("drop")], splitOf("violated")),
      one(inTheEnd, [...split, made("reject")], splitOf("violated")),
      one(inTheEnd, [...kernel, made("reject")], kernelOf("violated")),
      one(inTheEnd, [...split, made("as-is")], { ...splitOf("violated"), ...ordinary("holds") }),
      one("level-line-served", [...split, made("as-is")], { ...splitOf("violated"), ...ordinary("holds") }),
      one(inTheEnd, [...kernel, made("as-is")], { ...kernelOf("violated"), ...ordinary("holds") }),
      one(inTheEnd, [...split, made("as-is"), software], splitOf("holds")),
      one(inTheEnd, [...kernel, made("as-is"), software], kernelOf("holds")),
      shared(inTheEnd, [...split, made("as-is"), software], splitOf("holds")),
      shared(inTheEnd, [...kernel, made("as-is"), software], kernelOf("holds")),
      one(inTheEnd, [...split, made("to-edge")], splitOf("holds")),
      one(inTheEnd, [...kernel, made("to-edge")], kernelOf("holds")),
      one(inTheEnd, [...kernel, made("to-edge"), software], kernelOf("violated")),
      shared(inTheEnd, [...split, made("to-edge")], splitOf("violated")),
      shared(inTheEnd, [...kernel, made("to-edge")], kernelOf("violated")),
    ],
  },
  confirmed(
    "C15",
    "m4, m9; irqchip (c) C15, 3.6",
    "A split irqchip does not by itself make level-triggered interrupts of a TD work: the same run is there with either",
    one("level-line-not-stuck", split, splitOf("violated")),
    one("level-line-not-stuck", kernel, kernelOf("violated")),
    shared("level-line-not-stuck", split, splitOf("violated")),
    shared("level-line-not-stuck", kernel, kernelOf("violated")),
  ),
  {
    id: "C16",
    statement:
      "With a split irqchip an ordinary guest's level-triggered interrupt is delivered again while its line is up, since userspace " +
      "is told of the EOI",
    messages: ["m7", "m8"],
    source: "irqchip (c) C16, 3.1",
    word: "holds under: a scan that its requester waits for before the pin is served",
    said: "m7 asks how userspace's I/O APIC learns of EOIs; m8 says that KVM scans the routes and intercepts them.",
    shown:
      "It does, also where the route is changed while the vCPU runs, as KVM_SET_GSI_ROUTING waits until every vCPU has left the " +
      "guest. The in-kernel I/O APIC serves a line that is already up before it requests the scan: if the handler makes no exit, " +
      "the EOI is missed and the pin is stuck.",
    checks: [
      one("level-line-not-stuck", split, ordinary("holds")),
      one("level-line-delivered-again", split, ordinary("witnessed")),
      one(inTheEnd, split, ordinary("holds")),
      shared(inTheEnd, split, ordinary("holds")),
      asks("kvm/ioapic-scan", "level-line-not-stuck", ordinary("holds"), split),
      asks("kvm/ioapic-scan", "level-line-not-stuck", ordinary("violated"), kernel),
      asks("kvm/ioapic-reroute", "level-line-not-stuck", { vmx: "holds", avic: "holds" }, split),
      asks("kvm/ioapic-reroute", "level-line-not-stuck", { vmx: "holds", avic: "holds" }, kernel),
    ],
  },
  {
    id: "C17",
    statement: "With an in-kernel I/O APIC KVM scans the GSI routes and the redirection table",
    messages: ["m8"],
    source: "irqchip (c) C17, 3.1",
    word: "refuted",
    said: "m8 says that with an in-kernel I/O APIC KVM scans both.",
    shown:
      "It scans the table only, so the EOI of a level-triggered message is not intercepted. That does no harm, as a message has " +
      "no remote_irr: the next one is delivered all the same. With a split irqchip the routes are scanned.",
    checks: [
      asks("kvm/level-message", "level-message-eoi-intercepted", ordinary("violated"), kernel),
      asks("kvm/level-message", "level-message-taken-again", ordinary("witnessed"), kernel),
      asks("kvm/level-message", "level-message-eoi-intercepted", ordinary("holds"), split),
    ],
  },
  {
    id: "C29",
    statement: "remote_irr is set only for an interrupt that some LAPIC has accepted",
    messages: [],
    source: "irqchip (c) C29, 2.5",
    word: "refuted",
    said: "It is what the bit is for.",
    shown:
      "ioapic_service() sets it for any answer but 0, and the slow path of the delivery answers -1 where no vCPU matches. A pin that " +
      "is then sent to a vCPU is not served, though it is up: it is stuck until its entry is written as edge-triggered.",
    checks: [
      asks("kvm/ioapic-destination", "remote-irr-only-if-accepted", ordinary("violated")),
      asks("kvm/ioapic-destination", "level-pin-with-destination-served", ordinary("violated")),
      asks("kvm/ioapic-entry", "level-pin-with-destination-served", ordinary("holds")),
    ],
  },
  {
    id: "C30",
    statement: "An irqfd with a resampler has the assigned device of a TD unmasked after its interrupt",
    messages: [],
    source: "irqchip (c) C30, 3.8",
    word: "depends on: how the guest acknowledges; refused with a split irqchip",
    said: "It is what the resampler is for: VFIO's INTx is masked when it fires, and unmasked by the EOI.",
    shown:
      "The ack notifier of a TD never runs, so the device stays masked after its first interrupt, unless the guest tells the I/O APIC " +
      "itself. With a split irqchip KVM_IRQFD answers -EINVAL.",
    checks: [
      asks(
        "kvm/irqfd-resample",
        "resampled-device-not-stuck",
        { ...kernelOf("violated"), ...ordinary("holds") },
        kernel,
      ),
      asks("kvm/irqfd-resample", "resampled-device-not-stuck", kernelOf("holds"), [...kernel, software]),
      asks(
        "kvm/irqfd-resample",
        "resampled-device-unmasked",
        { ...kernelOf("violated"), ...ordinary("holds") },
        kernel,
      ),
      asks("kvm/irqfd-resample", "resampled-device-unmasked", kernelOf("holds"), [...kernel, software]),
      asks(
        "kvm/irqfd-resample",
        "resample-irqfd-accepted",
        { ...splitOf("violated"), ...ordinary("violated") },
        split,
      ),
      asks(
        "kvm/irqfd-resample",
        "resample-irqfd-accepted",
        { ...kernelOf("holds"), ...ordinary("holds") },
        kernel,
      ),
    ],
  },
];
