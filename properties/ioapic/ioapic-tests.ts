import { invariant, type State } from "../../models/kvm/state.ts";

/** What a test program expects: how many interrupts its handler has counted before each instruction of its main part. */
export interface TestFacts {
  readonly id: string;
  readonly statement: string;
  /** By the place of the instruction; places left out are not asked. */
  readonly taken: Readonly<Record<number, number>>;
  /** And more, at the places that are asked and wherever its handler has read the entry. */
  readonly also?: (s: State) => boolean;
}

/** The main part of the test program is about to go on at a place that is asked: nothing is in service or pending. */
const atPlace = (s: State, taken: TestFacts["taken"]): boolean =>
  s.test.main in taken &&
  s.vcpu[0].pc === "NONROOT" &&
  !s.vcpu[0].isr.device &&
  !s.vcpu[0].irr.device &&
  !s.vcpu[0].pir.device;

/** A fact that a public test of the I/O APIC states, as an invariant of its program. */
export const ioapicTestPasses = ({ id, statement, taken, also = () => true }: TestFacts) =>
  invariant({
    id,
    statement,
    source: "irqchip (c): kvm-unit-tests x86/ioapic",
    kernel: "ioapic_set_irq(), ioapic_service(), kvm_ioapic_update_eoi_one(), ioapic_write_indirect()",
    antecedent: (s) => atPlace(s, taken),
    holds: (s) => s.test.taken === taken[s.test.main] && also(s),
  });
