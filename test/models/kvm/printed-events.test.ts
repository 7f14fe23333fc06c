import { describe, expect, test } from "vitest";
import { guests } from "../../../models/kvm/model.ts";
import { tracepoints } from "../../../models/kvm/tracepoints/table.ts";
import { shipped } from "../../../scenarios/shipped.ts";
import { kvm } from "../../../scenarios/kvm.ts";
import { problemOf } from "#check";
import { choiceOf } from "../../../src/catalogue/choice.ts";
import { eventText } from "../../../src/events/tracepoint.ts";
import { run } from "../../fixtures/io.ts";
import { faultsOf, printedBy } from "./printed-events.ts";
import { walked } from "./step-texts.ts";

/** A run as a layout prints it, without what is said above it. */
const linesOf = async (handle: string, layout: string): Promise<readonly string[]> => {
  const { code, stdout, stderr } = await run(["replay", handle, "--format", layout], {}, await shipped());
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
};

describe("a counterexample as a host would have shown it", () => {
  test("of a line that is stuck: the second rise is set, and accepted by nobody", async () => {
    const handle =
      "kvm/level:active:td:irqchip=kernel:8feacb:rins:KILl,a.psp0.pso0.pnt0.pn0.ppi0.gtl0.gcd0,a.mo0.io0." +
      "etu0.ull0.KR0.vr0.rd0.re0.io0.mig0.spti0.er0.vvr0.ve0.gel0.KILl,a";
    expect((await linesOf(handle, "perf")).join("\n")).toBe(`\
 qemu-system-x86    4242 [007]   100.000001:            kvm:kvm_set_irq: gsi 19 level 1 source 0
 qemu-system-x86    4242 [007]   100.000001:    kvm:kvm_apic_accept_irq: apicid 0 vec 37 (Fixed|level)
 qemu-system-x86    4242 [007]   100.000005:   kvm:kvm_apicv_accept_irq: apicid 0 vec 37 (Fixed|level)
 qemu-system-x86    4242 [007]   100.000005:     kvm:kvm_ioapic_set_irq: pin 19 dst 0 vec 37 (Fixed|physical|level)
       CPU 0/KVM    4243 [000]   100.000009:               kvm:kvm_exit: reason EPT_MISCONFIG rip 0x0 info 0 0
       CPU 0/KVM    4243 [000]   100.000011:     kvm:kvm_userspace_exit: reason KVM_EXIT_MMIO (6)
       CPU 0/KVM    4243 [000]   100.000012:            kvm:kvm_set_irq: gsi 19 level 0 source 0
       CPU 0/KVM    4243 [000]   100.000012:     kvm:kvm_ioapic_set_irq: pin 19 dst 0 vec 37 (Fixed|physical|level)
       CPU 0/KVM    4243 [000]   100.000021:              kvm:kvm_entry: vcpu 0 rip 0x0
 qemu-system-x86    4242 [007]   100.000024:            kvm:kvm_set_irq: gsi 19 level 1 source 0
 qemu-system-x86    4242 [007]   100.000024:     kvm:kvm_ioapic_set_irq: pin 19 dst 0 vec 37 (Fixed|physical|level)`);
  });

  test("of a timer that is injected twice: both times while the vCPU halts", async () => {
    const handle =
      "kvm/hv-timer:upstream:vmx:3b2940:aio:gwt0,N.mo0.io0.hc0.ccp0.st0.scp0.ste0.rat0.sht0,ah.htiu0.hhc0." +
      "htp0.cu0.ipt0.vr0.rd0.re0.io0.mig0.spti0.er0.vvr0.ve0.ghuw0.mo0.io0.stst0.sst0.ssrc0,pa.etp0." +
      "eiia0.stht0.rat0.sht0,ah.sst0.ssrc0,pa.etp0.eiia0";
    const [first, exit, tmict, ...rest] = await linesOf(handle, "ftrace");
    expect(first).toMatch(
      / CPU 0\/KVM-4243 {4}\[000\] \.{5} {3}100\.000002: kvm_exit: vcpu 0 reason APIC_WRITE /,
    );
    expect([exit, tmict, ...rest].map((line) => line.slice(line.indexOf("kvm_")))).toEqual([
      "kvm_apic: apic_write APIC_TMICT = 0x1",
      "kvm_hv_timer_state: vcpu_id 0 hv_timer 1",
      "kvm_entry: vcpu 0, rip 0x0 intr_info 0x00000000 error_code 0x00000000",
      expect.stringMatching(/^kvm_exit: vcpu 0 reason HLT /),
      "kvm_apic_accept_irq: apicid 0 vec 236 (Fixed|edge)",
      "kvm_apicv_accept_irq: apicid 0 vec 236 (Fixed|edge)",
      "kvm_hv_timer_state: vcpu_id 0 hv_timer 0",
      "kvm_vcpu_wakeup: poll time 0 ns, polling invalid",
      "kvm_apic_accept_irq: apicid 0 vec 236 (Fixed|edge)",
      "kvm_apicv_accept_irq: apicid 0 vec 236 (Fixed|edge)",
      "kvm_hv_timer_state: vcpu_id 0 hv_timer 0",
    ]);
  });
});

test("the events of walks are what a host may print", () => {
  for (const [world, guest] of [
    ["kvm/ioapic-entry", "vmx"],
    ["kvm/rtc", "vmx-sw"],
    ["kvm/tsc-deadline", "vmx"],
    ["kvm/ipi", "avic"],
  ] as const) {
    const scenario = kvm.find(({ name }) => name === world)!;
    const { model, start } = scenario.build(choiceOf(scenario, { guest }));
    const steps = walked(problemOf(model, scenario.scope, [], start), 120);
    expect([world, printedBy(steps).length > 10, faultsOf(guest, steps)]).toEqual([world, true, []]);
  }
});

test("an IPI whose target does not run, which walks hardly come to, is told of by AVIC", () => {
  const { actions } = guests.avic.model;
  const { note } = actions.find(({ name }) => name === "avic_incomplete_ipi")!;
  const events = note?.events?.({ args: {}, before: {}, after: {} }) ?? [];
  expect(events.map((event) => eventText(tracepoints, event))).toEqual([
    "vcpu=0, icrh:icrl=0x00000000:00000000, id=1, index=0",
  ]);
});
