import { testShipped } from "./por-shipped.ts";

testShipped(30_000, 3_000);
