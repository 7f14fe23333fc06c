import type { CaptureLine, Event } from "#check";
import { tracepoints } from "./table.ts";

/**
 * The vCPU whose thread has printed an event: by the event where that is printed by the vCPU's own thread and says which,
 * else by the name that QEMU gives the thread.
 */
export const vcpuOf = ({ task }: Pick<CaptureLine, "task">, { name, fields }: Event): number | undefined => {
  const said = fields["vcpu"] ?? fields["apicid"];
  if (tracepoints.get(name)?.by === "own" && typeof said === "number") return said;
  const named = /^CPU (\d+)\/KVM$/.exec(task?.comm ?? "");
  return named === null ? undefined : Number(named[1]);
};
