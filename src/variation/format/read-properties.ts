import { FaultError, type Faults } from "../text/faults.ts";
import { eachIn, expressionIn, Fields, textIn, textsIn } from "./fields.ts";
import { argumentsIn } from "./read-change.ts";
import type { Tree } from "./tree.ts";
import type { Asked, AskedOwn, Expected } from "../variation.ts";
import type { Written } from "../text/written.ts";

const KINDS = ["never", "always", "reach", "step", "leadsTo"] as const;
/** What may stand beside each. */
const BESIDE: Readonly<Record<AskedOwn["kind"], readonly string[]>> = {
  never: ["when"],
  always: ["when"],
  reach: [],
  step: ["when"],
  leadsTo: ["from", "fair"],
};
const COMMON = ["says", "for", "expect"];

const rowIn =
  (faults: Faults) =>
  (value: Tree): Expected | undefined => {
    const fields = new Fields(value, "an expectation", undefined, faults);
    const is = fields.need("is", textIn);
    const because = fields.read("because", textIn);
    const where = fields.keys
      .filter((key) => key !== "is" && key !== "because")
      .flatMap((key) => {
        const values = fields.read(key, textsIn);
        return values === undefined ? [] : [{ key: { text: key, at: fields.placeOf(key) }, values }];
      });
    return is && { where, is, ...(because && { because }) };
  };

const expectIn =
  (faults: Faults) =>
  (value: Tree): readonly Expected[] => {
    if (value.kind === "text") return [{ where: [], is: value }];
    return eachIn(value, rowIn(faults), faults).filter((row) => row !== undefined);
  };

/** Which kind of property stands there; nothing where it is one that ships. @throws FaultError where it is two kinds, or none. */
const kindOf = (fields: Fields): AskedOwn["kind"] | undefined => {
  const kinds = KINDS.filter((key) => fields.has(key));
  if (kinds.length === 0 && fields.keys.every((key) => key === "expect")) return undefined;
  if (kinds.length === 1) return kinds[0];
  throw new FaultError(
    kinds.length === 0 ? fields.at : fields.placeOf(kinds[1]),
    `a property has one of: ${KINDS.join(", ")}; this has ${kinds.length === 0 ? "none" : kinds.join(" and ")}`,
  );
};

const OTHERS = Object.values(BESIDE).flat();

/** A property of the file's own. */
const ownIn = (id: Written, kind: AskedOwn["kind"], fields: Fields, faults: Faults): AskedOwn | undefined => {
  for (const key of fields.keys)
    if (OTHERS.includes(key) && !BESIDE[kind].includes(key))
      faults.add(fields.placeOf(key), `"${key}" does not go with "${kind}"`);
  const says = fields.read("says", textIn);
  const args = fields.read("for", argumentsIn(faults)) ?? [];
  const holds = fields.read(kind, expressionIn);
  const when = kind === "leadsTo" ? fields.need("from", expressionIn) : fields.read("when", expressionIn);
  const fair = fields.read("fair", textsIn) ?? [];
  const expect = fields.read("expect", expectIn(faults)) ?? [];
  return holds && { kind, id, args, holds, fair, expect, ...(says && { says }), ...(when && { when }) };
};

/** The keys that a property of the file's own may have. */
export const PROPERTY_KEYS = [...COMMON, ...KINDS, ...OTHERS];

/** One property: an expectation of one that ships, or one of the file's own. */
export const propertyIn = (id: Written, value: Tree, faults: Faults): Asked | undefined => {
  if (value.kind !== "map") return { kind: "shipped", id, expect: expectIn(faults)(value) };
  const fields = new Fields(value, "a property", PROPERTY_KEYS, faults);
  // A kind that is misspelt is noted.
  if (KINDS.every((key) => !fields.has(key)) && KINDS.some((key) => fields.means(key))) return undefined;
  const kind = kindOf(fields);
  if (kind !== undefined) return ownIn(id, kind, fields, faults);
  return { kind: "shipped", id, expect: fields.read("expect", expectIn(faults)) ?? [] };
};
