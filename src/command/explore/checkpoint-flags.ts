import { CheckError } from "../../errors.ts";
import type { SwitchBounds } from "../flags/values.ts";

/** Where checkpoints are written and read, as parsed. */
export interface CheckpointFlags {
  readonly checkpoint?: string;
  /** Seconds from one to the next. */
  readonly checkpointEvery?: number;
  readonly resume?: string;
}

/** The flags that these may not go with. */
interface Asked extends CheckpointFlags {
  readonly switches?: SwitchBounds;
  readonly reference?: boolean;
}

/** @throws CheckError where flags about checkpoints do not go with others. */
export const checkCheckpoint = ({
  checkpoint,
  checkpointEvery,
  resume,
  switches,
  reference,
}: Asked): void => {
  if (checkpointEvery !== undefined && checkpoint === undefined)
    throw new CheckError("usage", "--checkpoint-every says how often --checkpoint DIR writes: add that");
  const flag = checkpoint === undefined ? "--resume" : "--checkpoint";
  if (checkpoint === undefined && resume === undefined) return;
  if (reference === true)
    throw new CheckError(
      "usage",
      `--reference keeps nothing that ${flag} could use: leave out one of the two`,
    );
  if (switches !== undefined && switches.from !== switches.to)
    throw new CheckError(
      "usage",
      `${flag} is of one search, and --switches A..B are several: give one bound`,
    );
};
