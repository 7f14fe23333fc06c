import type { Expectation } from "../../catalogue/scenario.ts";
import { EXPECTABLE } from "../../check/verdict-word.ts";
import type { AxisValues } from "../../model/axis.ts";
import type { Option } from "../../catalogue/instantiated.ts";
import { CheckError } from "../../errors.ts";
import { checkExpected } from "../../model/expected-rows.ts";
import { FaultError, Faults, unknown } from "../text/faults.ts";
import type { Asked, Expected } from "../variation.ts";

/** What rows of expectations may name: each axis and option that there is to choose, with its values. */
export type Choosable = Readonly<Record<string, readonly string[]>>;

/** What there is to choose. */
export const choosable = (axes: AxisValues, options: readonly Option[]): Choosable =>
  Object.fromEntries([
    ...Object.entries(axes).filter(([, values]) => values.length > 0),
    ...options.map(({ name, values }) => [name, values]),
  ]) as Choosable;

const rowOf = (property: string, { where, is, because }: Expected, all: Choosable): Expectation => {
  const verdict = EXPECTABLE.find((word) => word === is.text);
  if (verdict === undefined) throw unknown("verdict", is, EXPECTABLE);
  const chosen = where.map(({ key, values }): readonly [string, readonly string[]] => {
    if (!Object.hasOwn(all, key.text)) throw unknown("option", key, Object.keys(all));
    for (const value of values)
      if (!all[key.text].includes(value.text)) throw unknown(`value of ${key.text}`, value, all[key.text]);
    if (values.length === 0) throw new FaultError(key.at, `${key.text} needs a value`);
    return [key.text, values.map(({ text }) => text)];
  });
  return {
    property,
    verdict,
    ...(chosen.length === 0 ? {} : { where: Object.fromEntries(chosen) }),
    ...(because === undefined ? {} : { because: because.text }),
  };
};

/** What is expected of a property. @throws FaultError where a row names what there is not, or can never decide anything. */
export const expectationsOf = (
  { id, expect }: Asked,
  all: Choosable,
  chosen: { readonly axes: AxisValues; readonly options: readonly Option[] },
): readonly Expectation[] => {
  const faults = new Faults();
  const rows = expect.flatMap((row) => faults.try(row.is.at, () => rowOf(id.text, row, all)) ?? []);
  faults.pass();
  for (const [last, { is }] of expect.entries()) {
    const expected = rows.slice(0, last + 1);
    try {
      checkExpected({ ...chosen, name: id.text, properties: [{ id: id.text }], expected });
    } catch (error) {
      if (!(error instanceof CheckError)) throw error;
      throw new FaultError(is.at, "this never decides anything: what stands before it matches first", {
        cause: error,
      });
    }
  }
  return rows;
};
