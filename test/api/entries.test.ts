import { expect, test } from "vitest";
import * as inside from "#check";
import * as catalogue from "../../src/api/catalogue.ts";
import * as check from "../../src/api/check.ts";
import * as events from "../../src/api/events.ts";
import * as report from "../../src/api/report.ts";
import * as modelling from "../../src/index.ts";

const entries = { modelling, check, report, catalogue, events };

test("what this project is written with is public, each name in one entry", () => {
  const names = Object.values(entries).flatMap((entry) => Object.keys(entry));
  expect(new Set(names).size).toBe(names.length);
  const everything: Readonly<Record<string, unknown>> = {
    ...modelling,
    ...check,
    ...report,
    ...catalogue,
    ...events,
  };
  expect(Object.keys(inside).length).toBeGreaterThan(30);
  for (const [name, value] of Object.entries(inside)) expect([name, everything[name]]).toEqual([name, value]);
});
