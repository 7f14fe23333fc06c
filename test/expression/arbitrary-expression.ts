import fc, { type GeneratorValue } from "fast-check";
import { sizeOf, type Domain, type Node, type Scope } from "../../src/schema/domain.ts";

/** What a generated expression is evaluated in by itself: in TypeScript, with no regard to how the checker does it. */
export interface Where {
  readonly state: unknown;
  readonly args: Readonly<Record<string, string | number>>;
  readonly bound: Readonly<Record<string, () => unknown>>;
}

/** An expression, how tightly its outermost operator binds, and what it means. */
export interface Made<T = unknown> {
  readonly text: string;
  readonly binds: number;
  readonly of: (where: Where) => T;
}

/** The arguments that generated expressions may name. */
export const ARGS = { v: "cpu", w: "irq", some: { someOf: "irq" }, k: [1, 3], d: ["idle", "run"] } as const;

/** A place in the state that a name leads to. */
interface Place extends Made {
  readonly node: Node;
}

interface Surroundings {
  readonly g: GeneratorValue;
  readonly domain: Domain<unknown>;
  readonly scope: Scope;
  /** Members and numbers of members that `exists` and `all` have named. */
  readonly members: readonly Place[];
  readonly numbers: readonly { readonly name: string; readonly family: string }[];
  readonly depth: number;
}

const OR = 1;
const AND = 2;
const EQUALITY = 3;
const RELATION = 4;
const SUM = 5;
const PRODUCT = 6;
const UNARY = 7;
const TIGHT = 8;

/** A part in parentheses, unless it binds tightly enough. */
const inside = ({ text, binds }: Made, enough: number): string => (binds < enough ? `(${text})` : text);

const isName = (name: string): boolean =>
  /^[A-Za-z_]\w*$/.test(name) && !["true", "false", "null", "in"].includes(name);

const oneOf = <T>({ g }: Surroundings, ...of: readonly T[]): T => of[g(fc.nat, { max: of.length - 1 })];

/** The number of a member of a family of this size: written, an argument, or one that is named here. */
const memberOf = (at: Surroundings, family: string): Made<number> => {
  const number = at.g(fc.nat, { max: sizeOf(at.scope, family) - 1 });
  const made: Made<number>[] = [{ text: String(number), binds: TIGHT, of: () => number }];
  for (const name of ["v", "w"] as const)
    if (ARGS[name] === family)
      made.push({ text: name, binds: TIGHT, of: ({ args }) => args[name] as number });
  for (const one of at.numbers)
    if (one.family === family)
      made.push({ text: one.name, binds: TIGHT, of: ({ bound }) => bound[one.name]() as number });
  return oneOf(at, ...made);
};

const roots = ({ domain, members }: Surroundings): readonly Place[] => {
  if (domain.node.kind !== "record") return members;
  const fields = Object.entries(domain.node.fields).filter(([name]) => isName(name));
  return [
    ...members,
    ...fields.map(([name, node]) => ({
      node,
      text: name,
      binds: TIGHT,
      of: ({ state }: Where) => (state as Readonly<Record<string, unknown>>)[name],
    })),
  ];
};

/** Some place in the state of one of these kinds, if a walk comes to one. */
const placeOf = (at: Surroundings, kinds: readonly Node["kind"][]): Place | undefined => {
  const from = roots(at);
  if (from.length === 0) return undefined;
  let here = oneOf(at, ...from);
  for (let steps = 0; steps < 6; steps++) {
    const { node, text, of } = here;
    if (kinds.includes(node.kind)) return here;
    if (node.kind === "record") {
      const fields = Object.entries(node.fields).filter(([name]) => isName(name));
      if (fields.length === 0) return undefined;
      const [name, field] = oneOf(at, ...fields);
      here = {
        node: field,
        text: `${text}.${name}`,
        binds: TIGHT,
        of: (where) => (of(where) as Readonly<Record<string, unknown>>)[name],
      };
    } else if (node.kind === "vector") {
      const member = memberOf(at, node.family);
      here = {
        node: node.item,
        text: `${text}[${member.text}]`,
        binds: TIGHT,
        of: (where) => (of(where) as readonly unknown[])[member.of(where)],
      };
    } else return undefined;
  }
  return undefined;
};

const literal = (at: Surroundings): Made<number> => {
  const number = at.g(fc.integer, { min: 0, max: 6 });
  return { text: String(number), binds: TIGHT, of: () => number };
};

