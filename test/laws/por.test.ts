import { testLaws } from "./por-laws.ts";

testLaws(1);
