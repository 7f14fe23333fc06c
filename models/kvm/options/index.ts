import { alone, type JointOptions, type KvmOption } from "../option.ts";
import { apicv } from "./apicv.ts";
import { creation } from "./creation.ts";
import { injection } from "./injection.ts";
import { ioapic } from "./ioapic.ts";
import { ioctls } from "./ioctls.ts";
import { messages } from "./messages.ts";
import { picPit } from "./pic-pit.ts";
import { posting } from "./posting.ts";
import { rtc } from "./rtc.ts";
import { runLoop } from "./run-loop.ts";
import { scheduling } from "./scheduling.ts";
import { timer } from "./timer.ts";

const declared: readonly (KvmOption | JointOptions)[] = [
  ...runLoop,
  ...timer,
  ...posting,
  ...scheduling,
  ...apicv,
  ...ioctls,
  ...creation,
  ...messages,
  ...ioapic,
  ...rtc,
  ...picPit,
  ...injection,
];

/** Every option. */
export const options: readonly KvmOption[] = declared.filter((one) => "changes" in one);

/** What the options change, each by itself or several together, in the order in which actions and boot steps are added. */
export const decisions: readonly JointOptions[] = declared.map((one) =>
  "changes" in one ? alone(one) : one,
);
