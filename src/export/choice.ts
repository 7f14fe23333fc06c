import type { Decision, Values } from "./decision.ts";

/** What a value is, by the codes of leaves: the ways out of a choice are for all codes that its leaf has. */
export type Choice = Fork | number;

/** A leaf that is looked at, and for each of its codes, each in one of the ways, what follows. */
export interface Fork {
  readonly leaf: number;
  readonly ways: readonly Way[];
}

interface Way {
  readonly codes: readonly number[];
  readonly gives: Choice;
}

/** What is known at a point: nothing, so that any answer is right; some answers that are all right; or what decides. */
type Part = undefined | readonly number[] | ForkedPart;

/** A fork on all the codes that its leaf has. */
interface ForkedPart {
  readonly leaf: number;
  readonly ways: readonly { readonly codes: readonly number[]; readonly gives: Part }[];
}

/** What agrees with both parts, if anything is found. */
const merged = (a: Part, b: Part): { readonly part: Part } | undefined => {
  if (a === undefined || b === undefined) return { part: a ?? b };
  if (isAnswers(a)) {
    if (!isAnswers(b)) return intoWays(b, () => a);
    const both = a.filter((answer) => b.includes(answer));
    return both.length === 0 ? undefined : { part: both };
  }
  if (isAnswers(b)) return intoWays(a, () => b);
  if (a.leaf !== b.leaf) return undefined;
  const single = a.ways.flatMap(({ codes, gives }) => codes.map((code) => ({ codes: [code], gives })));
  return intoWays(
    { leaf: a.leaf, ways: single },
    (code) => b.ways.find(({ codes }) => codes.includes(code))?.gives,
  );
};

const isAnswers = (part: Exclude<Part, undefined>): part is readonly number[] => Array.isArray(part);

/** A fork with something merged into each of its ways. */
const intoWays = (
  { leaf, ways }: ForkedPart,
  more: (code: number) => Part,
): { readonly part: Part } | undefined => {
  const made: ForkedPart["ways"][number][] = [];
  for (const { codes, gives } of ways) {
    const both = merged(gives, more(codes[0]));
    if (both === undefined) return undefined;
    made.push({ codes, gives: both.part });
  }
  return { part: forked({ leaf, ways: made }) };
};

/** The smallest fork that is found; none where all ways agree. */
const forked = ({ leaf, ways }: ForkedPart): Part => {
  const groups: { codes: readonly number[]; gives: Part }[] = [];
  for (const { codes, gives } of ways) {
    const joined = groups.some((group) => {
      const both = merged(group.gives, gives);
      if (both === undefined) return false;
      group.codes = [...group.codes, ...codes];
      group.gives = both.part;
      return true;
    });
    if (!joined) groups.push({ codes, gives });
  }
  return groups.length === 1 ? groups[0].gives : { leaf, ways: groups };
};

/** The answers that are right at an end, given what was read on the way; nothing where all are. */
type Answers = (end: number, read: ReadonlyMap<number, number>) => readonly number[] | undefined;

const partOf = (
  decision: Decision | undefined,
  values: Values,
  answers: Answers,
  read: ReadonlyMap<number, number> = new Map(),
): Part => {
  if (decision === undefined) return undefined;
  if (typeof decision === "number") return answers(decision, read);
  const { leaf, next } = decision;
  const ways = values[leaf].map((code) => ({
    codes: [code],
    // oxlint-disable-next-line unbounded/no-recursion -- as deep as leaves are read one after the other
    gives: partOf(next[code], values, answers, new Map([...read, [leaf, code]])),
  }));
  return forked({ leaf, ways });
};

const chosen = (part: Part): Choice => {
  if (part === undefined) return 0;
  if (isAnswers(part)) return part[0];
  const ways = part.ways.map(({ codes, gives }) => ({
    codes,
    // oxlint-disable-next-line unbounded/no-recursion -- as deep as leaves are read one after the other
    gives: chosen(gives),
  }));
  // The last way is what is left in all other cases: it is the one with most codes.
  return { leaf: part.leaf, ways: ways.toSorted((a, b) => a.codes.length - b.codes.length) };
};

/**
 * The smallest choice that is found, by which an answer follows from the codes of leaves and is one of the `answers` to
 * each end of the decision; it is free where the decision is not known, or there are none.
 */
export const choiceOf = (decision: Decision | undefined, values: Values, answers: Answers): Choice =>
  chosen(partOf(decision, values, answers));

/** The leaves that a choice looks at. */
export const leavesIn = (choice: Choice): ReadonlySet<number> => {
  const leaves = new Set<number>();
  const open: Choice[] = [choice];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    if (typeof next === "object") {
      leaves.add(next.leaf);
      for (const { gives } of next.ways) open.push(gives);
    }
  return leaves;
};
