import type { ClaimBook } from "#check";
import { apicvClaims } from "./apicv.ts";
import { blockingClaims } from "./blocking.ts";
import { claimColumns } from "./columns.ts";
import { creationClaims } from "./creation.ts";
import { eventClaims } from "./events.ts";
import { findings } from "./findings.ts";
import { levelClaims } from "./level.ts";
import { messages } from "./messages.ts";
import { rtcClaims } from "./rtc.ts";
import { setLapicClaims } from "./set-lapic.ts";
import { timerFindings, timerModeClaims } from "./timer-modes.ts";
import { timerClaims } from "./timer.ts";

/** Every claim of the thread, by the message that makes it. */
export const claims: ClaimBook = {
  columns: claimColumns,
  messages,
  claims: [
    ...timerClaims,
    ...timerModeClaims,
    ...apicvClaims,
    ...creationClaims,
    ...setLapicClaims,
    ...eventClaims,
    ...blockingClaims,
    ...rtcClaims,
    ...levelClaims,
    ...findings,
    ...timerFindings,
  ],
};
