import { InvalidArgumentError } from "commander";
import type { Shard } from "../../catalogue/cases.ts";

/** A whole number of at least `least` and at most `most`. */
export const whole =
  (least: number, most = Infinity) =>
  (text: string): number => {
    const n = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    const to = most === Infinity ? "" : ` to ${most}`;
    if (!(n >= least && n <= most))
      throw new InvalidArgumentError(`It takes a whole number from ${least}${to}, like 8.`);
    return n;
  };

/** A bound on switches, or a range of bounds to be tried from the smallest on. */
export interface SwitchBounds {
  readonly from: number;
  readonly to: number;
}

/** `2`, or `0..4`: at most 999 switches. */
export const switchBounds = (text: string): SwitchBounds => {
  const parts = /^(\d{1,3})(?:\.\.(\d{1,3}))?$/.exec(text);
  const from = Number(parts?.[1]);
  const to = Number(parts?.[2] ?? parts?.[1]);
  if (!(from <= to))
    throw new InvalidArgumentError(
      "It takes a whole number up to 999, like 2, or a range of them, like 0..4.",
    );
  return { from, to };
};

/** `2/4`: the second of four shards. */
export const shard = (text: string): Shard => {
  const parts = /^(\d{1,6})\/(\d{1,6})$/.exec(text);
  const [shard, of] = [Number(parts?.[1]), Number(parts?.[2])];
  if (!(shard >= 1 && shard <= of))
    throw new InvalidArgumentError("It takes i/n with i from 1 to n, like 2/4.");
  return { shard, of };
};

const amount = (text: string, units: Readonly<Record<string, number>>, hint: string): number => {
  const parts = /^(\d{1,12}(?:\.\d{1,3})?)\s*([a-z]*)$/i.exec(text);
  const unit = parts === null ? undefined : units[parts[2].toLowerCase()];
  const n = unit === undefined ? Number.NaN : Number(parts![1]) * unit;
  if (!(n > 0)) throw new InvalidArgumentError(hint);
  return n;
};

const UNITS: Readonly<Record<string, number>> = { ns: 1, us: 1000, ms: 1_000_000, s: 1_000_000_000 };

const LONGEST = 1_000_000_000;

/** A time in nanoseconds: `2us`, `500ns`; from 1 ns to 1 s. */
export const nanoseconds = (text: string): bigint => {
  const hint = "It takes a time with its unit, like 2us or 500ns, from 1ns to 1s.";
  const n = Math.round(amount(text, UNITS, hint));
  if (!(n >= 1 && n <= LONGEST)) throw new InvalidArgumentError(hint);
  return BigInt(n);
};

const BINARY = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };
const SIZES: Readonly<Record<string, number>> = Object.fromEntries([
  ["", 1],
  ["b", 1],
  ...Object.entries(BINARY).flatMap(([unit, bytes]) =>
    [unit, `${unit}b`, `${unit}ib`].map((name) => [name, bytes]),
  ),
]) as Record<string, number>;

/** A size in bytes: `512M`, `2G`. */
export const bytes = (text: string): number =>
  Math.floor(amount(text, SIZES, "It takes a size, like 512M or 2G."));

/** A duration in seconds: `10s`, `5m`. */
export const seconds = (text: string): number =>
  amount(
    text,
    { "": 1, ms: 0.001, s: 1, m: 60, min: 60, h: 3600 },
    "It takes a duration, like 10s, 5m or 1h.",
  );

/** Words separated by commas, each once: `vcpu,client`. */
export const commaSeparated = (text: string): readonly string[] => [...new Set(text.split(","))];

/** Collects the values of an option that may be given several times. */
export const several = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];
