import { testShipped } from "../kvm/por-shipped.ts";

testShipped(1_500_000, 8_000);
