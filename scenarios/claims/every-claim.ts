// Written by scripts/folder-lists.mjs, before every build and test: each file in scenarios/claims that has a default export.
// The order is that of these lines, which may be moved; a new file comes last.
import type { Claim } from "#check";
import timer from "./timer.ts";
import timerModes from "./timer-modes.ts";
import apicv from "./apicv.ts";
import creation from "./creation.ts";
import ioctls from "./ioctls.ts";
import messages from "./messages.ts";
import ioctlsSetLapic from "./ioctls-set-lapic.ts";
import injection from "./injection.ts";
import scheduling from "./scheduling.ts";
import rtc from "./rtc.ts";
import rtcSlew from "./rtc-slew.ts";
import picPit from "./pic-pit.ts";
import ioapicLevel from "./ioapic-level.ts";
import ioapic from "./ioapic.ts";
import findings from "./findings.ts";
import picPitFindings from "./pic-pit-findings.ts";
import timerModesFindings from "./timer-modes-findings.ts";
import saveRestore from "./save-restore.ts";

/** Every claim, in the order of docs/claims.md. */
export const everyClaim: readonly Claim[] = [
  timer,
  timerModes,
  apicv,
  creation,
  ioctls,
  messages,
  ioctlsSetLapic,
  injection,
  scheduling,
  rtc,
  rtcSlew,
  picPit,
  ioapicLevel,
  ioapic,
  findings,
  picPitFindings,
  timerModesFindings,
  saveRestore,
].flat();
