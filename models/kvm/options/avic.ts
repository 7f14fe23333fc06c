import { avicIpiExits, avicIpiReadsFirst } from "../actions/messages/avic-ipi.ts";
import { avicUpdateIrte, gaLogOverflows, gaLogThread } from "../actions/posting/ga-log.ts";
import { avicLoad } from "../actions/run-loop/avic-load.ts";
import { avicBlocking, withIsRunning } from "../actions/scheduling/is-running.ts";
import { joint, option } from "../option.ts";

export const isRunning = option({
  name: "isRunning",
  about:
    "of which vCPU IsRunning is clear in the table of physical ids: of one that blocks, from before its last look at IRR, and " +
    "of one that is scheduled out; of the latter only; or of one that blocks until it is loaded again, as it is preempted",
  source: "irqchip 7.7",
  guests: ["avic"],
  values: { "blocking-or-out": {}, out: {}, "blocking-until-loaded": {} },
});

export const gaLogIntr = option({
  name: "gaLogIntr",
  about:
    "of which vCPU that does not run IRTEs have GALogIntr: of one that blocks, as since 6.17; of each, as up to 6.16; or of none",
  source: "irqchip 7.7",
  guests: ["avic"],
  values: { blocking: {}, always: {}, never: {} },
});

/** What is loaded and put, and what the IRTEs are told of it. */
const loadsAndPuts = joint({ isRunning, gaLogIntr }, ({ ops }, set) => ({
  replace: [
    ...withIsRunning(ops, set.isRunning, set.gaLogIntr),
    ...avicLoad(set.gaLogIntr),
    avicUpdateIrte(set.gaLogIntr),
  ],
  ...(set.isRunning === "out" && { drop: avicBlocking("blocking").map(({ name }) => name) }),
}));

export const avicIpiOrder = option({
  name: "avicIpiOrder",
  about:
    "whether the CPU of who sends reads IsRunning after the bit in IRR is set, as is specified, or before it is seen there, as " +
    "by erratum 1235; or every IPI exits (enable_ipiv=0), as KVM has it since 6.17 on CPUs with the erratum",
  source: "irqchip 7.7",
  guests: ["avic"],
  values: {
    "irr-first": {},
    "is-running-first": { replace: avicIpiReadsFirst },
    exits: { replace: [avicIpiExits] },
  },
});

export const gaLogAck = option({
  name: "gaLogAck",
  about:
    "whether amd_iommu_handle_irq() clears GALogInt before it reads the log, so that an entry that is written meanwhile raises " +
    "the interrupt again, or after",
  source: "irqchip 7.7",
  guests: ["avic"],
  values: { "before-poll": {}, "after-poll": { replace: gaLogThread(false) } },
});

export const gaLogSize = option({
  name: "gaLogSize",
  about: "whether the GA log, of 512 entries for all vCPUs of the host, always has room, or may overflow",
  source: "irqchip 7.7",
  guests: ["avic"],
  values: { "has-room": {}, "may-overflow": { add: [gaLogOverflows] } },
});

/** What is left open of AVIC's table of physical ids, of who reads it, and of a device that posts to a guest with AVIC. */
export default [isRunning, gaLogIntr, loadsAndPuts, avicIpiOrder, gaLogAck, gaLogSize] as const;
