import fc from "fast-check";
import { expect, test } from "vitest";
import { expressionPredicates as predicates } from "../../models/kvm/expression-predicates.ts";
import { State } from "../../models/kvm/state.ts";
import { arbitraryOf } from "../../src/derive/arbitrary.ts";
import { conditionOf, stepConditionOf } from "../../src/expression/condition.ts";
import { pathOf } from "../../src/expression/path.ts";
import { valueOf } from "../../src/expression/value.ts";
import { int, record, type Node } from "../../src/schema/domain.ts";

const scope = { vcpu: 2 };
const args = { v: "vcpu", dest: ["0", "1", "0xff"], some: { someOf: "vcpu" }, level: [1, 3, 4] } as const;
const names = { state: State, scope, args, predicates };
const given = { v: 1, dest: "0xff", some: 2, level: 3 };

/** States of the schema, reachable or not; the same in every run. */
const states = fc.sample(arbitraryOf(State, scope), { numRuns: 400, seed: 14 }) as readonly State[];

/** Expressions with what they mean in TypeScript, where v is 1, dest "0xff", some { 1 } and level 3. */
const rows: readonly (readonly [string, (s: State) => boolean])[] = [
  ["vm.dead", (s) => s.vm.dead],
  ["!vm.dead", (s) => !s.vm.dead],
  ["vm.dead == vm.vpit", (s) => s.vm.dead === s.vm.vpit],
  [
    "vcpu[0].mode == IN_GUEST && timer[0].pending > 0",
    (s) => s.vcpu[0].mode === "IN_GUEST" && s.timer[0].pending > 0,
  ],
  [
    "vcpu[0].mode == IN_GUEST || timer[0].pending > 0",
    (s) => s.vcpu[0].mode === "IN_GUEST" || s.timer[0].pending > 0,
  ],
  ["vm.dead || vm.vpit && vm.apicvLock", (s) => s.vm.dead || (s.vm.vpit && s.vm.apicvLock)],
  ["(vm.dead || vm.vpit) && vm.apicvLock", (s) => (s.vm.dead || s.vm.vpit) && s.vm.apicvLock],
  ["!vm.dead == vm.vpit", (s) => !s.vm.dead === s.vm.vpit],
  ["vcpu.exists(x, x.on && x.mp == HALTED)", (s) => s.vcpu.some((x) => x.on && x.mp === "HALTED")],
  ["vcpu.all(x, x.on || x.mp != HALTED)", (s) => s.vcpu.every((x) => x.on || x.mp !== "HALTED")],
  [
    "vcpu.exists(i, x, x.on && timer[i].pending >= 1)",
    (s) => s.vcpu.some((x, i) => x.on && s.timer[i].pending >= 1),
  ],
  ["vcpu.all(i, x, i == v || x.on)", (s) => s.vcpu[0].on],
  [
    "vcpu.exists(x, timer.exists(t, x.on && t.hv && x.mp == HALTED))",
    (s) => s.vcpu.some((x) => s.timer.some((t) => x.on && t.hv && x.mp === "HALTED")),
  ],
  ["vcpu[v].on", (s) => s.vcpu[1].on],
  ["vcpu[1 - v].on", (s) => s.vcpu[0].on],
  ["vcpu[inhibitor.target].on == vcpu[0].sn", (s) => s.vcpu[s.inhibitor.target].on === s.vcpu[0].sn],
  ["vcpu[0].mp in [HALTED, INIT_RECEIVED]", (s) => ["HALTED", "INIT_RECEIVED"].includes(s.vcpu[0].mp)],
  ["timer[v].pending in [0, 2]", (s) => [0, 2].includes(s.timer[1].pending)],
  ["timer[v].pending in [timer[0].pending, 2]", (s) => [s.timer[0].pending, 2].includes(s.timer[1].pending)],
  ["v in inhibitor.ipi", (s) => (s.inhibitor.ipi & 2) !== 0],
  ["0 in inhibitor.ipi", (s) => (s.inhibitor.ipi & 1) !== 0],
  ["any(inhibitor.ipi)", (s) => s.inhibitor.ipi !== 0],
  ["inhibitor.ipi == some", (s) => s.inhibitor.ipi === 2],
  ["any(vcpu[v].pir)", (s) => Object.values(s.vcpu[1].pir).some((bit) => bit)],
  [
    "vcpu[0].pir.timer && !any(vcpu[0].isr)",
    (s) => s.vcpu[0].pir.timer && !Object.values(s.vcpu[0].isr).includes(true),
  ],
  ["msi.delivery.dest == dest && vm.dead", (s) => s.msi.delivery.dest === "0xff" && s.vm.dead],
  ['msi.route.dest == "0xff"', (s) => s.msi.route.dest === "0xff"],
  ['vcpu[0].eoi == "timer"', (s) => s.vcpu[0].eoi === "timer"],
  ["vcpu[0].eoi == 'none'", (s) => s.vcpu[0].eoi === "none"],
  ["device.to == vcpu[0].cpu", (s) => s.device.to === s.vcpu[0].cpu],
  ["timer[0].pending + timer[1].pending == level", (s) => s.timer[0].pending + s.timer[1].pending === 3],
  ["timer[0].pending * 2 - 1 < timer[1].pending", (s) => s.timer[0].pending * 2 - 1 < s.timer[1].pending],
  [
    "timer[0].pending - (timer[1].pending - 1) <= 0",
    (s) => s.timer[0].pending - (s.timer[1].pending - 1) <= 0,
  ],
  ["-timer[0].pending == 0 - 0x2", (s) => s.timer[0].pending === 2],
  [
    "max(timer[0].pending, timer[1].pending) == 2",
    (s) => s.timer[0].pending === 2 || s.timer[1].pending === 2,
  ],
  ["min(timer[0].pending, timer[1].pending) > 0", (s) => s.timer[0].pending > 0 && s.timer[1].pending > 0],
  ["vm.dead ? vm.vpit : vm.apicvLock", (s) => (s.vm.dead ? s.vm.vpit : s.vm.apicvLock)],
  [
    "vcpu[0].mp == (vm.dead ? HALTED : vcpu[1].mp)",
    (s) => s.vcpu[0].mp === (s.vm.dead ? "HALTED" : s.vcpu[1].mp),
  ],
  ["threadAt(v, USER) || vm.dead", (s) => called("threadAt", s, { v: 1, pc: "USER" }) || s.vm.dead],
  ["irqPending(v)", (s) => Object.values(s.vcpu[1].irq).includes(true)],
  ["apicEnabled(1 - v)", (s) => s.vcpu[0].apicMode !== "DISABLED" && s.vcpu[0].swEnabled],
  ["pendingDeliverable(0)", (s) => called("pendingDeliverable", s, { v: 0 })],
  [
    "vcpu.exists(i, x, guestRuns(i) || x.mode == EXITING && kickInFlight(i))",
    (s) =>
      s.vcpu.some(
        (x, v) => called("guestRuns", s, { v }) || (x.mode === "EXITING" && called("kickInFlight", s, { v })),
      ),
  ],
  [
    "callbackInFlight(0) && anyRequest(0)",
    (s) => !["NONE", "TAIL"].includes(s.timer[0].pc) && Object.values(s.vcpu[0].req).includes(true),
  ],
  ["wakeInFlight(v)", (s) => called("wakeInFlight", s, { v: 1 })],
];

