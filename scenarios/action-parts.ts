import { actionArguments } from "./action-arguments.ts";

/** What the folders of actions are called as parts of the kernel. */
const words: Readonly<Record<keyof typeof actionArguments, string>> = {
  runLoop: "run loop",
  scheduling: "blocking",
  posting: "posting",
  timer: "timer",
  apicv: "APICv state",
  injection: "injection",
  ioapic: "I/O APIC",
  messages: "messages",
  picPit: "PIC and PIT",
  rtc: "RTC",
  ioctls: "ioctls",
  creation: "creation",
  saveRestore: "save and restore",
};

/** The parts of the kernel, each with the names of its actions. */
export const actionParts: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(words).map(([folder, part]) => [
    part,
    Object.keys(actionArguments[folder as keyof typeof actionArguments]),
  ]),
);