const numberMakers: readonly ((at: Surroundings) => Made<number> | undefined)[] = [
  literal,
  (at) => placeOf(at, ["int", "index"]) as Made<number> | undefined,
  (at) => placeOf(at, ["int", "index"]) as Made<number> | undefined,
  (at) => memberOf(at, oneOf(at, "cpu", "irq")),
  () => ({ text: "k", binds: TIGHT, of: ({ args }) => args["k"] as number }),
  (at) => {
    const of = numberIn(at);
    return { text: `-${inside(of, TIGHT)}`, binds: UNARY, of: (where) => 0 - of.of(where) };
  },
  (at) => {
    const [a, b, plus] = [numberIn(at), numberIn(at), at.g(fc.boolean)];
    return {
      text: `${inside(a, SUM)} ${plus ? "+" : "-"} ${inside(b, SUM + 1)}`,
      binds: SUM,
      of: (where) => {
        const [x, y] = [a.of(where), b.of(where)];
        return plus ? x + y : x - y;
      },
    };
  },
  (at) => {
    const [a, b] = [numberIn(at), numberIn(at)];
    return {
      text: `${inside(a, PRODUCT)} * ${inside(b, PRODUCT + 1)}`,
      binds: PRODUCT,
      // There is one zero, and no negative one.
      of: (where) => a.of(where) * b.of(where) + 0,
    };
  },
  (at) => {
    const [a, b, least] = [numberIn(at), numberIn(at), at.g(fc.boolean)];
    return {
      text: `${least ? "min" : "max"}(${a.text}, ${b.text})`,
      binds: TIGHT,
      of: (where) => {
        const [x, y] = [a.of(where), b.of(where)];
        return x < y === least ? x : y;
      },
    };
  },
  (at) => choiceOf(at, numberIn(at), numberIn(at)),
];

const choiceOf = <T>(at: Surroundings, a: Made<T>, b: Made<T>): Made<T> => {
  const when = boolIn(at);
  return {
    text: `${inside(when, OR)} ? ${a.text} : ${b.text}`,
    binds: 0,
    of: (where) => (when.of(where) ? a.of(where) : b.of(where)),
  };
};

/** A word as it is written: bare where it is a name that means nothing else. */
const word = ({ domain, g }: Surroundings, value: string): string => {
  const fields = domain.node.kind === "record" ? Object.keys(domain.node.fields) : [];
  const isBare = isName(value) && ![...fields, ...Object.keys(ARGS)].includes(value);
  return isBare && g(fc.boolean) ? value : oneOf({ g } as Surroundings, `"${value}"`, `'${value}'`);
};

const equality = (a: Made, b: Made, equal: boolean): Made<boolean> => ({
  text: `${inside(a, EQUALITY)} ${equal ? "==" : "!="} ${inside(b, EQUALITY + 1)}`,
  binds: EQUALITY,
  of: (where) => {
    const [x, y] = [a.of(where), b.of(where)];
    return (x === y) === equal;
  },
});

const wordIs = (at: Surroundings): Made<boolean> | undefined => {
  const place = placeOf(at, ["oneOf"]);
  if (place?.node.kind !== "oneOf") return undefined;
  const values = place.node.values;
  const listed = at.g(fc.subarray, [...values], { minLength: 1, maxLength: Math.max(1, values.length - 1) });
  if (at.g(fc.boolean)) {
    const [value] = listed;
    return equality(place, { text: word(at, value), binds: TIGHT, of: () => value }, at.g(fc.boolean));
  }
  return {
    text: `${place.text} in [${listed.map((value) => word(at, value)).join(", ")}]`,
    binds: RELATION,
    of: (where) => listed.includes(place.of(where) as string),
  };
};

const relations: Readonly<Record<string, (x: number, y: number) => boolean>> = {
  "<": (x, y) => x < y,
  "<=": (x, y) => !(x > y),
  ">": (x, y) => x > y,
  ">=": (x, y) => !(x < y),
};

const quantified = (at: Surroundings): Made<boolean> | undefined => {
  const vector = at.members.length > 3 ? undefined : placeOf(at, ["vector"]);
  if (vector?.node.kind !== "vector") return undefined;
  const { family, item } = vector.node;
  const [number, member] = [`i${at.members.length}`, `x${at.members.length}`];
  const exists = at.g(fc.boolean);
  const named = at.g(fc.boolean);
  const body = boolIn({
    ...at,
    depth: at.depth - 1,
    members: [...at.members, { node: item, text: member, binds: TIGHT, of: ({ bound }) => bound[member]() }],
    numbers: named ? [...at.numbers, { name: number, family }] : at.numbers,
  });
  const places = Array.from({ length: sizeOf(at.scope, family) }, (_, i) => i);
  return {
    text: `${vector.text}.${exists ? "exists" : "all"}(${named ? `${number}, ` : ""}${member}, ${body.text})`,
    binds: TIGHT,
    of: (where) => {
      const list = vector.of(where) as readonly unknown[];
      const says = (i: number): boolean =>
        body.of({ ...where, bound: { ...where.bound, [number]: () => i, [member]: () => list[i] } });
      return exists ? places.some(says) : places.every(says);
    },
  };
};

