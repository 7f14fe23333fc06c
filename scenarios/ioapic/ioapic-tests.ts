import { ioapicTestPasses, type TestFacts } from "../../properties/ioapic/ioapic-tests.ts";
import { ioapicTest, type Op, type TestProgram } from "../../models/kvm/actions/ioapic/ioapic-test.ts";
import { asProgrammed } from "../../models/kvm/actions/ioapic/pin.ts";
import { only } from "../../models/kvm/option.ts";
import { irqchip } from "../../models/kvm/options/creation.ts";
import { eoi, ioapicWrites, runLoop, scans } from "../parts.ts";
import { every, world, type KvmScenario } from "../world.ts";

interface Test extends TestProgram, Omit<TestFacts, "id"> {
  readonly name: string;
  readonly about: string;
  readonly vcpus?: number;
}

const lowers = (): readonly Op[] => ["LINE_0", "EOI"];

const tests: readonly Test[] = [
  {
    name: "edge",
    about: "an edge-triggered pin, raised and lowered once",
    main: ["RTE_EDGE", "LINE_1", "LINE_0"],
    handler: () => ["EOI"],
    statement: "A rising edge of an edge-triggered pin interrupts once, and TMR is clear",
    taken: { 1: 0, 2: 1, 3: 1 },
    also: ({ vcpu }) => !vcpu[0].tmr.device,
  },
  {
    name: "level",
    about: "a level-triggered pin whose handler lowers the line",
    main: ["RTE_LEVEL", "LINE_1"],
    handler: lowers,
    statement: "A level-triggered pin that its handler lowers interrupts once, and TMR is set",
    taken: { 1: 0, 2: 1 },
    also: ({ vcpu, test }) => vcpu[0].tmr.device || test.main === 1,
  },
  {
    name: "level-coalesce",
    about: "a level-triggered pin that falls and rises again inside its handler, and falls before the EOI",
    main: ["RTE_LEVEL", "LINE_1"],
    handler: (taken) => (taken === 1 ? ["LINE_0", "LINE_1", "LINE_0", "EOI"] : lowers()),
    statement: "Level asserts while the first is in service coalesce: one interrupt",
    taken: { 2: 1 },
  },
  {
    name: "level-sequential",
    about: "a level-triggered pin raised a second time after its handler has run",
    main: ["RTE_LEVEL", "LINE_1", "LINE_1"],
    handler: lowers,
    statement: "Two level asserts, one after the other, give two interrupts",
    taken: { 2: 1, 3: 2 },
  },
  {
    name: "level-retrigger",
    about: "a level-triggered pin that its handler lowers the second time only",
    main: ["RTE_LEVEL", "LINE_1"],
    handler: (taken) => (taken === 2 ? lowers() : ["EOI"]),
    statement: "A level-triggered pin that is still up at its EOI interrupts again",
    taken: { 2: 2 },
  },
  {
    name: "level-retrigger-mask",
    about: "a level-triggered pin that its handler masks and the program unmasks, the line up all the time",
    main: ["RTE_LEVEL", "LINE_1", "RTE_UNMASK", "LINE_0", "RTE_UNMASK"],
    handler: () => ["RTE_MASK", "EOI"],
    statement: "A level-triggered pin that is up interrupts again once it is unmasked",
    taken: { 2: 1, 3: 2, 4: 2, 5: 2 },
  },
  {
    name: "edge-mask",
    about: "an edge-triggered pin that is masked while it rises and falls, and rises again unmasked",
    main: ["RTE_EDGE", "RTE_MASK", "LINE_1", "LINE_0", "RTE_UNMASK", "LINE_1"],
    handler: lowers,
    statement: "A masked edge does not interrupt, nor does unmasking bring it back; the next edge does",
    taken: { 4: 0, 5: 0, 6: 1 },
  },
  {
    name: "level-mask",
    about: "a level-triggered pin that is masked when it rises",
    main: ["RTE_LEVEL", "RTE_MASK", "LINE_1", "RTE_UNMASK"],
    handler: lowers,
    statement: "A level-triggered pin does not interrupt while it is masked, and does once it is unmasked",
    taken: { 3: 0, 4: 1 },
  },
  {
    name: "remote-irr",
    about: "Remote IRR of a level-triggered pin, read in its handler and after it",
    main: ["RTE_LEVEL", "LINE_1", "READ"],
    handler: () => ["READ", "LINE_0", "EOI"],
    statement: "Remote IRR reads 1 inside the handler of a level-triggered pin, and 0 after its EOI",
    taken: { 2: 1, 3: 1 },
    also: ({ test }) => test.remoteIrr === (test.main === 2),
  },
  {
    name: "reconfigure",
    about: "a level-triggered pin that its handler sends to another vCPU before the EOI",
    main: ["RTE_LEVEL", "LINE_1", "READ"],
    handler: () => ["LINE_0", "RTE_TO_OTHER", "EOI"],
    vcpus: 2,
    statement:
      "An entry whose destination is changed inside its handler has Remote IRR cleared by that handler's EOI",
    taken: { 2: 1, 3: 1 },
    also: ({ pin }) => !pin.remoteIrr,
  },
];

const scenarioOf = ({ name, about, main, handler, vcpus = 1, ...facts }: Test): KvmScenario => {
  const property = ioapicTestPasses({ ...facts, id: `ioapic-test-${name}` });
  return world({
    name: `kvm/ioapic-${name}`,
    about: `a public test of the I/O APIC: ${about}`,
    designs: ["upstream"],
    guests: every.filter((guest) => guest !== "td"),
    options: [only(irqchip, "kernel", "split")],
    scope: { vcpu: vcpus },
    start: "running",
    actions: [...runLoop, "exit_to_userspace", "KVM_RUN", ...eoi, ...ioapicWrites, ...scans],
    adds: (ops) => ioapicTest(asProgrammed(ops), { main, handler }),
    properties: [property],
    expected: [{ property: property.id, verdict: "holds" }],
  });
};

/** The tests of the I/O APIC that an ordinary guest passes, each a world. */
export const ioapicTests: readonly KvmScenario[] = tests.map(scenarioOf);

export default ioapicTests;
