// Written by scripts/folder-lists.mjs, before every build and test: each file in models/kvm/options that has a default export.
// The order is that of these lines, which may be moved; a new file comes last.
import runLoop from "./run-loop.ts";
import timer from "./timer.ts";
import posting from "./posting.ts";
import scheduling from "./scheduling.ts";
import apicv from "./apicv.ts";
import ioctls from "./ioctls.ts";
import creation from "./creation.ts";
import messages from "./messages.ts";
import ioapic from "./ioapic.ts";
import rtc from "./rtc.ts";
import picPit from "./pic-pit.ts";
import injection from "./injection.ts";
import saveRestore from "./save-restore.ts";
import avic from "./avic.ts";

/** Every option, in the order in which what they add is added. */
export const everyOption = [
  runLoop,
  timer,
  posting,
  scheduling,
  apicv,
  ioctls,
  creation,
  messages,
  ioapic,
  rtc,
  picPit,
  injection,
  saveRestore,
  avic,
].flat();
