import { stampText, type CaptureLine } from "./capture-line.ts";

/** How a program prints the lines of a capture. */
interface Layout {
  /** What it is, in a few words. */
  readonly about: string;
  /** The library that formats the events, which has texts of its own for some. */
  readonly library?: string;
  /** The command that records events, each with its system. */
  readonly record: (events: readonly string[]) => string;
  /** What stands above the lines. */
  readonly head: (cpus: number) => readonly string[];
  readonly line: (line: CaptureLine) => string;
}

const taskText = ({ task, cpu, flags }: CaptureLine, pidWidth: number): string => {
  const pid = String(task?.pid ?? 0).padEnd(pidWidth);
  const tgid = task?.tgid === undefined ? "" : ` (${String(task.tgid).padStart(7)})`;
  return `${(task?.comm ?? "<...>").padStart(16)}-${pid}${tgid} [${String(cpu ?? 0).padStart(3, "0")}] ${flags ?? "....."}`;
};

const stamp = (line: CaptureLine): string => (line.stamp === undefined ? "" : stampText(line.stamp));

/** The columns of tracefs, as its own header names them. */
const columns = [
  "#                                _-----=> irqs-off/BH-disabled",
  "#                               / _----=> need-resched",
  "#                              | / _---=> hardirq/softirq",
  "#                              || / _--=> preempt-depth",
  "#                              ||| / _-=> migrate-disable",
  "#                              |||| /     delay",
  "#           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION",
  "#              | |         |   |||||     |         |",
];

/** The layouts in which a run can be printed, by name. */
export const layouts = {
  ftrace: {
    about: "tracefs: trace, trace_pipe",
    record: (events) => `echo ${events.join(" ")} > set_event`,
    head: () => ["# tracer: nop", "#", ...columns],
    line: (line) => `${taskText(line, 7)} ${stamp(line).padStart(12)}: ${line.event}: ${line.text}`,
  },
  "trace-cmd": {
    about: "trace-cmd report",
    record: (events) => `trace-cmd record ${events.map((event) => `-e ${event}`).join(" ")}`,
    library: "libtraceevent",
    head: (cpus) => [`cpus=${cpus}`],
    line: (line) =>
      `${taskText(line, 5)} ${stamp(line).padStart(12)}: ${`${line.event}:`.padEnd(21)} ${line.text}`,
  },
  perf: {
    about: "perf script",
    record: (events) => `perf record -a -e ${events.join(",")}`,
    library: "libtraceevent",
    head: () => [],
    line: (line) => {
      const { task, cpu, system, event } = line;
      const context = `${(task?.comm ?? ":-1").padStart(16)} ${String(task?.pid ?? -1).padStart(7)} [${String(cpu ?? 0).padStart(3, "0")}]`;
      const name = `${system === undefined ? "" : `${system}:`}${event}`;
      return `${context} ${stamp(line).padStart(12)}: ${name.padStart(26)}: ${line.text}`;
    },
  },
} as const satisfies Readonly<Record<string, Layout>>;

/** The name of a layout. */
export type LayoutName = keyof typeof layouts;
