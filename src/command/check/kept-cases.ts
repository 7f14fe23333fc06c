import { groupAlike, type Case, type CaseGroup } from "../../catalogue/cases.ts";
import { standing, type CaseResult } from "../../catalogue/gate.ts";
import { parseHandle } from "../../catalogue/handle.ts";
import { applicable, type Evidence, type PropertyResult } from "../../catalogue/outcome.ts";
import type { AnyScenario } from "../../catalogue/scenario.ts";
import { confirm, type Confirmed } from "../../check/confirm.ts";
import { versionOf } from "../../check/model-version.ts";
import { pathOf } from "../../check/schedule.ts";
import type { Property } from "../../model/property.ts";
import type { Problem, Stop } from "../../problem/exploration.ts";
import type { ResultStore } from "../search/result-store.ts";

/** What is kept of a run: it is taken again where it is to be seen. */
type KeptRun = Pick<Evidence, "handle" | "length" | "actions">;

/** What is kept of a verdict. */
interface KeptVerdict extends Omit<PropertyResult, "property" | "evidence"> {
  readonly property: string;
  readonly evidence: KeptRun | null;
}

/** What is kept of a case: all but what its world says of itself. */
interface KeptCase extends Pick<CaseResult, "stop" | "complete" | "depth" | "states" | "noEffect"> {
  readonly version: string;
  readonly verdicts: readonly KeptVerdict[];
}

/** How a search ends that another machine, or the same on another day, would not have ended there. */
const CHANCE: ReadonlySet<Stop> = new Set(["memory", "time", "interrupted"]);

const isLasting = (result: CaseResult): boolean => standing(result) === "ok" && !CHANCE.has(result.stop);

const verdictKept = ({ property, evidence, ...rest }: PropertyResult): KeptVerdict => ({
  ...rest,
  property: property.id,
  evidence: evidence && { handle: evidence.handle, length: evidence.length, actions: evidence.actions },
});

/** A run that is taken again, and confirmed, where somebody looks at its steps. */
const runAgain = (
  { handle, length, actions }: KeptRun,
  { scenario, property, problem }: KeptQuestion,
): Evidence => {
  let known: Confirmed<unknown> | undefined;
  const confirmed = (): Confirmed<unknown> =>
    (known ??= confirm(problem(), property, pathOf(problem(), parseHandle(handle, [scenario]).schedule)));
  return {
    handle,
    length,
    actions,
    get trace() {
      return confirmed().trace;
    },
    get args() {
      return confirmed().args;
    },
  };
};

interface KeptQuestion {
  readonly scenario: AnyScenario;
  readonly property: Property<unknown>;
  readonly problem: () => Problem<unknown>;
}

/**
 * Cases of the worlds that ship, kept in a store with the models that they come to. What is not as expected is not kept, nor
 * what time or memory has cut short: it is searched again each time.
 */
export class KeptCases {
  readonly #store: ResultStore;
  readonly #ships: ReadonlySet<AnyScenario>;
  readonly #maxStates: number | null;

  /** `ships` are the scenarios that the build's code says all of; `maxStates` bounds each search. */
  constructor(store: ResultStore, ships: readonly AnyScenario[], maxStates: number | null) {
    this.#store = store;
    this.#ships = new Set(ships);
    this.#maxStates = maxStates;
  }

  /** Cases of a scenario by the model that they come to, where that is kept: no model is built. */
  groups(cases: readonly Case[]): readonly CaseGroup[] | undefined {
    if (!this.#isOfShipped(cases)) return undefined;
    const places = this.#store.read(modelsAsked(cases)) as readonly (readonly number[])[] | undefined;
    return places?.map((of) => groupAlike(of.map((place) => cases[place])));
  }

  /** Keeps which cases of a scenario come to the same model. */
  keepGroups(cases: readonly Case[], groups: readonly CaseGroup[]): void {
    if (!this.#isOfShipped(cases)) return;
    const places = groups.map((group) => group.cases.map((one) => cases.indexOf(one)));
    this.#store.write(modelsAsked(cases), places);
  }

  /** What is kept of all cases of a model, asked these properties; nothing where one is not. */
  results(group: CaseGroup, properties: readonly Property<unknown>[]): readonly CaseResult[] | undefined {
    if (!this.#isOfShipped(group.cases)) return undefined;
    const results: CaseResult[] = [];
    for (const one of group.cases) {
      const kept = this.#store.read(this.#caseAsked(one, properties)) as KeptCase | undefined;
      if (kept === undefined) return undefined;
      results.push(resultOf(one, kept, group, properties));
    }
    return results;
  }

  /** Keeps what was found of cases that were asked these properties. */
  keep(results: readonly CaseResult[], properties: readonly Property<unknown>[]): void {
    if (!this.#isOfShipped(results)) return;
    for (const result of results.filter(isLasting)) {
      const { stop, complete, depth, states, noEffect = [], problem } = result;
      const kept: KeptCase = {
        stop,
        complete,
        depth,
        states,
        noEffect,
        version: versionOf(problem),
        verdicts: result.properties.map(verdictKept),
      };
      this.#store.write(this.#caseAsked(result, properties), kept);
    }
  }

  /** Whether these are cases of a scenario as it ships: nothing that was added or changed is in the code of the build. */
  #isOfShipped([first]: readonly Case[]): boolean {
    return first !== undefined && this.#ships.has(first.scenario);
  }

  #caseAsked({ scenario, choice }: Case, properties: readonly Property<unknown>[]): unknown {
    return ["check", scenario.name, choice, properties.map(({ id }) => id), this.#maxStates];
  }
}

const modelsAsked = (cases: readonly Case[]): unknown => [
  "models",
  cases[0].scenario.name,
  cases.map(({ choice }) => choice),
];

/** What is kept of a case as if it had just been found: its model is built where somebody asks for it. */
const resultOf = (
  { scenario, choice }: Case,
  { version, verdicts, ...found }: KeptCase,
  group: CaseGroup,
  asked: readonly Property<unknown>[],
): CaseResult => {
  const problem = (): Problem<unknown> => ({
    ...group.problem,
    properties: applicable({ scenario, choice, properties: asked }, group.problem),
  });
  return {
    scenario,
    choice,
    ...found,
    refusal: null,
    cached: { version },
    get problem() {
      return problem();
    },
    properties: verdicts.map(({ property: id, evidence, ...verdict }) => {
      const property = asked.find((one) => one.id === id)!;
      return {
        ...verdict,
        property,
        evidence: evidence && runAgain(evidence, { scenario, property, problem }),
      };
    }),
  };
};
