import { programName } from "../../program-name.ts";
import { xml } from "../../xml-text.ts";
import type { Reported, ReportedVerdict, ReportedWorld } from "./reported.ts";
import { runLines } from "./run-text.ts";

/** The steps of a run, and how to see them again; empty where no run decides. */
const details = ({ run, replay }: ReportedVerdict): string =>
  [
    ...(run === null ? [] : runLines(run)),
    ...(replay === null ? [] : [`${programName()} replay ${replay}`]),
  ].join("\n");

/** Text between tags: line ends stay what they are. */
const text = (words: string): string => xml(words).replaceAll("&#10;", "\n");

/** What a test case has inside: nothing where it passed. */
const inside = (verdict: ReportedVerdict): string => {
  const message = xml(verdict.message);
  switch (verdict.standing) {
    case "fail":
      return `<failure message="${message}" type="${verdict.verdict}">${text(details(verdict))}</failure>`;
    case "open":
    case "skip":
      return `<skipped message="${message}"/>`;
    case "known":
      return `<system-out>${message}</system-out>`;
    case "pass":
      return "";
  }
};

const element = (name: string, attributes: string, content: string): string =>
  content === "" ? `<${name} ${attributes}/>` : `<${name} ${attributes}>${content}</${name}>`;

const counts = (worlds: readonly ReportedWorld[]): string => {
  const verdicts = worlds.flatMap((world) => world.verdicts);
  const refused = worlds.filter(({ refusal }) => refusal !== null).length;
  const failures = verdicts.filter(({ standing }) => standing === "fail").length;
  const skipped = verdicts.filter(({ standing }) => standing === "open" || standing === "skip").length;
  return `tests="${verdicts.length + refused}" failures="${failures}" errors="${refused}" skipped="${skipped}"`;
};

const suite = (world: ReportedWorld): readonly string[] => {
  const where = `classname="${xml(world.name)}" file="${xml(world.source)}"`;
  return [
    `  <testsuite name="${xml(world.name)}" ${counts([world])}>`,
    ...world.verdicts.map(
      (verdict) => `    ${element("testcase", `${where} name="${xml(verdict.name)}"`, inside(verdict))}`,
    ),
    ...(world.refusal === null
      ? []
      : [
          `    ${element("testcase", `${where} name="start"`, `<error message="${xml(world.refusal)}" type="refused"/>`)}`,
        ]),
    "  </testsuite>",
  ];
};

/** The verdicts as JUnit XML, which Jenkins and GitLab show: a test suite for each world, a test case for each verdict. */
export const junitOf = ({ program, seconds, worlds }: Reported): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xml(program)}" ${counts(worlds)} time="${seconds.toFixed(3)}">`,
    ...worlds.flatMap(suite),
    "</testsuites>",
    "",
  ].join("\n");