const called = (name: string, state: State, of: Readonly<Record<string, number | string>>): boolean =>
  predicates.find((one) => one.name === name)!.of(state, of);

test.each(rows)("%s", (text, means) => {
  const { holds } = conditionOf(text, names);
  const answers = states.map((state) => holds(state, given));
  expect(answers).toEqual(states.map(means));
  expect(new Set(answers).size).toBe(2);
});

test("a condition of a step tells the two states and the action", () => {
  const { holds, reads } = stepConditionOf(
    "before.vm.dead && !after.vm.dead || action == fn_kick && after.threadAt(v, USER) && before.vcpu.exists(x, x.on)",
    { ...names, step: { actions: ["fn_kick", "fn_return"] } },
  );
  expect(reads).toEqual(["vm.dead", "vcpu[].on"]);
  for (const [i, before] of states.slice(1).entries())
    for (const action of ["fn_kick", "fn_return"]) {
      const after = states[i];
      expect(holds(before, after, { action, args: {} }, given)).toBe(
        (before.vm.dead && !after.vm.dead) ||
          (action === "fn_kick" &&
            called("threadAt", after, { v: 1, pc: "USER" }) &&
            before.vcpu.some(({ on }) => on)),
      );
    }
});

test("no more is read than the answer needs", () => {
  const read: string[] = [];
  const bits = (of: Readonly<Record<string, boolean>>): object =>
    Object.defineProperties(
      {},
      Object.fromEntries(Object.keys(of).map((bit) => [bit, { get: () => (read.push(bit), of[bit]) }])),
    );
  const { holds } = conditionOf("any(vcpu[0].pir)", names);
  expect(holds({ vcpu: [{ pir: bits({ timer: false, rtc: true, pit: true }) }] }, given)).toBe(true);
  expect(read).toEqual(["timer", "rtc"]);
});

