import { expect, test } from "vitest";
import { powerOn } from "../../../models/kvm/power-on.ts";

const objectsIn = (value: object): readonly object[] => [
  value,
  ...Object.values(value).flatMap((part: unknown) =>
    typeof part === "object" && part !== null ? objectsIn(part) : [],
  ),
];

test("nobody writes to what the states at power-on share", () => {
  const objects = objectsIn(powerOn("KVM_X86_TDX_VM")({ vcpu: 2 })[0]);
  expect(objects.length).toBeGreaterThan(30);
  expect(objects.filter((object) => !Object.isFrozen(object))).toEqual([]);
});
