/** Where a property was first hit: in a state, or by a step from a state. */
export interface Hit {
  readonly state: number;
  readonly step?: number;
}
