/** What every checker must find in one size of the timer benchmark. */
interface Known {
  readonly scenario: string;
  readonly states: number;
  readonly transitions: number;
  /** The largest distance from the start, in steps. */
  readonly depth: number;
  /** Classes of states that differ only in which vCPU is which. */
  readonly orbits: number;
}

const known = (size: string, states: number, transitions: number, depth: number, orbits: number): Known => ({
  scenario: `bench/tdx-timer-${size}`,
  states,
  transitions,
  depth,
  orbits,
});

/** The exact numbers of the timer benchmark, on which TLC, SPIN and Rumur agree. */
export const tdxTimerKnown: readonly Known[] = [
  known("n1g1", 196, 309, 27, 196),
  known("n1g2", 686, 1_108, 51, 686),
  known("n2g1", 123_456, 362_336, 68, 61_856),
  known("n2g1-nohk", 80_511, 230_049, 53, 40_346),
  known("n2g2", 1_258_486, 3_773_757, 105, 629_586),
  known("n2g2-nohk", 286_255, 835_071, 68, 143_299),
  known("n3g1", 23_848_804, 105_037_104, 107, 4_014_029),
  known("n3g1-nohk", 10_682_482, 45_554_691, 78, 1_804_692),
];
