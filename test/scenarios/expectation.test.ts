import { expect, test } from "vitest";
import { option } from "../../models/kvm/option.ts";
import { nohzFull } from "../../models/kvm/options/timer.ts";
import type { Where } from "../../scenarios/expectation.ts";
import timer from "../../scenarios/timer/timer.ts";
import { world } from "../../scenarios/kvm-entry.ts";

const { name, about, scope, start, actions, properties } = timer.spec;
const spec = { name, about, scope, start, actions, properties };
const [{ id: property }] = properties;
const shipped = { ...spec, options: [nohzFull] };
const verdict = "holds";

test("a setting that does not exist is refused where it is written, and where the world is made", () => {
  const unknownOption = () =>
    world({
      ...shipped,
      // @ts-expect-error no option is called so
      expected: [{ property, where: { nohzFul: "on" }, verdict }],
    });
  expect(unknownOption).toThrow(/nohzFul.*nohzFull/s);
  const unknownValue = () =>
    world({
      ...shipped,
      // @ts-expect-error the option has no such value
      expected: [{ property, where: { nohzFull: "no" }, verdict }],
    });
  expect(unknownValue).toThrow(/value of nohzFull.*no/s);
  const unknownGuest = () =>
    world({
      ...shipped,
      // @ts-expect-error there is no such guest
      expected: [{ property, where: { guest: "tdx" }, verdict }],
    });
  expect(unknownGuest).toThrow(/value of guest.*td/s);
  // @ts-expect-error there is no such design
  const design: Where = { design: ["upstream", "downstream"] };
  expect(() => world({ ...shipped, expected: [{ property, where: design, verdict }] })).toThrow(/downstream/);
});

test("an option that is only there for other worlds is refused where the world is made", () => {
  const made = () => world({ ...shipped, expected: [{ property, where: { irqchip: "kernel" }, verdict }] });
  expect(made).toThrow(/irqchip/);
});

test("a world with an option of its own names it as it likes, and is checked where it is made", () => {
  const mine = option({ name: "mine", about: "one of its own", source: "test", values: { a: {}, b: {} } });
  const made = (where: string) =>
    world({ ...spec, options: [nohzFull, mine], expected: [{ property, where: { [where]: "b" }, verdict }] });
  expect(made("mine").expected.filter((row) => row.property === property)).toHaveLength(1);
  expect(() => made("mime")).toThrow(/mime.*mine/s);
});
