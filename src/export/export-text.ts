import type { Outcome } from "../catalogue/outcome.ts";
import { exportedWorld } from "./exported-world.ts";
import type { ExportFormat } from "./format.ts";
import { murphiOf } from "./murphi.ts";
import { promelaOf } from "./promela.ts";

/**
 * A world whose search is complete as a model for another checker.
 * @throws CheckError `limit` where the search is not complete, or the model has state constraints.
 */
export const exportText = (outcome: Outcome, format: ExportFormat): string => {
  const world = exportedWorld(outcome);
  switch (format) {
    case "murphi":
      return murphiOf(world);
    case "promela":
      return promelaOf(world);
  }
};
