import type { Claim } from "#check";
import { everyGuest, ordinaryGuests, tdDesigns, type Columns } from "./columns.ts";
import { asks, confirmed } from "./make.ts";

const kernel = ["irqchip=kernel"];
const split = ["irqchip=split"];
const software = "guestAck=linux-sw-eoi";
const made = (level: string): string => `levelTriggered=${level}`;

const inTheEnd = "level-device-served-in-the-end";

/** One line, raised by one device or by two. */
const one = (property: string, set: readonly string[], columns: Columns) =>
  asks("kvm/level", property, columns, set);
const shared = (property: string, set: readonly string[], columns: Columns) =>
  asks("kvm/level-shared", property, columns, set);

/** What the thread says about EOIs and of level-triggered interrupts, on either I/O APIC. */
const ioapicClaims: readonly Claim[] = [
  confirmed(
    "C12",
    "m5; irqchip (c) C12, 3.5",
    "No EOI of a TD reaches KVM: its EOI exit bitmap never reaches the hardware, and KVM_EXIT_IOAPIC_EOI never happens",
    one("td-eoi-never-seen", split, tdDesigns),
    one("td-eoi-never-seen", kernel, tdDesigns),
    one("td-eoi-never-seen", [...split, software], tdDesigns),
    one("td-eoi-never-seen", [...kernel, software], tdDesigns),
    one("td-eoi-exit-bitmap-empty", split, tdDesigns),
    one("td-eoi-exit-bitmap-empty", kernel, tdDesigns),
    one("td-shadow-tmr-unused", split, tdDesigns),
    one("td-shadow-tmr-unused", kernel, tdDesigns),
    asks("kvm/ioapic-reroute", "td-pending-eoi-never-seen", tdDesigns, kernel),
    asks("kvm/ioapic-reroute", "td-pending-eoi-never-seen", tdDesigns, split),
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
      one("one-interrupt-per-write", split, everyGuest),
      one("one-interrupt-per-write", kernel, everyGuest),
      one("one-interrupt-per-write", [...split, software], tdDesigns),
      one("one-interrupt-per-write", [...kernel, software], tdDesigns),
      shared("one-interrupt-per-write", split, tdDesigns),
      one(inTheEnd, split, everyGuest),
      one(inTheEnd, kernel, everyGuest),
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
      one(inTheEnd, [...split, made("drop")], tdDesigns),
      one(inTheEnd, [...split, made("reject")], tdDesigns),
      one(inTheEnd, [...kernel, made("reject")], tdDesigns),
      one(inTheEnd, [...split, made("as-is")], everyGuest),
      one("level-line-served", [...split, made("as-is")], everyGuest),
      one(inTheEnd, [...kernel, made("as-is")], everyGuest),
      one(inTheEnd, [...split, made("as-is"), software], tdDesigns),
      one(inTheEnd, [...kernel, made("as-is"), software], tdDesigns),
      shared(inTheEnd, [...split, made("as-is"), software], tdDesigns),
      shared(inTheEnd, [...kernel, made("as-is"), software], tdDesigns),
      one(inTheEnd, [...split, made("to-edge")], tdDesigns),
      one(inTheEnd, [...kernel, made("to-edge")], tdDesigns),
      one(inTheEnd, [...kernel, made("to-edge"), software], tdDesigns),
      shared(inTheEnd, [...split, made("to-edge")], tdDesigns),
      shared(inTheEnd, [...kernel, made("to-edge")], tdDesigns),
    ],
  },
  confirmed(
    "C15",
    "m4, m9; irqchip (c) C15, 3.6",
    "A split irqchip does not by itself make level-triggered interrupts of a TD work: the same run is there with either",
    one("remote-irr-not-stuck", split, tdDesigns),
    one("remote-irr-not-stuck", kernel, tdDesigns),
    shared("remote-irr-not-stuck", split, tdDesigns),
    shared("remote-irr-not-stuck", kernel, tdDesigns),
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
      one("remote-irr-not-stuck", split, ordinaryGuests),
      one("level-line-delivered-again", split, ordinaryGuests),
      one(inTheEnd, split, ordinaryGuests),
      shared(inTheEnd, split, ordinaryGuests),
      asks("kvm/ioapic-scan", "remote-irr-not-stuck", ordinaryGuests, split),
      asks("kvm/ioapic-scan", "remote-irr-not-stuck", ordinaryGuests, kernel),
      asks("kvm/ioapic-reroute", "remote-irr-not-stuck", ["vmx", "avic"], split),
      asks("kvm/ioapic-reroute", "remote-irr-not-stuck", ["vmx", "avic"], kernel),
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
      asks("kvm/level-message", "level-message-eoi-intercepted", ordinaryGuests, kernel),
      asks("kvm/level-message", "level-message-taken-again", ordinaryGuests, kernel),
      asks("kvm/level-message", "level-message-eoi-intercepted", ordinaryGuests, split),
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
      asks("kvm/ioapic-destination", "remote-irr-only-if-accepted", ordinaryGuests),
      asks("kvm/ioapic-destination", "level-pin-with-destination-served", ordinaryGuests),
      asks("kvm/ioapic-entry", "level-pin-with-destination-served", ordinaryGuests),
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
      asks("kvm/irqfd-resample", "resampled-device-not-stuck", everyGuest, kernel),
      asks("kvm/irqfd-resample", "resampled-device-not-stuck", tdDesigns, [...kernel, software]),
      asks("kvm/irqfd-resample", "resampled-device-unmasked", everyGuest, kernel),
      asks("kvm/irqfd-resample", "resampled-device-unmasked", tdDesigns, [...kernel, software]),
      asks("kvm/irqfd-resample", "resample-irqfd-accepted", everyGuest, split),
      asks("kvm/irqfd-resample", "resample-irqfd-accepted", everyGuest, kernel),
    ],
  },
];

export default ioapicClaims;
