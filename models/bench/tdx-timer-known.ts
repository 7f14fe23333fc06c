/** What every checker must find in one size of the timer benchmark. */
interface Known {
  readonly scenario: string;
  readonly states: number;
  readonly transitions: number;
  /** The largest distance from the start, in steps. */
  readonly depth: number;
}

const known = (size: string, states: number, transitions: number, depth: number): Known => ({
  scenario: `bench/tdx-timer-${size}`,
  states,
  transitions,
  depth,
});

/** The exact numbers of the timer benchmark, on which TLC, SPIN and Rumur agree. */
export const tdxTimerKnown: readonly Known[] = [
  known("n1g1", 196, 309, 27),
  known("n1g2", 686, 1_108, 51),
  known("n2g1", 123_456, 362_336, 68),
  known("n2g1-nohk", 80_511, 230_049, 53),
  known("n2g2", 1_258_486, 3_773_757, 105),
  known("n2g2-nohk", 286_255, 835_071, 68),
  known("n3g1", 23_848_804, 105_037_104, 107),
  known("n3g1-nohk", 10_682_482, 45_554_691, 78),
];
