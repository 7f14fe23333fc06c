import { chosenPairs } from "../src/model/axis.ts";
import type { Flipped } from "../src/report/flip-text.ts";
import { told } from "../src/report/flip-text.ts";

const number = (count: number): string => count.toLocaleString("en-US");

/** A row for each property that tells a bug: the last cell is what the machine makes of it. */
export const rowsOf = ({ flip, telling, sides: [pre, post] }: Flipped): readonly string[] =>
  told(pre.outcome, telling).map(({ property, evidence }) => {
    const cells = [
      flip.id,
      flip.source.replaceAll("|", "\\|"),
      `${flip.from} ${chosenPairs(pre.outcome.choice)
        .map(([, value]) => value)
        .join(" ")}`,
      property.id,
      number(pre.outcome.exploration.states),
      String(evidence?.trace.steps.length ?? "-"),
      number(post.outcome.exploration.states),
      (pre.seconds + post.seconds).toFixed(1),
    ];
    return `| ${cells.join(" | ")} |`;
  });

/** docs/bugs.md. */
export const page = (all: readonly Flipped[]): readonly string[] => [
  "# Bugs that were found in real kernels, as regressions",
  "",
  "Each is a scenario file under `scenarios/bugs/`: a world that ships, changed into the kernel before",
  "the fix (`fix=pre`) and after it (`fix=post`). `flip` shows both: a property is violated",
  "before, with its shortest run, and holds after, in a complete search in which what the property",
  "speaks of occurs.",
  "",
  "```console",
  "$ apicv-check list bugs",
  "...",
  "RT-1   apic_map_dirty as a bool loses a change that another vCPU makes while",
  "         the map is being built",
  "...",
  "$ apicv-check explain RT-1",
  "bug RT-1",
  "  is         apic_map_dirty as a bool loses a change that another vCPU makes",
  "               while the map is being built",
  "  source     44d52717053a (5.8) KVM: LAPIC: ensure APIC map is up to date on",
  "               concurrent update requests",
  "  in         kvm/apic-map",
  "  told by    clean-map-is-the-vcpus",
  "  file       scenarios/bugs/RT-1.yaml",
  "  show it    apicv-check flip RT-1",
  "  explore it apicv-check explore --bug RT-1",
  "  without it apicv-check explore --bug RT-1=post",
  "$ apicv-check flip RT-1            # the run before the fix, and that there is none after it",
  "...",
  "pre: design upstream, guest vmx, kernel 7.3, 1,063,045 states, all that can",
  "  be reached; 8.1 s",
  "  clean-map-is-the-vcpus: violated after 7 steps",
  "...",
  "     7 apic_map_done             .apicMap.next.physical {0,1}>{},",
  "...",
  "    ** broken: clean-map-is-the-vcpus (v=1): while the map is clean it",
  "       finds by logical id exactly the vCPUs whose APIC is enabled **",
  "...",
  "post: design upstream, guest vmx, kernel 7.3, 525,537 states, all that can",
  "  be reached; 4.2 s",
  "  clean-map-is-the-vcpus: holds; what it speaks of occurs 104,089 times",
  "",
  "RT-1 flips.",
  "$ apicv-check explore --bug RT-1   # the world before the fix; --bug RT-1=post is the one after it",
  "...",
  "  clean-map-is-the-vcpus  violated (as expected) after 7 steps",
  "$ apicv-check flip --all           # a line each",
  "```",
  "",
  "Where a file has more values than these two, they are half fixes or relatives of the bug, each with",
  "what is expected of it: `apicv-check check scenarios/bugs/*.yaml`. What a kernel may do, and no",
  "property takes for a bug, is in `test/scenarios/legal/`: spurious wakeups, posts that merge, edges",
  "that coalesce and the like. The table is what `npm run bugs:docs` prints. Seconds are of both",
  "searches, on two shared cores.",
  "",
  "| bug | mended by | world | told by | states before | steps | states after | seconds |",
  "| --- | --- | --- | --- | ---: | ---: | ---: | ---: |",
  ...all.flatMap(rowsOf),
  "",
  "Commits, subjects and versions are facts of the kernel's history; what is modelled of each is in its",
  "file. TDX-1 was never in a release: it is the state of the series before the hypercall was handled.",
];
