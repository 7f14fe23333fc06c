import { expect, test } from "vitest";
import type { Followed, FollowedWorld, Reckoned } from "../../src/catalogue/followed.ts";
import { chosenParts, refuseEmpty } from "../../src/validate/choose-parts.ts";

const world = (guest: string): FollowedWorld => ({ name: guest, of: { guest } }) as unknown as FollowedWorld;
const part = (title: string, of: Followed["of"]): Followed =>
  ({ kind: "followed", title, of, worlds: [world("vmx"), world("td")] }) as unknown as Followed;

const masks = { kind: "reckoned", title: "masks", of: {} } as unknown as Reckoned;
const parts = [
  part("pin", { gsi: 19, vector: 129, vcpu: 0 }),
  part("message", { vector: 36, vcpu: 1 }),
  part("timer", { vcpu: 0 }),
  masks,
];
const titles = (chosen: Readonly<Record<string, string>>) =>
  chosenParts(parts, chosen).map(({ title }) => title);

test("parts are chosen by what they are of, in any base", () => {
  expect(titles({})).toEqual(["pin", "message", "timer", "masks"]);
  expect(titles({ vcpu: "0" })).toEqual(["pin", "timer"]);
  expect(titles({ vector: "0x81" })).toEqual(["pin"]);
  expect(titles({ gsi: "19", vcpu: "1" })).toEqual([]);
  expect(titles({ vcpu: "" })).toEqual([]);
});

test("worlds are chosen by what they are of, and parts without any left are not followed", () => {
  const [pin] = chosenParts(parts, { guest: "td" });
  expect((pin as Followed).worlds.map(({ name }) => name)).toEqual(["td"]);
  expect(titles({ guest: "td" })).toEqual(["pin", "message", "timer"]);
  expect(titles({ guest: "avic" })).toEqual([]);
});

test("what nothing is of is refused, with what there is", () => {
  expect(() => refuseEmpty(parts, { gsi: "5" })).toThrow(/of gsi 5; there is gsi 19/);
  expect(() => refuseEmpty(parts, { guest: "avic" })).toThrow(/there is guest td, vmx/);
  expect(() => refuseEmpty([masks], { gsi: "5" })).toThrow(/gsi of nothing in it/);
  expect(() => refuseEmpty(parts, { vcpu: "1" })).not.toThrow();
});
