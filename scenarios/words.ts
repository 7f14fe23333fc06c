import type { Axis } from "#check";

/** The program, as people type it. */
export const program = "apicv-check";

/** What a world can be chosen by besides its options, in the order of a trace; the first is what `compare` compares. */
export const axes: readonly Axis[] = [
  { name: "design", plural: "designs", about: "the design to explore it under" },
  { name: "guest", plural: "guests", about: "the kind of guest" },
];

/** What actions cite, as keys of a scenario file; the first is printed below each step. */
export const cites: readonly string[] = ["kernel", "source", "atomic"];

/** What a column of the table of claims is called: the designs are most of them. */
export const columnKind = "design";
