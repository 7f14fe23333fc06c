import { expect, test } from "vitest";
import { guests } from "../../../models/kvm/model.ts";
import { powerOn } from "../../../models/kvm/power-on.ts";
import type { State } from "../../../models/kvm/state.ts";

const { actions } = guests.td.model;

/** A TD's vCPU about to start its periodic timer, with APICv inhibited. */
const starting = (): State => {
  const [off] = powerOn("KVM_X86_TDX_VM")({ vcpu: 1 });
  const vcpu = [{ ...off.vcpu[0], pc: "TMICT_START" as const, apicMode: "X2APIC" as const, swEnabled: true }];
  return structuredClone({ ...off, vcpu, timer: [{ ...off.timer[0], periodic: true }] });
};

/** Takes the steps named, each of which must be enabled, and says where the thread stands then. */
const take = (s: State, ...steps: readonly string[]): State["vcpu"][number]["pc"] => {
  for (const name of steps) {
    const { guard, effect } = actions.find((action) => action.name === name)!;
    const args = { v: 0, on: "OWN" };
    expect([name, guard(s, args)]).toEqual([name, true]);
    effect(s, args);
  }
  return s.vcpu[0].pc;
};

const expires = ["start_finds_deadline_passed", "expired_test_pending", "expired_inject_if_apicv"];
const counts = ["expired_test_post", "expired_inc_pending", "expired_request_unblock"];

test("a periodic timer whose deadline has passed as it is started expires once, and is enqueued", () => {
  const s = starting();
  expect(take(s, ...expires, ...counts)).toBe("SW_ENQUEUE");
  expect(take(s, "hrtimer_start")).toBe("CLEAR_UNBLOCK");
  expect(s.timer[0]).toMatchObject({ hr: "ENQUEUED", due: false, pending: 1, deadline: false });
});

test("its next deadlines may lie behind as well: then its callbacks leave the thread no step", () => {
  const s = starting();
  take(s, "hrtimer_start");
  for (const pending of [1, 1, 1]) {
    take(s, "deadline_passes", "timer_interrupt");
    expect(actions.filter(({ name, guard }) => name === "clear_unblock" && guard(s, { v: 0 }))).toEqual([]);
    expect(take(s, "apic_timer_fn")).toBe("CLEAR_UNBLOCK");
    expect(s.timer[0]).toMatchObject({ hr: "ENQUEUED", pending });
  }
});
