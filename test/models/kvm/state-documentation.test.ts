import { describe, expect, test } from "vitest";
import { State } from "../../../scenarios/kvm-entry.ts";
import { fieldsOf } from "../../../src/derive/fields.ts";

describe("the state of the KVM model", () => {
  const fields = fieldsOf(State);

  test("every field has a sentence of its own", () => {
    expect(fields.length).toBeGreaterThan(250);
    expect(fields.filter(({ about }) => !/^[^\s].{3,}\.$/.test(about)).map(({ path }) => path)).toEqual([]);
  });

  test("every place of a vCPU's thread and every exit has a meaning", () => {
    for (const place of ["vcpu[].pc", "vcpu[].exit"]) {
      const words = fields.find(({ path }) => path === place)?.words ?? [];
      expect(words.length).toBeGreaterThan(40);
      expect(words.filter(({ meaning }) => meaning === "")).toEqual([]);
    }
  });
});
