import type { PageVerdict } from "../report/page/page-report.ts";

type Standing = PageVerdict["standing"];

/** What a verdict's standing is called, the gravest first, with a sign that is no colour. */
export const STANDINGS: Readonly<Record<Standing, { readonly sign: string; readonly word: string }>> = {
  fail: { sign: "\u2716", word: "unexpected" },
  known: { sign: "\u25cf", word: "known violation" },
  open: { sign: "?", word: "left open" },
  pass: { sign: "\u2714", word: "as expected" },
  skip: { sign: "\u2013", word: "does not apply" },
};

/** All standings, the gravest first. */
export const GRAVEST = Object.keys(STANDINGS) as readonly Standing[];
