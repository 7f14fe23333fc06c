import { expect, test } from "vitest";
import * as catalogue from "../../scenarios/index.ts";
import { run } from "../fixtures/io.ts";
import { endOf, examples, readme, works } from "./readme-examples.ts";

test("README's number of states is that of the default world", async () => {
  const { stdout } = await run("explore --json", {}, catalogue);
  const { states } = JSON.parse(stdout) as { readonly states: number };
  expect(readme.replaceAll(/\s+/g, " ")).toContain(
    `all ${states.toLocaleString("en-US")} states of the default world`,
  );
});

test.each(examples.filter((line) => line.startsWith("explore")))(
  "README's `apicv-check %s` works",
  async (line) => {
    expect(await endOf(line)).toEqual(works);
  },
);
