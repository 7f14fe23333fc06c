/** Where a thread finds the problem: what a module exports under a name, called with what was given. */
export interface Source {
  /** The URL of the module. */
  readonly module: string;
  /** The name of a function that gives the problem, or a promise of it. */
  readonly name: string;
  /** Its argument; plain data. */
  readonly given: unknown;
}

/** Threads that were started before there was a problem. Named apart from what they are: whoever imports this needs no types of node. */
interface Started {
  /** One of them, if there is one left. */
  readonly take: () => unknown;
}

/** Threads that search together. */
export interface Workers {
  /** How many threads, the calling one among them. */
  readonly count: number;
  /** Where the others find the problem: functions cannot be sent to them. */
  readonly source: Source;
  /** Wait for all threads before the search begins; else it begins alone, and small searches end before. */
  readonly eager?: boolean;
  /** Threads that were started before, to be taken first. */
  readonly prestarted?: Started | undefined;
  /** States of a slice at most, and states that are worth cutting. */
  readonly slice?: number;
}
