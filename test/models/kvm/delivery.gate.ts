import { describe, expect, test } from "vitest";
import type { Action, Patch } from "#check";
import { gsiRouting } from "../../../models/kvm/actions/messages/gsi-routing.ts";
import { ipi } from "../../../models/kvm/actions/messages/ipi.ts";
import { setLapicAllowed } from "../../../models/kvm/actions/ioctls/lapic-state.ts";
import { msi } from "../../../models/kvm/actions/messages/msi.ts";
import { tdOps } from "../../../models/kvm/ops.ts";
import { ioctlsApic } from "../../../scenarios/ioctls/ioctls.ts";
import { ipiWorld } from "../../../scenarios/messages/ipi.ts";
import { msiRouting, msiWorld } from "../../../scenarios/messages/msi-routing.ts";
import { userspaceExits } from "../../../scenarios/parts.ts";
import type { State } from "../../../models/kvm/state.ts";
import { searched, traceOf, type Asked } from "./timer-ask.ts";
import { violationsOf, type Where } from "./violated-claims.ts";

type Recipe = Parameters<Action<State>["effect"]>[0];

const violated = async (where: Where, patch: Patch<State> = {}): Promise<readonly string[]> =>
  (await violationsOf(where, patch)).violations.map(({ property }) => property);

/** The step of a name, and what is different about it in a kernel that never was. */
const altered = (
  actions: readonly Action<State>[],
  name: string,
  change: (action: Action<State>) => Partial<Action<State>>,
): Patch<State> => {
  const found = actions.find((action) => action.name === name)!;
  return { replace: [{ ...found, ...change(found) }] };
};

describe("known answers", () => {
  test.each<readonly [string, Asked, readonly number[]]>([
    ["kvm/msi", { spec: msiWorld.spec, guest: "td" }, [1_785, 3_907]],
    ["kvm/msi of AVIC", { spec: msiWorld.spec, guest: "avic", set: ["msiPath=irq-line"] }, [293, 592]],
    ["kvm/ipi of AVIC", { spec: ipiWorld.spec, guest: "avic" }, [17_153, 39_166]],
    ["kvm/ioctls-apic", { spec: ioctlsApic.spec, guest: "td" }, [28_201, 76_914]],
  ])("%s: states and transitions", async (_, asked, size) => {
    const { found } = await searched(asked);
    expect([found.states, found.transitions]).toEqual(size);
  });

  test.each<readonly [string, Asked, number]>([
    ["only-level-triggered-messages-arrive", { spec: msiWorld.spec, guest: "td" }, 16],
    ["ioctl-keeps-td-apic-enabled", { spec: ioctlsApic.spec, guest: "td" }, 5],
    ["ioctl-loses-no-posted-interrupt", { spec: ioctlsApic.spec, guest: "td", design: "v1-inhibit" }, 6],
  ])("%s is violated by a run of known length", async (property, asked, length) => {
    expect(await traceOf(asked, property)).toHaveLength(length);
  });

  test("userspace disables a TD's APIC by KVM_SET_MSRS", async () => {
    const trace = await traceOf({ spec: ioctlsApic.spec, guest: "td" }, "ioctl-keeps-td-apic-enabled");
    expect(trace.at(-1)).toBe("KVM_SET_MSRS");
  });

  test("a message is used after the entry that it came by is gone", async () => {
    const trace = await traceOf({ spec: msiRouting.spec, guest: "avic" }, "kvm-set-irq-not-by-an-old-route");
    expect(trace[0]).toMatch(/KVM_IRQ_LINE_STATUS_msi|KVM_SET_GSI_ROUTING/);
    expect(trace.slice(-1)).toEqual(["msi_accept"]);
    expect(trace).toContain("synchronize_irq_srcu");
    expect(trace).toHaveLength(13);
  });

  test("AVIC exits for a target that does not run", async () => {
    const spec = { ...ipiWorld.spec, actions: [...ipiWorld.spec.actions, ...userspaceExits] };
    const { found, problem } = await searched({ spec, guest: "avic" });
    const fired = problem.steps.filter(({ action }) => action.name === "avic_incomplete_ipi");
    expect(fired.some(({ id }) => found.fired[id] > 0)).toBe(true);
  });
});

describe("what the steps are good for", () => {
  test("m9's reading of kvm_set_msi() would deliver level-triggered messages only", async () => {
    const where = { world: msiWorld.spec, set: ["msiPath=irq-line"] };
    const asM9 = altered(msi(tdOps), "kvm_set_msi", () => ({
      effect: (d: Recipe) => {
        const { delivery } = d.msi;
        const delivers = delivery.assert && delivery.trig === "LEVEL";
        delivery.pc = delivers ? "MAP" : "DONE";
        if (!delivers) delivery.result = -1;
      },
    }));
    expect(await violated(where, asM9)).toEqual([
      "asserted-edge-message-is-delivered",
      "sender-sees-0-before-spiv",
    ]);
    expect(await violated(where)).toEqual(["only-level-triggered-messages-arrive"]);
  });

  test("an irqfd may use an entry that is gone unless KVM_SET_GSI_ROUTING waits for it", async () => {
    const where = { world: msiRouting.spec, guest: "td", set: ["msiPath=irqfd"] } as const;
    const waitsForNobody = altered(gsiRouting, "synchronize_irq_srcu", () => ({
      guard: ({ msi: { routing } }: State) => routing === "SYNC",
      effect: (d: Recipe) => {
        const { route, delivery } = d.msi;
        d.msi.routing = "IDLE";
        d.msi.ghostStale = delivery.pc !== "IDLE" && route.dest !== delivery.dest;
      },
    }));
    expect(await violated(where, waitsForNobody)).toContain("irqfd-not-by-an-old-route");
    expect(await violated(where)).not.toContain("irqfd-not-by-an-old-route");
  });

  test("a LAPIC that is disabled would accept, were it not asked", async () => {
    const acceptsAll = (name: "msi" | "ipi"): Patch<State> =>
      altered(name === "msi" ? msi(tdOps) : ipi(tdOps), `${name}_accept`, () => ({
        effect: (d: Recipe) => {
          const delivery = name === "msi" ? d.msi.delivery : d.ipi;
          delivery.result = Math.max(0, delivery.result) + 1;
          delivery.pc = tdOps.deliverFrom;
        },
      }));
    expect(await violated({ world: msiWorld.spec }, acceptsAll("msi"))).toEqual(
      expect.arrayContaining(["nothing-received-before-spiv", "sender-sees-0-before-spiv"]),
    );
    expect(await violated({ world: ipiWorld.spec }, acceptsAll("ipi"))).toContain(
      "disabled-apic-accepts-no-ipi",
    );
  });

  test("KVM_SET_LAPIC loses what was posted because it clears PIR", async () => {
    const where = { world: ioctlsApic.spec, design: "active", set: ["setLapic=allow", "setMsrs=refused"] };
    const keepsPir = altered([setLapicAllowed(tdOps)], "KVM_SET_LAPIC", ({ effect }) => ({
      effect: (d: Recipe, args: Parameters<typeof effect>[1]) => {
        const { on, pir } = d.vcpu[0];
        const before = { ...pir };
        effect(d, args);
        d.vcpu[0].on = on;
        Object.assign(d.vcpu[0].pir, before);
      },
    }));
    expect(await violated(where)).toContain("ioctl-loses-no-posted-interrupt");
    expect(await violated(where, keepsPir)).not.toContain("ioctl-loses-no-posted-interrupt");
  });
});
