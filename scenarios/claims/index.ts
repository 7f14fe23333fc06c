import { claimBook, type Claim } from "#check";
import { linksOf } from "../../models/kvm/citation.ts";
import { columnKind } from "../words.ts";
import { kvm } from "../kvm.ts";
import { claimColumns } from "./columns.ts";
import { everyClaim } from "./every-claim.ts";
import { messages } from "./thread.ts";
import { withSupports } from "./supports.ts";

const columnsOf = (wanted: (guest: string) => boolean): readonly string[] =>
  claimColumns.filter(({ guest }) => wanted(guest)).map(({ name }) => name);

/** What a claim cites, as an action would. */
export const citationOf = ({ messages: by, source }: Claim): string =>
  [by.join(", "), source].filter((text) => text !== "").join("; ");

/** Every claim of the thread, by the message that makes it. */
export const claims = claimBook(kvm, {
  title: "What the thread claims, checked",
  page: "docs/claims.md",
  written:
    "Written by `npm run claims:docs`, not by hand. All of it is checked in kernel 6.14, of which the thread speaks.",
  columnKind,
  groups: [
    { title: "A TD", columns: columnsOf((guest) => guest === "td") },
    { title: "An ordinary VMX guest", columns: columnsOf((guest) => guest !== "td") },
  ],
  columns: claimColumns,
  messages,
  claims: withSupports(everyClaim).map((claim) => ({ ...claim, links: linksOf(citationOf(claim)) })),
});
