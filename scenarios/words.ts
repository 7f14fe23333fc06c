import type { Axis } from "#check";

/** The program, as people type it. */
export const program = "apicv-check";

/** What a world can be chosen by besides its options, in the order of a trace; the first is what `compare` compares. */
export const axes: readonly Axis[] = [
  { name: "design", plural: "designs", about: "the design to explore it under" },
  { name: "guest", plural: "guests", about: "the kind of guest" },
  { name: "kernel", plural: "kernels", about: "the version of the kernel, which options follow by default" },
];

/** What parts of captures are told apart by, and the worlds in which they are followed. */
export const partKeys: readonly Pick<Axis, "name" | "about">[] = [
  { name: "guest", about: "follow it only in the worlds of this kind of guest" },
  { name: "gsi", about: "follow only the pin of this GSI" },
  { name: "vector", about: "follow only what has this vector, as 236 or 0xec" },
  { name: "vcpu", about: "follow only what is of this vCPU" },
];

/** What actions cite, as keys of a scenario file; the first is printed below each step. */
export const cites: readonly string[] = ["kernel", "source", "atomic"];

/** What a column of the table of claims is called: the designs are most of them. */
export const columnKind = "design";
