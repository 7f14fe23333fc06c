import { describe, expect, test } from "vitest";
import { exploreFast, problemOf } from "#check";
import { axes, cites, scenarios } from "../../scenarios/index.ts";
import { shipped } from "../../scenarios/shipped.ts";
import { main } from "../../src/command/program.ts";
import { choiceOf } from "../../src/catalogue/choice.ts";
import { noticingIdle } from "../../src/catalogue/idle-changes.ts";
import { scenarioFrom } from "../../src/variation/from-text.ts";
import { fakeIo } from "../fixtures/io.ts";

const asks = ["properties: { no-pending-timer-in-guest: any }"];
const asked = { guest: "td", design: "upstream" };

/** What made no difference in a variation of kvm/timer, and how often each action was taken there. */
const explored = async (...lines: readonly string[]) => {
  const text = ["format: 1", "name: q", "about: q", "extends: kvm/timer", ...lines, ...asks, ""].join("\n");
  const scenario = scenarioFrom({ name: "q.yaml", text }, { axes, cites, scenarios });
  const { model, start } = scenario.build(choiceOf(scenario, asked));
  const problem = problemOf(model, scenario.scope, [], start);
  const { idleChanges, fired, states } = await noticingIdle(scenario.varied, exploreFast)(problem);
  const taken = new Set(problem.steps.filter(({ id }) => fired[id] > 0).map(({ action }) => action.name));
  return { idleChanges, states, taken, names: model.actions.map(({ name }) => name) };
};

describe("changes of who takes part", () => {
  test("dropping an action makes a difference exactly where it was taken before", async () => {
    const whole = await explored();
    expect(whole.idleChanges).toEqual([]);
    const never = whole.names.filter((name) => !whole.taken.has(name));
    for (const name of [...never.slice(0, 3), ...[...whole.taken].slice(2, 5)]) {
      const { idleChanges, states } = await explored("change:", `  - drop: ${name}`);
      expect([name, idleChanges]).toEqual([name, whole.taken.has(name) ? [] : [`drop ${name}`]]);
      expect(states === whole.states || whole.taken.has(name)).toBe(true);
    }
  });

  test("several dropped at once are each judged where none of the others takes part", async () => {
    const { idleChanges } = await explored("change:", "  - drop: [ fn_request_unblock, apic_timer_fn ]");
    expect(idleChanges).toEqual(["drop fn_request_unblock"]);
  });

  test("an action that takes part besides makes none where it is never taken", async () => {
    const { idleChanges, taken } = await explored(
      "actions: [ userspace_lower_line, KVM_RUN, guest_cli ]",
      "change:",
      '  - { add: quiet, actor: nobody, when: "timer[0].pending > 1 && vcpu[0].pc == ABSENT" }',
    );
    expect(taken).toContain("guest_cli");
    expect(idleChanges).toEqual(["with userspace_lower_line", "add quiet"]);
  });
});

const lines = async (...args: readonly string[]) => {
  const { io, written } = fakeIo();
  await main([...args], io, shipped);
  return written.stdout;
};

describe("what had no effect is said", () => {
  test("in the line of a case, of options and of changes, and in its JSON", async () => {
    const question = "scenarios/questions/no-unblock.yaml";
    expect(await lines("check", question)).toMatch(
      /^no-unblock upstream td .* Ok .*; no effect: expired_request_unblock without vcpu\[v\]\.req\.UNBLOCK; fn_request_unblock without [^;]*; model changed/m,
    );
    const of = ["check", "kvm/apicv", "--design", "upstream", "--guest", "vmx"];
    const text = await lines(...of);
    expect(text).toMatch(
      /^kvm\/apicv upstream vmx apicMapAlloc=may-fail .* no effect: apicMapAlloc=may-fail/m,
    );
    expect(text.match(/no effect/g)).toHaveLength(1);
    const { checks } = JSON.parse(await lines(...of, "--json")) as {
      readonly checks: readonly { readonly options: object; readonly noEffect: readonly object[] }[];
    };
    expect(checks.flatMap(({ noEffect }) => noEffect)).toEqual([
      { name: "apicMapAlloc", value: "may-fail", instead: "ok" },
    ]);
  });

  test("of each combination that a question is asked under", async () => {
    const matrix = await lines(
      "explore",
      "kvm/timer",
      "--drop",
      "fn_request_unblock",
      "--set",
      "nohzFull=*",
      "--workers",
      "1",
    );
    expect(matrix).toMatch(/nohzFull=off \(no effect: drop fn_request_unblock\):/);
    expect(matrix).toMatch(/nohzFull=on: /);
  });
});
