import { share } from "../fixtures/runs.ts";
import { testLaws } from "./por-laws.ts";

testLaws(share);
