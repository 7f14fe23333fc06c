import type { Finding } from "#check";

const dead = "vcpu[v].req.VM_DEAD ?";
const change = (text: string): readonly string[] => ["--change", text];
/** kvm_make_all_cpus_request() wakes the one whose bit it sets, as KVM_REQUEST_NO_WAKEUP keeps it from. */
const wakes = (v: number): readonly string[] =>
  change(`bug_request set vcpu[${v}].task: vm.bugOn.target == ${v} ? RUNNING : vcpu[${v}].task`);

const finding: Finding = {
  id: "finding-h",
  claims: ["F6"],
  statement:
    "A vCPU that halts is not told that its VM is dead: KVM_REQ_VM_DEAD wakes nobody, kvm_vcpu_check_block() does not look at " +
    "it, and KVM_RUN returns only when something else ends the sleep",
  rating: "open",
  because: "KVM_REQ_VM_DEAD is declared with KVM_REQUEST_NO_WAKEUP in the 7.3 cycle",
  affects: "every version read with KVM_REQ_VM_DEAD, 6.14 to 7.3",
  source: "timer 2.10, 4.3, 9.4 F6",
  asks: [
    "kvm/f6-halted-vcpu",
    "--leads-to",
    "vcpu[1].req.VM_DEAD && vcpu[1].mp == HALTED => vcpu[1].pc == DEAD",
  ],
  property: "leads-to",
  steps: 54,
  fixes: [
    {
      about:
        "kvm_vcpu_has_events() is true where KVM_REQ_VM_DEAD is set, so that vcpu_block() makes the vCPU runnable and the " +
        "entry that follows returns -EIO; and the request is without KVM_REQUEST_NO_WAKEUP",
      flags: [
        ...change(`block_test_runnable set vcpu[v].mp: ${dead} RUNNABLE : after.vcpu[v].mp`),
        ...change(`block_test_runnable set vcpu[v].pc: ${dead} CLEAR_UNBLOCK : after.vcpu[v].pc`),
        ...change(`block_check_runnable set vcpu[v].pc: ${dead} BLOCK_FINISH : after.vcpu[v].pc`),
        ...change(`block_test_runnable_again set vcpu[v].mp: ${dead} RUNNABLE : after.vcpu[v].mp`),
        ...wakes(0),
        ...wakes(1),
      ],
      gives: { "halted-vcpu-sleeps-through-bug": "it asks for the bug itself" },
    },
  ],
  doubt:
    "Signals end the sleep, so that a VMM which kicks its threads once one of them has got -EIO is not stuck. A test in " +
    "kvm_vcpu_check_block() alone, which suggests itself, makes it worse: the vCPU stays HALTED, and vcpu_run() calls " +
    "vcpu_block() again for ever, 44 steps and a loop of 11 with --change 'block_check_unblock set vcpu[v].pc: " +
    "vcpu[v].req.VM_DEAD ? BLOCK_FINISH : after.vcpu[v].pc' and the same wake-up.",
  mail: {
    subject: "KVM: a halted vCPU does not learn that its VM is dead",
    text: [
      "KVM_REQ_VM_DEAD is sent with KVM_REQUEST_NO_WAKEUP, and nothing that a blocking vCPU checks looks at it, so that a " +
        "thread in HLT stays in KVM_RUN of a dead VM until a signal comes.",
      "Waking it is not enough, and testing the request in kvm_vcpu_check_block() has it spin in vcpu_run(), since it is " +
        "still HALTED.",
      "Drop NO_WAKEUP and have kvm_vcpu_has_events() return true for the request.",
    ],
  },
  reproducer:
    "A selftest with two vCPUs, one of which halts while the other bugs the VM (for a TD as in finding-f); join the thread of " +
    "the first with a timeout. User space can order the usual half, asleep before the bug; that the request comes between the " +
    "last check and schedule() needs a delay in kvm_vcpu_block().",
};

export default finding;
