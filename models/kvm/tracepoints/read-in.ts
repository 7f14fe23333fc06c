/** The delivery modes, in the order of their numbers. */
export const deliveryModes = ["Fixed", "LowPrio", "SMI", "Res3", "NMI", "INIT", "SIPI", "ExtINT"] as const;

const x86 = "arch/x86/kvm/trace.h";
const generic = "include/trace/events/kvm.h";
const patches = "mail 20240910200350.264245-1-mlevitsk@redhat.com, 2024, and what was made of it";

/** Where a text was read: the release whose file has it, and the file. A text may be older than that release. */
export const readIn = {
  /** Of x86, in the newest release. */
  x86: { of: "6.12", source: `${x86} of 6.12` },
  /** Of every architecture, in the newest release. */
  generic: { of: "6.12", source: `${generic} of 6.12` },
  /** Changed after 6.12. */
  entryAndExit: { of: "6.14", source: patches },
  inhibitNames: { of: "6.11", source: "KVM: x86: Print names of apicv inhibit reasons in traces, 2024" },
  irteUpdate: { of: "6.16", source: `${x86}, later than 6.12` },
  x86_5_10: { of: "5.10", source: `${x86} of 5.10` },
  /** Between the change of 2019 that adds the vCPU to kvm_exit and that of 2020 that adds intr_info. */
  x86_5_9: { of: "5.9", source: `${x86}, as the change of kvm_exit in 5.10 found it` },
  x86_3_6: { of: "3.6", source: `${x86} of 3.6` },
  /** trace-cmd and perf print some events by a plugin. */
  plugin: { of: "libtraceevent", source: "libtraceevent, plugins/plugin_kvm.c" },
} as const;
