import type { Claim } from "#check";
import { tdDesigns } from "./columns.ts";
import { asks } from "./make.ts";

const apic = "kvm/ioctls-apic";
const vm = "kvm/ioctls-vm";
const f1 = "kvm/f1-uninitialized-vcpu";
/** What the thread says userspace can do to a TD by ioctl. */
const ioctlClaims: readonly Claim[] = [
  {
    id: "C22",
    statement: "Userspace cannot change the APIC mode or base of a TD",
    messages: ["m3"],
    source: "irqchip 6.2, (c) C22",
    word: "holds under: KVM_SET_SREGS refused, and IA32_APICBASE not written by KVM_SET_MSRS (as merged)",
    said: "m3 proposes to set has_protected_state, so that KVM_SET_SREGS and KVM_SET_SREGS2 are refused.",
    shown:
      "As posted KVM_SET_SREGS reaches kvm_apic_set_base(). Where it is refused the base is still as open as KVM_SET_MSRS " +
      "leaves it; the filter that was merged refuses it.",
    checks: [
      asks(apic, "ioctl-keeps-td-apic-base", tdDesigns),
      asks(vm, "ioctl-keeps-td-apic-base", tdDesigns),
      asks(apic, "ioctl-keeps-td-apic-base", tdDesigns, ["setMsrs=unfiltered"]),
      ...["reject-either", "check-guest-state", "has-protected-state"].map((way) =>
        asks(apic, "ioctl-keeps-td-apic-base", tdDesigns, [`setSregs=${way}`]),
      ),
    ],
  },
  {
    id: "C23",
    statement: "Userspace cannot lose an interrupt that was posted to a TD",
    messages: ["m3", "m12"],
    source: "irqchip 6.1, (c) C23",
    word: "holds under: KVM_SET_LAPIC refused",
    said: "m3 offers to force x2APIC mode in KVM_SET_LAPIC, or to refuse it; m12 wants it later, to restore PIR.",
    shown:
      "KVM_SET_LAPIC clears PIR first. As posted it does so to a TD, and m3's first option would as well.",
    checks: [
      asks(apic, "ioctl-loses-no-posted-interrupt", tdDesigns),
      asks(apic, "ioctl-loses-no-posted-interrupt", tdDesigns, ["setLapic=force-x2apic"]),
      asks(apic, "ioctl-loses-no-posted-interrupt", tdDesigns, ["setLapic=reject"]),
    ],
  },
  {
    id: "C24",
    statement: "Userspace cannot disable delivery to a TD by ioctl",
    messages: ["m3"],
    source: "irqchip 6, 6.1, (c) C24, UNSURE list 3",
    word: "refuted",
    said: "m3 refuses KVM_SET_LAPIC and KVM_SET_SREGS, the two ways to disable a TD's APIC that it names.",
    shown:
      "KVM_SET_MSRS of the x2APIC's SPIV is a third, and not refused: what is sent to the TD then is dropped and answered 0. " +
      "Only a filter that takes no APIC register, as no tree has, would close it.",
    checks: [
      asks(apic, "ioctl-keeps-td-apic-enabled", tdDesigns),
      asks(apic, "ioctl-keeps-td-apic-enabled", tdDesigns, ["setMsrs=unfiltered"]),
      asks(apic, "ioctl-keeps-td-apic-enabled", tdDesigns, ["setMsrs=refused"]),
    ],
  },
  {
    id: "C25",
    statement: "BLOCKIRQ, HYPERV, APIC_BASE_MODIFIED and DISABLED never inhibit APICv of a TD",
    messages: ["m3"],
    source: "irqchip 6.3, 6.11, 6.12, (c) C25",
    word: "holds under: KVM_SET_SREGS refused",
    said: "m3 goes through the reasons one by one and finds that none of these can be set for a TD.",
    shown:
      "Guest debugging and the SINTs of a SynIC are refused, and TDX needs enable_apicv; as posted, KVM_SET_SREGS moves the " +
      "base, and the reason stays.",
    checks: [
      asks(vm, "td-never-inhibited-by-ioctl", tdDesigns),
      asks(vm, "td-never-inhibited-by-ioctl", tdDesigns, ["setSregs=allow"]),
    ],
  },
  {
    id: "C26",
    statement: "PHYSICAL_ID_ALIASED never inhibits APICv of a TD, as long as its map can be allocated",
    messages: ["m12", "m13"],
    source: "irqchip 6.8, (c) C26",
    word: "holds under: 32-bit ids (KVM_CAP_X2APIC_API), or ids below 256",
    said: "m12 wanted KVM_CAP_X2APIC_API for it; m13 says that in x2APIC mode nothing aliases.",
    shown:
      "With ids 0 and 256 both vCPUs have the xAPIC id 0 until they are initialized: the map is given up, if only until " +
      "KVM_TDX_INIT_VCPU of the second. As posted, KVM_SET_LAPIC makes two ids the same as well.",
    checks: [
      asks(f1, "td-physical-id-never-aliased", tdDesigns),
      asks(f1, "td-physical-id-never-aliased", tdDesigns, ["x2apicApi=on"]),
      asks(f1, "td-physical-id-never-aliased", tdDesigns, ["vcpuIds=consecutive"]),
    ],
  },
  {
    id: "C27",
    statement: "With APICv active a TD is never bugged, save for a failed allocation",
    messages: ["m12"],
    source: "irqchip 6.8, (c) C27",
    word: "holds under: what C26 holds under, or every created vCPU initialized; IA32_APICBASE not written by KVM_SET_MSRS",
    said: "m12 says that a KVM_BUG_ON is fine, for what leads to it cannot happen otherwise.",
    shown:
      "Aliased ids bug the TD if vCPU 256 is never initialized; so would KVM_SET_MSRS of IA32_APICBASE without the filter that " +
      "was merged.",
    checks: [
      asks(f1, "td-bugged-only-without-memory", tdDesigns),
      asks(f1, "td-bugged-only-without-memory", tdDesigns, ["tdFinalize=all-initialized"]),
      asks(apic, "ioctls-never-bug-td", tdDesigns),
      asks(apic, "ioctls-never-bug-td", tdDesigns, ["setMsrs=unfiltered"]),
      asks(apic, "ioctls-never-bug-td", tdDesigns, ["setSregs=allow"]),
    ],
  },
  {
    id: "m3-queued",
    statement:
      "Any of m3's three ways to keep KVM_SET_SREGS from a TD's APIC base keeps it from the TD's interrupts",
    messages: ["m3"],
    source: "irqchip 5.4 L2, 6.2",
    word: "holds under: the first or the third way",
    said: "m3 lists three: refuse for either flag, test guest_state_protected first, or set has_protected_state.",
    shown:
      "The second answers 0 before the base, but KVM_SET_SREGS then goes on to interrupt_bitmap and queues an interrupt that " +
      "nothing of a TD ever clears, so that NMIs are blocked.",
    checks: [
      asks(vm, "ioctl-queues-nothing-for-td", tdDesigns),
      asks(vm, "ioctl-queues-nothing-for-td", tdDesigns, ["setSregs=check-guest-state"]),
      asks(vm, "ioctl-queues-nothing-for-td", tdDesigns, ["setSregs=reject-either"]),
      asks(vm, "ioctl-queues-nothing-for-td", tdDesigns, ["setSregs=has-protected-state"]),
    ],
  },
  {
    id: "m3-bugged",
    statement: "Once the VM is bugged every ioctl of it fails",
    messages: ["m3", "m12"],
    source: "irqchip 6; timer 4.3",
    word: "confirmed",
    checks: [asks(vm, "bugged-vm-answers-eio", tdDesigns, ["setSregs=allow"])],
  },
];

export default ioctlClaims;
