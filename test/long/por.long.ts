import { testShipped } from "../kvm/por-shipped.ts";

testShipped(1_000_000, 3_000);
