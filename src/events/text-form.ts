import { literally, type Field, type Fields, type FieldValue } from "./field.ts";

/** The text of an event: it is printed and read by the same description. */
export interface TextForm<F = Fields> {
  readonly fields: readonly Field[];
  print(fields: F): string;
  /** The fields of a text; undefined where nothing is printed like that. A mail may have cut or added blanks at its end. */
  read(text: string): F | undefined;
}

/** The fields that some descriptions are of. */
export type FieldsOf<P extends readonly Field[]> = {
  readonly [Q in P[number] as Q["name"]]: Q extends Field<string, infer V> ? V : never;
};

/** A text with fields in it, written as it reads: `` text`vcpu ${unsigned("vcpu")}, rip 0x${hex64("rip")}` ``. */
export const text = <const P extends readonly Field[]>(
  strings: TemplateStringsArray,
  ...fields: P
): TextForm<FieldsOf<P>> => {
  const all: readonly Field[] = fields;
  const whole = new RegExp(
    `^${strings.map((part, i) => literally(part) + (i < all.length ? `(${all[i].pattern})` : "")).join("")}\\s*$`,
  );
  return {
    fields,
    print: (values) =>
      strings
        .map((part, i) => part + (i < all.length ? all[i].print((values as Fields)[all[i].name]) : ""))
        .join(""),
    read: (line) => {
      const groups = whole.exec(line) ?? whole.exec(`${line} `);
      if (groups === null) return undefined;
      const values: Record<string, FieldValue> = {};
      for (let i = 0; i < all.length; i++) {
        const value = all[i].read(groups[i + 1]);
        if (value === undefined) return undefined;
        values[all[i].name] = value;
      }
      return values as FieldsOf<P>;
    },
  };
};