const at = (...keys: readonly string[]): Node =>
  keys.reduce<Node>((node, key) => {
    const inner = node.kind === "vector" ? node.item : node;
    return inner.kind === "record" ? inner.fields[key] : inner;
  }, State.node);

test("a value is of the state before, unless it says after", () => {
  const value = (text: string, target: Node) => valueOf(text, { ...names, after: true }, target).of;
  const [before, after] = states;
  expect(value("min(timer[v].pending + 1, 2)", at("timer", "pending"))(before, given, after)).toBe(
    Math.min(before.timer[1].pending + 1, 2),
  );
  expect(value("after.timer[v].pending", at("timer", "pending"))(before, given, after)).toBe(
    after.timer[1].pending,
  );
  expect(value("NONROOT", at("vcpu", "pc"))(before, given, after)).toBe("NONROOT");
  expect(value("1 - v", at("inhibitor", "target"))(before, given, after)).toBe(0);
  expect(value("after.vcpu[v].on && !irqPending(v)", at("vm", "dead"))(before, given, after)).toBe(
    after.vcpu[1].on && !called("irqPending", before, { v: 1 }),
  );
  expect(value("some", at("inhibitor", "ipi"))(before, given, after)).toBe(2);
});

test("a place is read, written and matched", () => {
  const path = pathOf("vcpu[v].req.UNBLOCK", names);
  const draft = structuredClone(states[0]);
  expect(path).toMatchObject({ node: { kind: "bool" }, pattern: "vcpu[].req.UNBLOCK" });
  expect(path.keys(given)).toEqual(["vcpu", 1, "req", "UNBLOCK"]);
  path.write(draft, given, !draft.vcpu[1].req.UNBLOCK);
  expect(draft.vcpu[1].req.UNBLOCK).toBe(!states[0].vcpu[1].req.UNBLOCK);
  expect(draft.vcpu[0]).toEqual(states[0].vcpu[0]);
  expect(path.read(draft, given)).toBe(draft.vcpu[1].req.UNBLOCK);
  const record = pathOf("vcpu[1].req", names);
  expect(record.node.kind).toBe("record");
  expect(record.covers(["vcpu", 1, "req", "EVENT"], given)).toBe(true);
  expect(record.covers(["vcpu", 1, "req"], given)).toBe(true);
  expect(record.covers(["vcpu", 0, "req", "EVENT"], given)).toBe(false);
  expect(record.covers(["vcpu", 1, "pc"], given)).toBe(false);
});

test("a product with zero is zero, and no negative zero", () => {
  const state = record({ a: int(-1, 1) });
  const target = { kind: "int", min: -1, max: 1 } as const;
  for (const text of ["a * -1", "-1 * a", "-a"])
    expect(valueOf(text, { state, scope: {} }, target).of({ a: 0 }, {})).toBe(0);
});
