import { claimBook, type Claim } from "#check";
import { linksOf } from "../../models/kvm/citation.ts";
import { columnKind } from "../words.ts";
import { kvm } from "../kvm.ts";
import { apicvClaims } from "./apicv.ts";
import { blockingClaims } from "./scheduling.ts";
import { claimColumns } from "./columns.ts";
import { creationClaims } from "./creation.ts";
import { eventClaims } from "./injection.ts";
import { findings } from "./findings.ts";
import { ioapicClaims } from "./ioapic.ts";
import { ioctlClaims } from "./ioctls.ts";
import { levelClaims } from "./ioapic-level.ts";
import { messageAndIpiClaims } from "./messages.ts";
import { messages } from "./thread.ts";
import { pitClaims, pitFindings } from "./pic-pit.ts";
import { rtcSlewClaims } from "./rtc-slew.ts";
import { rtcClaims } from "./rtc.ts";
import { withSupports } from "./supports.ts";
import { setLapicClaims } from "./ioctls-set-lapic.ts";
import { timerFindings, timerModeClaims } from "./timer-modes.ts";
import { timerClaims } from "./timer.ts";

const columnsOf = (wanted: (guest: string) => boolean): readonly string[] =>
  claimColumns.filter(({ guest }) => wanted(guest)).map(({ name }) => name);

/** What a claim cites, as an action would. */
export const citationOf = ({ messages: by, source }: Claim): string =>
  [by.join(", "), source].filter((text) => text !== "").join("; ");

/** Every claim of the thread, by the message that makes it. */
export const claims = claimBook(kvm, {
  title: "What the thread claims, checked",
  page: "docs/claims.md",
  written: "Written by `npm run claims:docs`, not by hand.",
  columnKind,
  groups: [
    { title: "A TD", columns: columnsOf((guest) => guest === "td") },
    { title: "An ordinary VMX guest", columns: columnsOf((guest) => guest !== "td") },
  ],
  columns: claimColumns,
  messages,
  claims: withSupports([
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
  ]).map((claim) => ({ ...claim, links: linksOf(citationOf(claim)) })),
});