const boolMakers: readonly ((at: Surroundings) => Made<boolean> | undefined)[] = [
  (at) => placeOf(at, ["bool"]) as Made<boolean> | undefined,
  wordIs,
  quantified,
  (at) => {
    const of = boolIn(at);
    return { text: `!${inside(of, UNARY)}`, binds: UNARY, of: (where) => !of.of(where) };
  },
  (at) => {
    const [a, b, and] = [boolIn(at), boolIn(at), at.g(fc.boolean)];
    const binds = and ? AND : OR;
    return {
      text: `${inside(a, binds)} ${and ? "&&" : "||"} ${inside(b, binds + 1)}`,
      binds,
      of: (where) => (and ? a.of(where) && b.of(where) : a.of(where) || b.of(where)),
    };
  },
  (at) => choiceOf(at, boolIn(at), boolIn(at)),
  (at) => equality(boolIn(at), boolIn(at), at.g(fc.boolean)),
  (at) => equality(numberIn(at), numberIn(at), at.g(fc.boolean)),
  (at) => {
    const [a, b, relation] = [numberIn(at), numberIn(at), oneOf(at, ...Object.keys(relations))];
    return {
      text: `${inside(a, RELATION)} ${relation} ${inside(b, RELATION + 1)}`,
      binds: RELATION,
      of: (where) => {
        const [x, y] = [a.of(where), b.of(where)];
        return relations[relation](x, y);
      },
    };
  },
  (at) => {
    const [a, items] = [numberIn(at), [numberIn(at), numberIn(at)]];
    return {
      text: `${inside(a, RELATION)} in [${items.map(({ text }) => text).join(", ")}]`,
      binds: RELATION,
      of: (where) => {
        const x = a.of(where);
        return items.some((item) => item.of(where) === x);
      },
    };
  },
  (at) => {
    const set = placeOf(at, ["set"]);
    if (set?.node.kind !== "set") return undefined;
    const member = memberOf(at, set.node.family);
    return {
      text: `${member.text} in ${set.text}`,
      binds: RELATION,
      of: (where) => {
        const bits = set.of(where) as number;
        return Math.floor(bits / 2 ** member.of(where)) % 2 === 1;
      },
    };
  },
  (at) => {
    const of = placeOf(at, ["set"]);
    return of === undefined
      ? undefined
      : { text: `any(${of.text})`, binds: TIGHT, of: (where) => of.of(where) !== 0 };
  },
  (at) => {
    const of = placeOf(at, ["record"]);
    const fields = of?.node.kind === "record" ? of.node.fields : {};
    const names = Object.keys(fields);
    if (of === undefined || names.length === 0 || names.some((name) => fields[name].kind !== "bool"))
      return undefined;
    return {
      text: `any(${of.text})`,
      binds: TIGHT,
      of: (where) => {
        const record = of.of(where) as Readonly<Record<string, boolean>>;
        return names.some((name) => record[name]);
      },
    };
  },
];

/** How many makers, from the first, do not go deeper. */
const SHALLOW = { number: 5, bool: 2 } as const;

const made = <T>(
  at: Surroundings,
  makers: readonly ((at: Surroundings) => Made<T> | undefined)[],
  shallow: number,
): Made<T> | undefined => {
  const deeper = { ...at, depth: at.depth - 1 };
  return oneOf(at, ...(at.depth > 0 ? makers : makers.slice(0, shallow)))(deeper);
};

const numberIn = (at: Surroundings): Made<number> => made(at, numberMakers, SHALLOW.number) ?? literal(at);

/** Where a walk comes to nothing that fits, a comparison that says something. */
const boolIn = (at: Surroundings): Made<boolean> =>
  made(at, boolMakers, SHALLOW.bool) ??
  equality(
    { text: "k", binds: TIGHT, of: ({ args }) => args["k"] },
    { text: "3", binds: TIGHT, of: () => 3 },
    true,
  );

/** A well-typed condition over the states of a schema. */
export const madeCondition = (g: GeneratorValue, domain: Domain<unknown>, scope: Scope): Made<boolean> =>
  boolIn({ g, domain, scope, members: [], numbers: [], depth: 4 });

/** A number over the states of a schema. */
export const madeNumber = (g: GeneratorValue, domain: Domain<unknown>, scope: Scope): Made<number> =>
  numberIn({ g, domain, scope, members: [], numbers: [], depth: 3 });
