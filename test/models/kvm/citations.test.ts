import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { actionNote } from "../../../models/kvm/citation.ts";
import { linkTo, placesOf, type Place } from "../../../models/kvm/citation-places.ts";
import { options } from "../../../models/kvm/options/index.ts";
import { claims } from "../../../scenarios/claims/index.ts";
import { messages } from "../../../scenarios/claims/thread.ts";
import { kvmGuests } from "../../../scenarios/kvm.ts";
import * as catalogue from "../../../scenarios/index.ts";
import { kindsOf, textsOf } from "../../../src/command/find/entries.ts";
import { explainNamed, explainOption } from "../../../src/command/find/cards.ts";
import { nearest } from "../../../src/errors.ts";
import { claimCard, messageCard } from "../../../src/report/claims-text.ts";
import { cited } from "./cited.ts";

const root = join(import.meta.dirname, "../../..");
const folder = "docs/kernel";
const textOf = (file: string): string => readFileSync(join(root, file), "utf8");
const pages = readdirSync(join(root, folder)).map((name) => join(folder, name));
const anchorsOf = (page: string): readonly string[] =>
  [...textOf(page).matchAll(/<a id="([^"]*)"><\/a>/g)].map(([, id]) => id);
const links = pages.flatMap((page) => anchorsOf(page).map((anchor) => linkTo({ page, anchor })));

/** The place nearest to one that is not there, on its page if there is such a page. */
const nearestTo = ({ page, anchor }: Place): string => {
  const there = links.filter((link) => link.startsWith(`${page}#`));
  return nearest(linkTo({ page, anchor }), there.length === 0 ? links : there) ?? "none";
};

/** What is wrong with a citation, if anything: how it does not read, or which places there are not. */
const wrongWith = (source: string): readonly string[] => {
  try {
    return placesOf(source)
      .filter((place) => !links.includes(linkTo(place)))
      .map((place) => `${source}: no ${linkTo(place)}; the nearest is ${nearestTo(place)}`);
  } catch (error) {
    return [String(error)];
  }
};

/** Sections that running text names: `kvm->lock (irqchip 1.4, 7.5)`. */
const point = String.raw`(?: (?:step \d[a-z]?|correction \d|[A-Z][A-Z\d_=]*\b))?`;
const section = String.raw`(?:\d+(?:\.\d+)?|\([bc]\)|UNSURE list \d)${point}`;
const NAMED = new RegExp(String.raw`(?<![.\w])(?:timer|irqchip) ${section}(?:, ${section})*(?![\d.]\d)`, "g");

const files = ["models/kvm", "properties", "scenarios", "docs"].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, encoding: "utf8" }).map((file) => join(top, file)),
);

const texts = [...files.filter((file) => /\.(?:ts|md|yaml)$/.test(file)), "README.md", "CONTRIBUTING.md"];

describe("what is cited", () => {
  test("every citation of an action, property, option, claim, design and guest resolves", () => {
    expect(cited.length).toBeGreaterThan(5000);
    const wrong = cited.flatMap(({ who, source }) => wrongWith(source).map((text) => `${who}: ${text}`));
    expect([...new Set(wrong)]).toEqual([]);
  });

  test("and so does one that is worded for a kind of guest", () => {
    const worded = texts.flatMap((file) =>
      [...textOf(file).matchAll(/source: byGuest\(([\s\S]*?)\}\)/g)].flatMap(([, words]) =>
        [...words.matchAll(/"([^"]*)"/g)].map(([, source]) => source),
      ),
    );
    expect(worded.length).toBeGreaterThan(15);
    expect(worded.flatMap(wrongWith)).toEqual([]);
  });

  test("and what a question that ships says that it is from", () => {
    const questions = texts.filter((file) => file.startsWith("scenarios/questions/"));
    const sources = questions.flatMap((file) => /^source: "?(.*?)"?$/m.exec(textOf(file))?.[1] ?? []);
    expect(sources).toContain("m16");
    expect(sources.flatMap(wrongWith)).toEqual([]);
  });

  test("and so does every section that is named in the text of a file", () => {
    const named = texts.flatMap((file) =>
      [...textOf(file).replaceAll(/\s+/g, " ").matchAll(NAMED)].map(([text]) => ({ file, text })),
    );
    expect(named.length).toBeGreaterThan(600);
    expect(named.flatMap(({ file, text }) => wrongWith(text).map((why) => `${file}: ${why}`))).toEqual([]);
  });

  test("one that does not resolve is refused with the nearest place", () => {
    expect(wrongWith("m16; timer 1.5 step 51")).toEqual([
      "m16; timer 1.5 step 51: no docs/kernel/timer-1.md#1.5-step-51; the nearest is docs/kernel/timer-1.md#1.5-step-1",
    ]);
    expect(wrongWith("m99")).toEqual([
      "m99: no docs/kernel/messages.md#m99; the nearest is docs/kernel/messages.md#m9",
    ]);
  });

  test.each([
    "",
    "step 5",
    "timer",
    "timer 1.5; 2.3",
    "UNSURE list 3",
    "m3; D2",
    "pages 1.5",
    "timer 1.5,2.3",
    "m3 option",
  ])('"%s" does not read', (source) => {
    expect(() => placesOf(source)).toThrow(/does not read: .*\n {2}write it as/);
  });

  test("points belong to the section before them, a remark is no place, and a place is named once", () => {
    const places = placesOf(
      "m3 option 2, m17 against m18; timer 2.5 S6, S14 to S16, 2.5 S6: D9; irqchip (c) C6",
    );
    expect(places.map(linkTo).map((link) => link.replace("docs/kernel/", ""))).toEqual([
      "messages.md#m3-option-2",
      "messages.md#m17",
      "messages.md#m18",
      "timer-2.md#2.5-s6",
      "timer-2.md#2.5-s14",
      "timer-2.md#2.5-s16",
      "irqchip-c.md#c6",
    ]);
  });

  test("clauses and items are read alone: what a citation names is what its parts name", () => {
    const clause = fc.constantFrom(
      "m3",
      "m16, m18",
      "timer 1.5 step 5",
      "timer 9.1 P3', 2.4",
      "irqchip 6.4 6.19: x",
    );
    fc.assert(
      fc.property(fc.array(clause, { minLength: 1, maxLength: 5 }), (clauses) => {
        const apart = clauses.flatMap(placesOf).map(linkTo);
        expect(placesOf(clauses.join("; ")).map(linkTo)).toEqual([...new Set(apart)]);
      }),
    );
  });

  test("an action's note says where it can be read, and a citation of one's own is printed as it is", () => {
    const note = { kernel: "f()", atomic: "one read" };
    expect(actionNote({ ...note, source: "m16; timer 2.3" })).toMatchObject({
      links: ["docs/kernel/messages.md#m16", "docs/kernel/timer-2.md#2.3"],
      whenReplayed: [
        "from m16; timer 2.3",
        "  docs/kernel/messages.md#m16",
        "  docs/kernel/timer-2.md#2.3",
        "atomic: one read",
      ],
    });
    expect(actionNote({ ...note, source: "bug RT-1" })).toMatchObject({
      links: [],
      cites: { source: "bug RT-1" },
    });
  });
});

