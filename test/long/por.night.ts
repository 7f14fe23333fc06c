import { testShipped } from "../scenarios/por-shipped.ts";
import { testLaws } from "../laws/por-laws.ts";

testShipped(1_000_000, 60_000);
testLaws(5);
