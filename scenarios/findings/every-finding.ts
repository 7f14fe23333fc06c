// Written by scripts/folder-lists.mjs, before every build and test: each file in scenarios/findings that has a default export.
// The order is that of these lines, which may be moved; a new file comes last.
import type { Finding } from "#check";
import aMigratedWakeup from "./a-migrated-wakeup.ts";
import bMigratedTimer from "./b-migrated-timer.ts";
import cOneShotTwice from "./c-one-shot-twice.ts";
import dEarlyInterrupt from "./d-early-interrupt.ts";
import eLazyEoi from "./e-lazy-eoi.ts";
import fUninitializedVcpu from "./f-uninitialized-vcpu.ts";
import gStuckInjected from "./g-stuck-injected.ts";
import hDeadVmSleeps from "./h-dead-vm-sleeps.ts";
import iSilentPit from "./i-silent-pit.ts";
import jServedBeforeScanned from "./j-served-before-scanned.ts";
import kAliasWhileInitialized from "./k-alias-while-initialized.ts";
import lVcpuAfterFinalize from "./l-vcpu-after-finalize.ts";
import mStaleExitBitmap from "./m-stale-exit-bitmap.ts";
import F3UserspaceUnmasks from "./F3-userspace-unmasks.ts";
import F4ModeSwitch from "./F4-mode-switch.ts";
import F5Divider from "./F5-divider.ts";
import m21SavedTimer from "./m21-saved-timer.ts";
import nUnsavedEoi from "./n-unsaved-eoi.ts";
import oExpiredAgain from "./o-expired-again.ts";
import pUnsavedTick from "./p-unsaved-tick.ts";

/** Every finding, in the order of docs/findings.md. */
export const everyFinding: readonly Finding[] = [
  aMigratedWakeup,
  bMigratedTimer,
  cOneShotTwice,
  dEarlyInterrupt,
  eLazyEoi,
  fUninitializedVcpu,
  gStuckInjected,
  hDeadVmSleeps,
  iSilentPit,
  jServedBeforeScanned,
  kAliasWhileInitialized,
  lVcpuAfterFinalize,
  mStaleExitBitmap,
  F3UserspaceUnmasks,
  F4ModeSwitch,
  F5Divider,
  m21SavedTimer,
  nUnsavedEoi,
  oExpiredAgain,
  pUnsavedTick,
].flat();
