import { CheckError } from "#check";

/** Where something that is cited can be read: an anchor of a page of docs/kernel. */
export interface Place {
  /** The page, from the root of the project: `docs/kernel/timer-1.md`. */
  readonly page: string;
  /** The anchor on it: `1.5-step-5`. */
  readonly anchor: string;
}

const MESSAGE = /^(m[1-9]\d*)(?: option (\d))?$/;
const VERSION = /^versions (\d+\.\d+)$/;
const READING = /^(timer|irqchip) (.+)$/;
const SECTION = /^(\d+(?:\.\d+)?|\([bc]\)|UNSURE list)(?: (.+))?$/;
const POINTS = /^(step|correction)?s? ?([\w.=()'-]+)(?: (?:to|and) ([\w.=()'-]+))?( note)?$/;

const pageOf = (name: string): string => `docs/kernel/${name}.md`;

/** `S12` as an anchor: `s12`; `P3'`: `p3-prime`; `PIC=POST`: `pic-post`. */
const slug = (words: string): string =>
  words
    .toLowerCase()
    .replaceAll("'", "-prime")
    .replaceAll(/[^a-z\d.]+/g, "-")
    .replaceAll(/^-|-$/g, "");

const refuse = (citation: string, what: string): never => {
  throw new CheckError(
    "usage",
    `the citation "${citation}" does not read: ${what}\n  write it as "m16, m18; timer 1.5 step 5, 2.4; irqchip (c) C6: a remark"`,
  );
};

/** The points of a section, `S14 to S16` or `step 2a`, as they stand in anchors. */
const pointsIn = (points: string, citation: string): readonly string[] => {
  const [, what, first, last, note] =
    POINTS.exec(points) ?? refuse(citation, `"${points}" is no point of a section`);
  return [first, ...(last === undefined ? [] : [last])].map((point) =>
    [what, slug(point), note].flatMap((word) => (word === undefined ? [] : [word.trim()])).join("-"),
  );
};

const placesInSection = (part: string, section: string, points: readonly string[]): readonly Place[] => {
  const letter = /^\((.)\)$/.exec(section)?.[1];
  const unsure = section === "UNSURE list";
  const page = pageOf(`${part}-${unsure ? "unsure" : (letter ?? section.split(".")[0])}`);
  const head = unsure ? "unsure" : (letter ?? section);
  const inside = letter === undefined ? `${head}-` : "";
  return points.length === 0
    ? [{ page, anchor: head }]
    : points.map((point) => ({ page, anchor: `${inside}${point}` }));
};

const placesInReading = (part: string, rest: string, citation: string): readonly Place[] => {
  let section: string | undefined;
  return rest.split(", ").flatMap((item) => {
    const named = SECTION.exec(item);
    section = named?.[1] ?? section ?? refuse(citation, `"${item}" is a point of no section`);
    const points = named === null ? item : named[2];
    return placesInSection(part, section, points === undefined ? [] : pointsIn(points, citation));
  });
};

const placesOfMessages = (about: string, citation: string): readonly Place[] =>
  about.split(/, | against | correcting /).map((one) => {
    const [, message, option] = MESSAGE.exec(one) ?? refuse(citation, `"${one}" is no message`);
    return {
      page: pageOf("messages"),
      anchor: option === undefined ? message : `${message}-option-${option}`,
    };
  });

const placesInClause = (clause: string, citation: string): readonly Place[] => {
  const [about] = clause.split(": ");
  if (about === "no such kernel") return [];
  const version = VERSION.exec(about);
  if (version !== null) return [{ page: pageOf("versions"), anchor: version[1] }];
  const reading = READING.exec(about);
  return reading === null
    ? placesOfMessages(about, citation)
    : placesInReading(reading[1], reading[2], citation);
};

/**
 * The places that a citation names, each once, in its order: messages of the thread (`m16`), and sections and points of the
 * two readings of the kernel (`timer 1.5 step 5`, `irqchip 2.9, (c) C6`), or a kernel that was read (`versions 6.16`). Clauses are separated by "; ", a remark follows
 * ": " to the end of its clause, and the clause `no such kernel` names no place. Whether a place exists, the pages say.
 * @throws CheckError when the citation does not read so.
 */
export const placesOf = (citation: string): readonly Place[] => {
  const places = citation.split("; ").flatMap((clause) => placesInClause(clause, citation));
  return [...new Map(places.map((place) => [linkTo(place), place])).values()];
};

/** A place as people type it: `docs/kernel/timer-1.md#1.5-step-5`. */
export const linkTo = ({ page, anchor }: Place): string => `${page}#${anchor}`;
