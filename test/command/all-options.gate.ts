import { expect, test } from "vitest";
import { main } from "../../src/command/program.ts";
import { shipped } from "../../scenarios/shipped.ts";
import { fakeIo } from "../fixtures/io.ts";

const run = async (...argv: readonly string[]): Promise<string> => {
  const { io, written } = fakeIo();
  expect(await main(argv, io, shipped)).toBe(0);
  expect(written.stderr).toBe("");
  return written.stdout;
};

/** The timer on the vCPU's own pCPU: what is left open is how it is delivered, and its mode. */
const own = ["nohzFull=off", "hltInGuest=off", "disabledExits=as-set", "postTimer=as-configured"];
const world = ["kvm/timer", ...[...own, "tdhVpEnter=may-be-busy"].flatMap((setting) => ["--set", setting])];

test("the design question of the thread: which delivery of the timer meets every requirement", async () => {
  const stdout = await run("compare", "--all-options", ...world, "--workers", "1", "--quiet");
  const said = stdout.replaceAll(/\s+/g, " ");
  expect(said).toContain("Every requirement holds, in complete searches: under no combination.");
  expect(said).toContain(
    "No requirement is violated, but some antecedents never occur: 2 combinations in 2 models " +
      "vacuous: seen-expiry-is-injected, expiry-in-handler-injected-once; vacuous, which is good here: " +
      "pending-cleared-only-before-new-tmict, no-pending-timer-in-guest: 2 combinations in 2 models " +
      "timerDelivery=direct,direct-fixed timerMode=periodic",
  );
  expect(said).toMatch(/Near misses, 1 of \d+ requirements violated: 3 combinations/);
  expect(said).toContain("tmict-write-loses-no-expiry after 8 steps (known): 1 combination");
  expect(said).toContain("seen-expiry-is-injected after 22 steps (known): 2 combinations");
  expect(said).toContain(
    "More is violated, by what fails first: 1 combination in 1 model tmict-write-loses-no-expiry after 8 steps (known), then seen-expiry-is-injected",
  );
  expect(said).toContain("A law whose antecedent never occurs counts as one that holds.");
  expect(said).toContain(
    "not asked local-callback-never-sees-guest-mode post-test-only-from-timer-fn callback-never-posts",
  );
});

test("a verdict says where its being vacuous is good, and remains vacuous", async () => {
  const asked = ["--property", "no-pending-timer-in-guest", "--property", "callback-never-posts"];
  const stdout = await run("explore", "kvm/timer", ...asked, "--quiet");
  expect(stdout).toMatch(/no-pending-timer-in-guest +vacuous, which is good here: its antecedent/);
  expect(stdout).toMatch(/callback-never-posts +vacuous: its antecedent/);
  const { properties } = JSON.parse(await run("explore", "kvm/timer", ...asked, "--json")) as {
    readonly properties: readonly { readonly verdict: string }[];
  };
  expect(properties.map(({ verdict }) => verdict)).toEqual(["vacuous", "vacuous"]);
});

test("a property that is named is asked whatever it is", async () => {
  const stdout = await run(
    "compare",
    "--all-options",
    ...world,
    "--property",
    "callback-never-posts",
    "--workers",
    "1",
  );
  expect(stdout).toMatch(/^asked +callback-never-posts$/m);
  expect(stdout).toContain("Every property holds, in complete searches: under no combination.");
});

test("explain says what a property is to a design", async () => {
  expect(await run("explain", "callback-never-posts")).toContain("an observation, not a requirement");
  const pending = await run("explain", "no-pending-timer-in-guest");
  expect(pending).toContain("a requirement");
  expect(pending).toMatch(/vacuous +is good here/);
});
