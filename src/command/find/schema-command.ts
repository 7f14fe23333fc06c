import type { Command } from "commander";
import type { Load } from "../../catalogue/catalogue.ts";
import type { Io } from "../terminal/io.ts";

/** `schema`: the JSON Schema of scenario files, for editors. */
export const addSchemaCommand = (program: Command, load: Load, io: Io): Command =>
  program
    .command("schema")
    .description("print the JSON Schema of scenario files, for editors")
    .action(async () => {
      const { jsonSchema } = await import("../../variation/format/json-schema.ts");
      io.stdout.write(`${JSON.stringify(jsonSchema(await load()), undefined, 2)}\n`);
    });
