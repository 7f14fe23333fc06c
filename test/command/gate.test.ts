import { expect, test } from "vitest";
import * as catalogue from "../../scenarios/index.ts";
import { run } from "../fixtures/io.ts";

// What `npm run gate` asks of all that is shipped, asked of a little of it.

test("check: every case of two worlds has its expected verdicts", async () => {
  const { code, stdout, stderr } = await run("check kvm/rtc-restore oracle/peterson --quiet", {}, catalogue);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout.replaceAll(/\s+/g, " ")).toMatch(/(\d+) cases of 2 scenarios, in \d+ models: \1 as expected/);
});

test("claims: one of the thread's claims has its expected verdicts under every design", async () => {
  const { code, stdout, stderr } = await run("claims P11 --quiet", {}, catalogue);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/\d+ verdicts on 1 claim, all as expected\./);
});
