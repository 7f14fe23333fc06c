import { CheckError, type Event, type Note, type StepTaken } from "#check";
import { linkTo, placesOf } from "./citation-places.ts";
import { pick, type GuestKind, type Text } from "./text.ts";

/** What every property cites: who says so, and which kernel functions it is about. */
export interface PropertyCitation {
  /** Messages of the thread and sections of docs/kernel, for example `m16; timer 9.1 P1`. */
  readonly source: string;
  /** The kernel functions, for example `apic_timer_expired()`. */
  readonly kernel: string;
}

/** The arguments of a step that is about one vCPU. */
export type OfVcpu = { readonly v: number };

/** What every action cites: the kernel function it stands for, where it was read, why it is one step. */
export interface ActionCitation<S = unknown> {
  /** The kernel function the step stands for, for example `apic_timer_expired()`. */
  readonly kernel: Text;
  /** The message of the thread or section of docs/kernel it was read in, for example `m16; timer 1.5 step 5`. */
  readonly source: Text;
  /** What makes it one indivisible step: the lock, irq-off region or single instruction. */
  readonly atomic: Text;
  /** What stands below a step instead of `kernel`, where that depends on the branch that the step took. */
  branch?(before: S, args: StepTaken["args"], after: S): Text;
  /** What a host with this kind of guest prints as the step is taken, in its order: see `tracepoints/`. */
  prints?(before: S, args: StepTaken["args"], after: S, kind: GuestKind): readonly Event[];
}

const links = new Map<string, readonly string[]>();

/** Where the places that a source names can be read; none of a source that reads otherwise, such as a user's own. */
export const linksOf = (source: string): readonly string[] => {
  const known = links.get(source) ?? linksIn(source);
  links.set(source, known);
  return known;
};

const linksIn = (source: string): readonly string[] => {
  try {
    return placesOf(source).map(linkTo);
  } catch (error) {
    if (error instanceof CheckError) return [];
    throw error;
  }
};

/** What depends on the step that is taken. */
type OfStep = Pick<Note, "of" | "events">;

/**
 * The citation of an action as it is printed: the kernel function below each step, the rest where a run is replayed. Most
 * notes are of actions of worlds that nobody asks for, so where a place can be read is found out when it is asked.
 */
const printed = (kernel: string, source: string, atomic: string, ofStep: OfStep = {}): Note => ({
  cites: { kernel, source, atomic },
  facts: [
    ["kernel", kernel],
    ["read from", source],
    ["atomic by", atomic],
  ],
  get links() {
    return linksOf(source);
  },
  below: [kernel],
  get whenReplayed() {
    return [`from ${source}`, ...linksOf(source).map((link) => `  ${link}`), `atomic: ${atomic}`];
  },
  ...ofStep,
});

const citations = new WeakMap<Note, ActionCitation<never>>();

const noted = (cited: ActionCitation<never>, kind: GuestKind | "any"): Note => {
  const { kernel, source, atomic } = cited;
  const of = ({ before, args, after }: StepTaken): Note =>
    printed(
      pick(cited.branch?.(before as never, args, after as never) ?? kernel, kind),
      pick(source, kind),
      pick(atomic, kind),
    );
  const events = ({ before, args, after }: StepTaken): readonly Event[] =>
    cited.prints?.(before as never, args, after as never, kind === "any" ? "vmx" : kind) ?? [];
  return printed(pick(kernel, "any"), pick(source, "any"), pick(atomic, "any"), {
    of,
    ...(cited.prints === undefined ? {} : { events }),
  });
};

/** The note of an action: of any guest, and of each step what is true of that. */
export const actionNote = (cited: ActionCitation<never>): Note => {
  const note = noted(cited, "any");
  citations.set(note, cited);
  return note;
};

/** The same note with steps in the words of one kind of guest. */
export const noteFor = (note: Note, kind: GuestKind): Note => {
  const cited = citations.get(note);
  return cited === undefined ? note : noted(cited, kind);
};

/** The citation of a property as it is printed. */
export const propertyNote = ({ source, kernel }: PropertyCitation): Note => ({
  cites: { source, kernel },
  facts: [
    ["said by", source],
    ["kernel", kernel],
  ],
  get links() {
    return linksOf(source);
  },
});
