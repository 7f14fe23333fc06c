import type { Command } from "commander";
import type { Axis } from "../../model/axis.ts";

/** A command that takes a flag for each axis. */
export const choosing = (command: Command, axes: readonly Axis[]): Command =>
  axes.reduce((taking, { name, about }) => taking.option(`--${name} <name>`, about), command);
