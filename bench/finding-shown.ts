/** What `explore` printed of what a finding says. */
export interface ShownRun {
  readonly states: string;
  readonly steps: number;
  /** The run, as it is printed, without the command that replays it: that has the version of the model in it. */
  readonly lines: readonly string[];
}

/** The run to a violation in what `explore` prints. @throws Error where there is none. */
export const runShown = (stdout: string, property: string): ShownRun => {
  const lines = stdout.split("\n");
  const found = new RegExp(`^    ${property} violated after (\\d+) steps?`);
  const first = lines.findIndex((line) => found.test(line));
  const states = /^([\d,]+) states?, /m.exec(stdout)?.[1];
  if (first < 0 || states === undefined) throw new Error(`${property} is not violated:\n${stdout}`);
  const rest = lines.slice(first);
  const replay = rest.findIndex((line) => line.startsWith("    apicv-check replay"));
  return {
    states,
    steps: Number(found.exec(lines[first])![1]),
    lines: rest
      .slice(0, replay)
      .map((line) => line.replace(/^ {4}/, "").trimEnd())
      .join("\n")
      .trimEnd()
      .split("\n"),
  };
};

/** What a search with a fix says. */
export interface Mended {
  readonly states: number;
  readonly complete: boolean;
  readonly verdict: string;
  /** Why, as reports have it: in how many states, or transitions, what the property speaks of occurs. */
  readonly because: string;
}

/** The verdict on a property in what `explore --json` prints. */
export const mendedIn = (stdout: string, property: string): Mended => {
  const { states, complete, properties } = JSON.parse(stdout) as {
    readonly states: number;
    readonly complete: boolean;
    readonly properties: readonly {
      readonly id: string;
      readonly verdict: string;
      readonly because: string;
    }[];
  };
  const { verdict, because } = properties.find(({ id }) => id === property)!;
  return { states, complete, verdict, because };
};
