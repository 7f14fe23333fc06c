import { about, oneOf, record } from "#check";

/** What ioctls return: a count, or an error by its name; -1 is what the delivery of an interrupt to nobody gives. */
const answer = oneOf(
  "0",
  "1",
  "2",
  "-1",
  "-EAGAIN",
  "-EBUSY",
  "-EEXIST",
  "-EINVAL",
  "-EIO",
  "-ENOENT",
  "-ENOTTY",
  "-ENXIO",
);

export const ioctl = about(
  "The ioctls of all threads of userspace.",
  record({
    answer: about(
      "What the last one that returned has answered, in the worlds that ask for answers.",
      answer,
    ),
  }),
);

export const creating = about(
  "KVM_CREATE_VCPU, whose thread counts in created_vcpus from its first step on.",
  record({
    pc: about("The step that it takes next.", oneOf("IDLE", "LAPIC", "VENDOR", "INSERT", "UNDO")),
    error: about("The error that it will return.", oneOf("0", "-EINVAL", "-EIO")),
  }),
);

/** These parts before anything has booted. */
export const ioctlPowerOn = {
  ioctl: { answer: "0" },
  creating: { pc: "IDLE", error: "0" },
} as const;
