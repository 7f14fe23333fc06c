import fc from "fast-check";
import type { Field, Fields, FieldValue } from "../../src/events/field.ts";
import type { CaptureLine } from "../../src/events/capture-line.ts";
import type { Tracepoint } from "../../src/events/tracepoint.ts";

const word = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,11}$/);

/** Any value of a field. */
const valueOf = ({ kind }: Field): fc.Arbitrary<FieldValue> => {
  switch (kind) {
    case "u32":
      return fc.integer({ min: 0, max: 2 ** 32 - 1 });
    case "s32":
      return fc.integer();
    case "u64":
      return fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    case "s64":
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    case "flag":
      return fc.boolean();
    case "word":
      return word;
    case "words":
      return fc.array(word, { maxLength: 3 }).map((words) => words.join("|"));
    default:
      return fc.constantFrom(...kind);
  }
};

/** Fields for a text. */
export const fieldsOf = (fields: readonly Field[]): fc.Arbitrary<Fields> =>
  fc.record(Object.fromEntries(fields.map((field) => [field.name, valueOf(field)])));

/** The newest text of some tracepoint, with fields in it, and the name. */
export const printedBy = (
  points: readonly Tracepoint[],
): fc.Arbitrary<{ readonly event: string; readonly system: string; readonly text: string }> =>
  fc
    .constantFrom(...points)
    .chain(({ name, system, texts: [{ text }] }) =>
      fieldsOf(text.fields).map((fields) => ({ event: name, system, text: text.print(fields) })),
    );

/** Names of threads as the kernel cuts them: blanks, dashes and brackets may stand in them. */
const comm = fc
  .stringMatching(/^[A-Za-z<(][A-Za-z0-9 /:._()[\]-]{0,13}[A-Za-z0-9>)]$/)
  .filter((name) => !/:\s/.test(name));

/** A line with all its columns, of events that are printed like that. */
export const lineWith = (
  printed: fc.Arbitrary<{ readonly event: string; readonly system: string; readonly text: string }>,
): fc.Arbitrary<CaptureLine & { readonly system: string }> =>
  fc
    .tuple(
      printed,
      fc.record({ comm, pid: fc.nat(4_194_303), tgid: fc.nat(4_194_303) }, { requiredKeys: ["comm", "pid"] }),
      fc.nat(511),
      fc.stringMatching(/^[d.][Nn.][hHs.][.1-9][.1-9]$/),
      fc.oneof(
        fc.record({
          ticks: fc.bigInt({ min: 0n, max: 10n ** 13n }).map((micro) => micro * 1000n),
          digits: fc.constant(6 as const),
        }),
        fc.record({ ticks: fc.bigInt({ min: 0n, max: 10n ** 16n }), digits: fc.constant(9 as const) }),
        fc.record({ ticks: fc.bigInt({ min: 0n, max: 10n ** 19n }), digits: fc.constant(0 as const) }),
      ),
    )
    .map(([text, task, cpu, flags, stamp]) => ({ ...text, task, cpu, flags, stamp }));
