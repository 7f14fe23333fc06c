import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { oracles } from "../../models/textbook/index.ts";
import { catalogue, run, type Ran } from "../fixtures/io.ts";

const folder = mkdtempSync(join(tmpdir(), "apicv-check-export-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string): string => join(folder, name);
const explore = (line: string): Promise<Ran> =>
  run(`explore --scenario oracle/${line}`, {}, { ...catalogue, scenarios: oracles });
const written = async (world: string, format: string): Promise<string> => {
  const { code, stderr } = await explore(`${world} --quiet --export ${format}=${file("model")}`);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return readFileSync(file("model"), "utf8");
};

describe("explore --export writes a world", () => {
  test("as a Murphi model", async () => {
    const text = await written("peterson-rude", "murphi");
    expect(text).toMatchInlineSnapshot(`
      "-- oracle/peterson-rude, written by apicv-check 0.1.0; model version 2a12e3
      --
      -- To be found: 72 states, 136 transitions, and
      --   mutual-exclusion (violated): its violation
      --
      -- rumur --symmetry-reduction off --deadlock-detection off --output world.c FILE
      -- gcc -O2 -mcx16 -o world world.c -lpthread -latomic && ./world
      -- Rumur calls states and transitions \`states\` and \`rules fired\`. What has to be found is a cover property, what must not
      -- be an invariant: where no error is reported, all verdicts are the same.

      const
        process_pc_a0: 0;
        process_pc_a1: 1;
        process_pc_a2: 2;
        process_pc_a3: 3;
        process_pc_cs: 4;
        process_pc_a4: 5;

      var
        process_0_pc: 0 .. 5;
        process_0_wants: 0 .. 1;
        process_1_pc: 0 .. 5;
        process_1_wants: 0 .. 1;
        turn: 0 .. 1;

      startstate "1" begin
        process_0_pc := process_pc_a0;
        process_0_wants := 0;
        process_1_pc := process_pc_a0;
        process_1_wants := 0;
        turn := 0;
      end;

      rule "a0(i=0)" process_0_pc = process_pc_a0 ==>
      begin
        process_0_pc := process_pc_a1;
      end;

      rule "a0(i=1)" process_1_pc = process_pc_a0 ==>
      begin
        process_1_pc := process_pc_a1;
      end;

      rule "a1(i=0)" process_0_pc = process_pc_a1 ==>
      begin
        process_0_pc := process_pc_a2;
        process_0_wants := 1;
      end;

      rule "a1(i=1)" process_1_pc = process_pc_a1 ==>
      begin
        process_1_pc := process_pc_a2;
        process_1_wants := 1;
      end;

      rule "a2(i=0)" process_0_pc = process_pc_a2 ==>
      begin
        process_0_pc := process_pc_a3;
        turn := 0;
      end;

      rule "a2(i=1)" process_1_pc = process_pc_a2 ==>
      begin
        process_1_pc := process_pc_a3;
        turn := 1;
      end;

      rule "a3(i=0)" (process_0_pc = process_pc_a3 & (process_1_wants = 0 | turn = 0)) ==>
      begin
        process_0_pc := process_pc_cs;
      end;

      rule "a3(i=1)" (process_1_pc = process_pc_a3 & (process_0_wants = 0 | turn = 1)) ==>
      begin
        process_1_pc := process_pc_cs;
      end;

      rule "cs(i=0)" process_0_pc = process_pc_cs ==>
      begin
        process_0_pc := process_pc_a4;
      end;

      rule "cs(i=1)" process_1_pc = process_pc_cs ==>
      begin
        process_1_pc := process_pc_a4;
      end;

      rule "a4(i=0)" process_0_pc = process_pc_a4 ==>
      begin
        process_0_pc := process_pc_a0;
        process_0_wants := 0;
      end;

      rule "a4(i=1)" process_1_pc = process_pc_a4 ==>
      begin
        process_1_pc := process_pc_a0;
        process_1_wants := 0;
      end;

      cover "mutual-exclusion: violation" ((process_0_pc = process_pc_cs | process_0_pc = process_pc_a4) & (process_1_pc = process_pc_cs | process_1_pc = process_pc_a4));
      "
    `);
  });

  test("as a Promela model", async () => {
    const text = await written("peterson-rude", "promela");
    expect(text).toMatchInlineSnapshot(`
      "/*
       * oracle/peterson-rude, written by apicv-check 0.1.0; model version 2a12e3
       *
       * To be found: 72 states, 136 transitions, and
       *   mutual-exclusion (violated): its violation
       *
       * spin -o2 -a FILE && gcc -O2 -DSAFETY -DNOREDUCE -DNOFAIR -o pan pan.c && ./pan -E -m1000000
       * Spin counts one transition more, to the start.
       * What must not be found is asserted. What has to be found is asserted not to be, and Spin then finds an error, with
       * spin -o2 -a -DFIND_mutual_exclusion: there is such a name for each.
       */

      #define process_pc_a0 0
      #define process_pc_a1 1
      #define process_pc_a2 2
      #define process_pc_a3 3
      #define process_pc_cs 4
      #define process_pc_a4 5

      unsigned process_0_pc : 3 = process_pc_a0;
      bit process_0_wants = 0;
      unsigned process_1_pc : 3 = process_pc_a0;
      bit process_1_wants = 0;
      bit turn = 0;

      active proctype world() {
        do
        :: d_step { /* a0(i=0) */
             process_0_pc == process_pc_a0 ->
             process_0_pc = process_pc_a1
           }
        :: d_step { /* a0(i=1) */
             process_1_pc == process_pc_a0 ->
             process_1_pc = process_pc_a1
           }
        :: d_step { /* a1(i=0) */
             process_0_pc == process_pc_a1 ->
             process_0_pc = process_pc_a2;
             process_0_wants = 1
           }
        :: d_step { /* a1(i=1) */
             process_1_pc == process_pc_a1 ->
             process_1_pc = process_pc_a2;
             process_1_wants = 1
           }
        :: d_step { /* a2(i=0) */
             process_0_pc == process_pc_a2 ->
             process_0_pc = process_pc_a3;
             turn = 0
           }
        :: d_step { /* a2(i=1) */
             process_1_pc == process_pc_a2 ->
             process_1_pc = process_pc_a3;
             turn = 1
           }
        :: d_step { /* a3(i=0) */
             (process_0_pc == process_pc_a3 && (process_1_wants == 0 || turn == 0)) ->
             process_0_pc = process_pc_cs
           }
        :: d_step { /* a3(i=1) */
             (process_1_pc == process_pc_a3 && (process_0_wants == 0 || turn == 1)) ->
             process_1_pc = process_pc_cs
           }
        :: d_step { /* cs(i=0) */
             process_0_pc == process_pc_cs ->
             process_0_pc = process_pc_a4
           }
        :: d_step { /* cs(i=1) */
             process_1_pc == process_pc_cs ->
             process_1_pc = process_pc_a4
           }
        :: d_step { /* a4(i=0) */
             process_0_pc == process_pc_a4 ->
             process_0_pc = process_pc_a0;
             process_0_wants = 0
           }
        :: d_step { /* a4(i=1) */
             process_1_pc == process_pc_a4 ->
             process_1_pc = process_pc_a0;
             process_1_wants = 0
           }
      #ifdef FIND_mutual_exclusion
        :: d_step { ((process_0_pc == process_pc_cs || process_0_pc == process_pc_a4) && (process_1_pc == process_pc_cs || process_1_pc == process_pc_a4)) -> assert(false) } /* mutual-exclusion: violation */
      #endif
        od
      }
      "
    `);
  });

  test("with what is read before it is written kept, where two are written that read each other", async () => {
    expect(await written("die-hard", "murphi")).toContain("  before_amount_0 := amount_0;\n");
  });

  test("with each of several start states", async () => {
    const text = await written("ewd840", "murphi");
    expect(text.match(/^startstate /gm)?.length).toBeGreaterThan(1);
    expect(await written("ewd840", "promela")).toContain("Spin stores one state more");
  });

  test("without what it cannot say, which it names", async () => {
    expect(await written("peterson-live", "murphi")).toMatch(
      /Not in this file, since they are about whole behaviours: \w+/,
    );
  });
});

describe("explore --export is refused, and nothing is written,", () => {
  test.each([
    ["peterson --depth 3", "--depth bounds it"],
    ["peterson --switches 3", "--switches bounds it"],
    ["peterson --symmetry", "--symmetry most states are left out"],
    ["peterson --por", "--por leaves steps out"],
    ["peterson --fail-fast", "--fail-fast may end it early"],
    ["peterson --max-states 5", "the search was ended (states) before it had seen every state"],
    ["inner-fifo", "no rule can say which states are not expanded"],
  ])("of %s", async (line, said) => {
    const { code, stderr } = await explore(`${line} --quiet --export murphi=${file("none")}`);
    expect(stderr).toContain(said);
    expect(code).toBe(2);
    expect(existsSync(file("none"))).toBe(false);
  });

  test.each([
    ["murphy=x", 'unknown export format "murphy" (did you mean "murphi"?)'],
    ["promela", "--export promela names no file: use --export promela=FILE"],
    ["promela=", "use --export promela=FILE"],
    ["murphi=-", "use --export murphi=FILE"],
    ["murphi=/nowhere/at/all", "cannot write /nowhere/at/all"],
  ])("as --export %s, before the search", async (asked, said) => {
    const { code, stdout, stderr } = await explore(`peterson --export ${asked}`);
    expect(stderr).toContain(said);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  test("and the file that was there stays", async () => {
    writeFileSync(file("kept"), "as it was");
    await explore(`peterson --max-states 5 --export murphi=${file("kept")}`);
    expect(readFileSync(file("kept"), "utf8")).toBe("as it was");
  });
});
