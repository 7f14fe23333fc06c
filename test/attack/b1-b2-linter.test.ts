import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

/** What the two rules say of a text: the lines that they name. */
const named = (text: string): readonly number[] => {
  const dir = mkdtempSync(join(tmpdir(), "apicv-lint-"));
  try {
    const config = {
      categories: { correctness: "off" },
      jsPlugins: [resolve("scripts/lint/unbounded.mjs")],
      rules: { "unbounded/no-spread-argument": "error", "unbounded/no-recursion": "error" },
    };
    writeFileSync(join(dir, "config.json"), JSON.stringify(config));
    writeFileSync(join(dir, "text.ts"), text);
    const args = ["-c", join(dir, "config.json"), "--format", "unix", join(dir, "text.ts")];
    try {
      execFileSync("npx", ["oxlint", ...args], { encoding: "utf8", stdio: "pipe" });
      return [];
    } catch (error) {
      const { stdout } = error as { readonly stdout: string };
      return [...stdout.matchAll(/text\.ts:(\d+):/g)].map(([, line]) => Number(line));
    }
  } finally {
    rmSync(dir, { recursive: true });
  }
};

test("B1, B2: the linter names arguments that are spread, and functions that call themselves", () => {
  const wrong = [
    "list.push(...xs);",
    "Math.max(0, ...xs);",
    "String.fromCharCode.apply(null, xs);",
    "new Date(...xs);",
    "const down = (n) => (n > 0 ? down(n - 1) : 0);",
    "function up(n) { return [n].map(() => up(n + 1)); }",
    "class A { #go(n) { return this.#go(n - 1); } }",
    "class B { go = (n) => this.go(n - 1); }",
  ];
  const right = [
    "for (const x of xs) list.push(x);",
    "const copy = [...list, ...xs];",
    "const more = { ...copy };",
    "trie.apply(cells, at);",
    "const twice = (f) => f(f);",
    "class C { go() { return this.went(); } went() { return 1; } }",
    "class D { go() { return other.go(); } }",
  ];
  expect(named([...wrong, ...right].join("\n"))).toEqual(wrong.map((_, i) => i + 1));
});

test("B1, B2: the sources are held to it, and each exception says why", () => {
  const { overrides } = JSON.parse(readFileSync(".oxlintrc.json", "utf8")) as {
    readonly overrides: readonly { readonly files: readonly string[]; readonly rules: object }[];
  };
  expect(overrides.find(({ files }) => files.join() === "src/**")?.rules).toEqual({
    "unbounded/no-recursion": "error",
    "unbounded/no-spread-argument": "error",
  });
  const exceptions = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) =>
      readFileSync(join("src", file), "utf8")
        .split("\n")
        .filter((line) => /oxlint-disable/.test(line) && /unbounded/.test(line)),
    );
  expect(exceptions.length).toBeGreaterThan(0);
  for (const line of exceptions)
    expect(line).toMatch(/oxlint-disable-next-line unbounded\/[\w-]+ -- \w+( \S+){3,}/);
});
