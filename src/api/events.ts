/**
 * `apicv-check/events`: what others print of a run, tracepoints with their texts by release, and captures of them.
 *
 * A table of tracepoints reads what was printed and prints it again; a capture is read line by line, in whatever layout.
 */
export {
  flag,
  hex,
  hex64,
  oneOfWords,
  optionalWord,
  signed,
  signed64,
  unsigned,
  word,
  type Field,
  type Fields,
  type FieldValue,
} from "../events/field.ts";
export { text, type FieldsOf, type TextForm } from "../events/text-form.ts";
export {
  eventText,
  readEvent,
  tracepoint,
  tracepointsOf,
  type Era,
  type Event,
  type Tracepoint,
  type Tracepoints,
} from "../events/tracepoint.ts";
export { captureReader, type CaptureItem, type CaptureReader } from "../events/capture-reader.ts";
export { type CaptureLine, type Stamp, type Task } from "../events/capture-line.ts";
export { originsBy, type NumberOf, type Origin } from "../events/origins.ts";
export { layouts, type LayoutName } from "../events/layouts.ts";