describe("what is printed of it", () => {
  const joined = (lines: readonly string[]): string => lines.join(" ").replaceAll(/\s+/g, " ");

  test("a claim, an option and a guest say where they can be read", () => {
    const claim = claims.claims.find(({ id }) => id === "P1")!;
    expect(joined(claimCard(claims, claim))).toContain(
      "see docs/kernel/messages.md#m15 docs/kernel/messages.md#m16 docs/kernel/messages.md#m18 docs/kernel/timer-9.md#9.1-p1 ",
    );
    const item = options.find(({ name }) => name === "timerAdvance")!;
    expect(joined(explainOption({ item, scenarios: ["kvm/timer"] }))).toContain(
      "see docs/kernel/messages.md#m21 docs/kernel/timer-1.md#1.13 ",
    );
    expect(joined(explainNamed("guest", { item: kvmGuests[0], scenarios: [] }))).toContain(
      "see docs/kernel/irqchip-0.md#0.2-tdx docs/kernel/timer-4.md#4",
    );
  });

  test("what is looked for is not found in the places themselves", async () => {
    for (const kind of ["actions", "properties", "options", "claims", "messages", "designs"]) {
      const entries = await kindsOf(catalogue)[kind](catalogue);
      expect(entries.length).toBeGreaterThan(2);
      expect(entries.filter((entry) => /docs\/kernel|lore\./.test(textsOf(entry).join(" ")))).toEqual([]);
    }
    const [m5] = (await kindsOf(catalogue)["messages"](catalogue)).filter(({ name }) => name === "m5");
    expect(m5.more).toMatchObject({ date: "16 Jan 2025, as m7 quotes it" });
    expect(textsOf(m5).join(" ")).not.toMatch(/APICv|2025/);
  });

  test("a message says when it was sent, under what subject, and where it is if that is known", () => {
    const [first, last] = [messages[0], messages.at(-1)!].map((message) => joined(messageCard(message)));
    expect(first).toContain(
      "date 9 Dec 2024, 8 Dec where m15 quotes it subject [PATCH 12/16] KVM: TDX: Inhibit APICv",
    );
    expect(first).not.toContain("link");
    expect(last).toMatch(
      / subject Re: \[PATCH 12\/16\] .* link https:\/\/lore\.kernel\.org\/kvm\/Z32ZjGH72WPKBMam@google\.com\/$/,
    );
  });
});

describe("the pages of docs/kernel", () => {
  test("an anchor stands once on its page, and nothing but its page has a name for it", () => {
    expect(links.length).toBeGreaterThan(300);
    expect(links.filter((link, place) => links.indexOf(link) !== place)).toEqual([]);
    expect(links.filter((link) => !/#[a-z\d.-]+$/.test(link))).toEqual([]);
  });

  test.each(pages)("the links of %s lead somewhere", (page) => {
    const wrong = [...textOf(page).matchAll(/\]\((?!https:)([^)#]*)(?:#([^)]*))?\)/g)].filter(
      ([, file, anchor]) => {
        const to = file === "" ? page : join(dirname(page), file);
        return !existsSync(join(root, to)) || (anchor !== undefined && !anchorsOf(to).includes(anchor));
      },
    );
    expect(wrong.map(([link]) => link)).toEqual([]);
  });

  test("the first page leads to all the others", () => {
    const linked = [...textOf(join(folder, "README.md")).matchAll(/\]\(([\w.-]+\.md)\)/g)].map(
      ([, name]) => name,
    );
    expect(
      pages.filter((page) => !page.endsWith("README.md") && !linked.includes(page.slice(folder.length + 1))),
    ).toEqual([]);
  });

  test("the messages are printed as the thread has them", () => {
    const page = textOf(join(folder, "messages.md"));
    const rows = [...page.matchAll(/^\| <a id="(m\d+)"><\/a>.*$/gm)].map(([line]) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    expect(rows).toEqual(
      messages.map(({ id, date, author, about, link }) => [
        `<a id="${id}"></a>${id}`,
        date,
        author,
        about,
        link === undefined ? "not given" : `<${link}>`,
      ]),
    );
    expect(new Set(messages.map(({ subject }) => subject?.replace(/^Re: /, "")))).toEqual(
      new Set([/^> (.*)$/m.exec(page)?.[1]]),
    );
  });
});
