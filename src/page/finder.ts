/** Who finds what lies beyond the states that a page has. */
export interface Finder {
  /** Whether it is looking. */
  readonly looking: boolean;
  /** Looks at what a state leads to, and then has the page drawn again. */
  readonly look: (space: number, place: number) => void;
  /** Looks at states around those that are known, until there are so many. */
  readonly grow: (space: number, most: number) => void;
}
