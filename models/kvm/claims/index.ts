import { claimBook } from "#check";
import { kvm } from "../index.ts";
import { apicvClaims } from "./apicv.ts";
import { blockingClaims } from "./blocking.ts";
import { claimColumns } from "./columns.ts";
import { creationClaims } from "./creation.ts";
import { eventClaims } from "./events.ts";
import { findings } from "./findings.ts";
import { ioapicClaims } from "./ioapic.ts";
import { ioctlClaims } from "./ioctls.ts";
import { levelClaims } from "./level.ts";
import { messageAndIpiClaims } from "./messages-and-ipis.ts";
import { messages } from "./messages.ts";
import { pitClaims, pitFindings } from "./pit.ts";
import { rtcSlewClaims } from "./rtc-slew.ts";
import { rtcClaims } from "./rtc.ts";
import { setLapicClaims } from "./set-lapic.ts";
import { timerFindings, timerModeClaims } from "./timer-modes.ts";
import { timerClaims } from "./timer.ts";

/** Every claim of the thread, by the message that makes it. */
export const claims = claimBook(kvm, {
  columns: claimColumns,
  messages,
  claims: [
    ...timerClaims,
    ...timerModeClaims,
    ...apicvClaims,
    ...creationClaims,
    ...ioctlClaims,
    ...messageAndIpiClaims,
    ...setLapicClaims,
    ...eventClaims,
    ...blockingClaims,
    ...rtcClaims,
    ...rtcSlewClaims,
    ...pitClaims,
    ...levelClaims,
    ...ioapicClaims,
    ...findings,
    ...pitFindings,
    ...timerFindings,
  ],
});
