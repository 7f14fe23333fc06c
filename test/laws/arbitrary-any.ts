import fc from "fast-check";
import type { Problem } from "#check";
import { arbitraryConstrained, arbitraryProblem } from "./arbitrary-model.ts";
import { arbitraryProcesses } from "./arbitrary-processes.ts";
import { arbitraryReferring } from "./arbitrary-referring.ts";
import { arbitrarySymmetric, arbitraryTabular } from "./arbitrary-symmetric.ts";

/** A small model of any kind that is generated anywhere, with safety properties. */
export const arbitraryAny: fc.Arbitrary<Problem<unknown>> = fc.oneof(
  { arbitrary: arbitraryProblem, weight: 4 },
  { arbitrary: arbitraryConstrained, weight: 2 },
  { arbitrary: arbitraryProcesses as fc.Arbitrary<Problem<unknown>>, weight: 2 },
  { arbitrary: arbitrarySymmetric, weight: 1 },
  { arbitrary: arbitraryTabular, weight: 1 },
  { arbitrary: arbitraryReferring as fc.Arbitrary<Problem<unknown>>, weight: 1 },
);
