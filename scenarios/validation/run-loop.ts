import type { FollowedWorld } from "#check";
import type { GuestName } from "../../models/kvm/ops.ts";
import { anyRunLoop } from "../../models/kvm/validation/any-run-loop.ts";
import { forgetHistory, forgetInService } from "../../models/kvm/validation/forgetting.ts";
import { runLoopObserver } from "../../models/kvm/validation/observe-run-loop.ts";
import { runLoop, userspaceExits } from "../parts.ts";
import { followedGuests, validationWorld } from "./validation-world.ts";

const runLoopWorld = (guest: GuestName): FollowedWorld =>
  validationWorld(
    {
      name: `thread of a vCPU, ${guest}`,
      options: [],
      scope: { vcpu: 1 },
      start: "running",
      actions: [...runLoop, ...userspaceExits, "switch_to_sw_timer", "switch_to_hv_timer"],
      adds: () => anyRunLoop,
    },
    { design: guest === "td" ? "upstream" : null, guest, options: {} },
    { ...runLoopObserver, rare: [], forgets: [...forgetHistory, forgetInService] },
  );

/** The thread of one vCPU. */
export const runLoopWorlds: readonly FollowedWorld[] = followedGuests.map(runLoopWorld);
