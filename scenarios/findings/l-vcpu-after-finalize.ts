import type { Finding } from "#check";

const finding: Finding = {
  id: "finding-l",
  statement:
    "A vCPU may be inserted into a TD after KVM_TDX_FINALIZE_VM has returned, and can then neither be initialized nor run",
  rating: "fixed",
  because: 'mended by 15945e9ec195 "KVM: TDX: Guard VM state transitions with "all" the locks" (6.19)',
  affects: "6.16 to 6.18",
  source: "irqchip 1.8, 6.9",
  asks: ["kvm/creation", "--set", "tdLocks=6.16", "--property", "no-vcpu-inserted-after-finalize"],
  property: "no-vcpu-inserted-after-finalize",
  steps: 17,
  fixes: [
    {
      about:
        "the ioctls that change a TD's state take every lock, and answer -EBUSY while a vCPU is being created",
      flags: ["--set", "tdLocks=6.19"],
    },
  ],
  doubt:
    "KVM_CREATE_VCPU and KVM_TDX_FINALIZE_VM have to run in two threads at once, which no VMM does; the vCPU is useless, " +
    "and harmless as far as the model goes.",
  mail: {
    subject: "KVM: TDX: vCPU creation races with KVM_TDX_FINALIZE_VM (6.16 to 6.18)",
    text: [
      "tdx_vcpu_create() reads the state of the TD under no lock, and kvm_vm_ioctl_create_vcpu() drops kvm->lock before it.",
      "A vCPU that is past the test is inserted after KVM_TDX_FINALIZE_VM has returned.",
      "15945e9ec195 mends it in 6.19; stable kernels up to 6.18 have it.",
    ],
  },
  reproducer:
    "On 6.18: msleep() in tdx_vcpu_create() behind the test of kvm_tdx->state, KVM_CREATE_VCPU in one thread and " +
    "KVM_TDX_FINALIZE_VM in another. Without the delay user space can only repeat the two calls.",
};

export default finding;
