import type { Validation } from "../validate/validate-capture.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";

/** What a model says of a capture, as `validate --json` prints it. */
export const validationJson = (name: string, validation: Validation): object => {
  const { verdict, events, asked, machines, unknownEvents, unknownTexts, lost, others } = validation;
  return {
    schemaVersion: SCHEMA_VERSION,
    capture: name,
    verdict,
    events,
    ...(asked === undefined ? {} : { asked }),
    machines,
    unknownEvents,
    unknownTexts,
    lost,
    others,
  };
};
