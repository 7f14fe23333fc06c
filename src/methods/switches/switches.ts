import { checkCount } from "../../problem/check-bounds.ts";
import { CheckError } from "../../errors.ts";
import { int, record, type Domain } from "../../schema/domain.ts";
import { WRAPPED } from "../../state-path.ts";
import type { Args, Draft } from "../../model/action.ts";
import type { Step } from "../../model/model.ts";
import type { Safety, StepProperty } from "../../model/property.ts";
import {
  refuseLiveness,
  type Bounds,
  type Exploration,
  type Explore,
  type Problem,
  type Pulse,
  type Stop,
  type Told,
} from "../../problem/exploration.ts";
import { satisfies } from "../../problem/constrained.ts";
import { isEnabled } from "../../problem/plain-step.ts";
import { refuseBound } from "../por/reduced.ts";
import { Rows } from "./rows.ts";

/** What this is called where it refuses something. */
const BOUNDED = "a search within a bound on switches";

/** The field of a node beside the state of the model, behind it. */
const CONTROL = "control";

/**
 * Who moved last and how often control has passed between actors so far, as one number: 0 where no actor has moved yet, else
 * `1 + used * actors + actor`.
 */
class Control {
  readonly actors: readonly string[];
  readonly switches: number;

  constructor(actors: readonly string[], switches: number) {
    this.actors = actors;
    this.switches = switches;
  }

  get domain(): Domain<number> {
    return int(0, this.actors.length * (this.switches + 1));
  }

  /** The actor that moved last, by its place; -1 where none has. */
  moved(code: number): number {
    return code === 0 ? -1 : (code - 1) % this.actors.length;
  }

  /** How often control has passed. */
  used(code: number): number {
    return code === 0 ? 0 : Math.floor((code - 1) / this.actors.length);
  }

  /** The number after a step of an actor; -1 where that is one switch too many. */
  after(code: number, actor: number): number {
    const moved = this.moved(code);
    if (moved === actor) return code;
    const used = this.used(code) + (moved < 0 ? 0 : 1);
    return used > this.switches ? -1 : 1 + used * this.actors.length + actor;
  }
}

/** A state of a bounded problem: a state of the model, whole, and who moved last with the switches used. */
interface Node<S> {
  readonly [WRAPPED]: S;
  [CONTROL]: number;
}

const controlled = <S>(step: Step<S>, control: Control): Step<Node<S>> => {
  const { action, actor } = step;
  const { guardAfter, ...described } = action;
  const place = control.actors.indexOf(actor);
  return {
    ...step,
    action: {
      ...described,
      // The guard of the model first: the fast engine files a step under what its guard reads first.
      guard: (node, args) => {
        const may = action.guard(node[WRAPPED], args);
        return may === true ? control.after(node[CONTROL], place) >= 0 : may;
      },
      effect: (draft, args) => {
        const node = draft as { readonly [WRAPPED]: Draft<S>; [CONTROL]: number };
        const returned: unknown = action.effect(node[WRAPPED], args);
        node[CONTROL] = control.after(node[CONTROL], place);
        return returned as undefined;
      },
      ...(guardAfter && {
        guardAfter: (before, after, args) => guardAfter(before[WRAPPED], after[WRAPPED], args),
      }),
    },
  };
};

/** A property as it is asked of the nodes: of the model's part of them. */
const askedOf = <S>(property: Safety<S>): Safety<Node<S>> => {
  const ofState =
    (look: (state: S, args: Args) => boolean) =>
    (node: Node<S>, args: Args): boolean =>
      look(node[WRAPPED], args);
  const ofStep =
    (look: StepProperty<S>["holds"]): StepProperty<Node<S>>["holds"] =>
    (before, after, taken, args) =>
      look(before[WRAPPED], after[WRAPPED], taken, args);
  if (property.kind === "sometimes") return { ...property, holds: ofState(property.holds) };
  if (property.kind === "step") {
    const { antecedent, holds, ...rest } = property;
    return { ...rest, holds: ofStep(holds), ...(antecedent && { antecedent: ofStep(antecedent) }) };
  }
  const { antecedent, holds, ...rest } = property;
  return { ...rest, holds: ofState(holds), ...(antecedent && { antecedent: ofState(antecedent) }) };
};

/**
 * The problem whose runs are those of `problem` in which control passes between actors at most so often: its states,
 * called nodes, also hold who moved last and the switches used. Guards, recipes and properties are handed the state of the
 * model alone. Steps keep their ids, so a run of it is one of `problem`.
 */
const boundedProblem = <S>(problem: Problem<S>, control: Control): Problem<Node<S>> => {
  const { model, scope, start, steps, properties, constraints } = problem;
  const nodes = start.map((state): Node<S> => ({ [WRAPPED]: state, [CONTROL]: 0 }));
  const bounded = steps.map((step) => controlled(step, control));
  return {
    model: {
      name: model.name,
      state: record({ [WRAPPED]: model.state, [CONTROL]: control.domain }),
      init: () => nodes,
      actions: bounded.map(({ action }) => action),
    },
    scope,
    start: nodes,
    steps: bounded,
    properties: refuseLiveness(properties, BOUNDED).map(askedOf),
    ...(constraints && {
      constraints: constraints.map(({ id, holds, ...rest }) => ({
        ...rest,
        id,
        holds: (node: Node<S>) => holds(node[WRAPPED]),
      })),
    }),
  };
};

/** The states of the model that the nodes of a bounded search stand for. */
interface Projected {
  /** The first node of each state, in the order of the nodes. */
  readonly first: readonly number[];
  /** For each state, 1 where some node of it leaves any actor free to move. */
  readonly free: readonly number[];
  /** Pairs of a state and an actor that moved last into it and so may go on. */
  readonly goOn: Rows;
  readonly stop: Stop | undefined;
}

/** Nodes between two pulses. */
const EVERY = 2 ** 14;

const project = async <S>(
  nodes: Exploration<Node<S>>,
  control: Control,
  pulse: Pulse,
): Promise<Projected> => {
  const first: number[] = [];
  const free: number[] = [];
  const goOn = new Rows(2);
  const fields = nodes.states === 0 ? 0 : nodes.row(0).length - 1;
  const states = new Rows(fields);
  /** The codes by their numbers in the rows. */
  const codes = new Map<number, number>();
  let stop: Stop | undefined;
  for (let node = 0; node < nodes.states && stop === undefined; node++) {
    const row = nodes.row(node);
    const number = row[fields];
    const state = states.number(row);
    if (state === first.length) {
      first.push(node);
      free.push(0);
    }
    const code = codes.get(number) ?? nodes.state(node)[CONTROL];
    codes.set(number, code);
    if (code === 0 || control.used(code) < control.switches) free[state] = 1;
    else goOn.number([state, control.moved(code)]);
    if (node % EVERY === EVERY - 1)
      stop = await pulse({
        depth: nodes.levels.length - 1,
        states: nodes.states,
        transitions: nodes.transitions,
        frontier: 0,
        wantsBytes: 0,
      });
  }
  return { first, free, goOn, stop };
};

/** Whether every step that the model can take from a state found was taken: then the bound left nothing out. */
const isClosed = <S>(
  problem: Problem<S>,
  control: Control,
  { first, free, goOn }: Projected,
  nodes: Exploration<Node<S>>,
): boolean =>
  first.every((node, state) => {
    if (free[state] === 1) return true;
    const plain = nodes.state(node)[WRAPPED];
    if (!satisfies(problem, plain)) return true;
    return problem.steps.every(
      (step) => goOn.has([state, control.actors.indexOf(step.actor)]) || !isEnabled(problem, step, plain),
    );
  });

/** How many states were first found at each distance. */
const levelsOf = (first: readonly number[], levels: readonly number[]): readonly number[] => {
  let state = 0;
  let end = 0;
  const counted = levels.map((size) => {
    const from = state;
    for (end += size; state < first.length && first[state] < end;) state++;
    return state - from;
  });
  while (counted.at(-1) === 0) counted.pop();
  return counted;
};

const controlOf = <S>({ steps }: Problem<S>, switches: number): Control =>
  new Control([...new Set(steps.map(({ actor }) => actor))], switches);

/** The problem that `withinSwitches` has explored: states with who moved last and the switches used. */
export const problemWithin = <S>(problem: Problem<S>, switches: number): Problem<unknown> =>
  boundedProblem(problem, controlOf(problem, switches)) as unknown as Problem<unknown>;

/**
 * An explorer of the runs in which control passes between actors at most `switches` times (Qadeer and Rehof, Context-
 * bounded model checking of concurrent software, 2005), made from one that knows no such bound. Runs are the shortest
 * within the bound. States, their depths and the runs to them are those of the model; transitions, coverage, antecedents
 * and the limit on states count nodes: a state with who moved last and the switches used. Where every step from every
 * state found (that satisfies the constraints) was taken the search is exhausted, whatever the bound. `deadlocks` is null: not counted.
 */
export const withinSwitches =
  (explore: Explore, switches: number): Explore =>
  async <S>(
    problem: Problem<S>,
    bounds?: Bounds,
    pulse: Pulse = () => undefined,
  ): Promise<Exploration<S>> => {
    refuseLiveness(problem.properties, BOUNDED);
    refuseBound(problem, "switches");
    checkCount("the bound on switches", switches);
    if (problem.symmetry !== undefined)
      throw new CheckError("usage", "a bound on switches tells actors apart, which symmetry does not");
    const control = controlOf(problem, switches);
    const nodes = await explore(boundedProblem(problem, control), bounds, pulse);
    const projected = await project(nodes, control, pulse);
    const { first } = projected;
    /** Of a state that leaves any actor free to move, as its first node has it. */
    const told = (id: number): Told<S> | undefined => {
      const code = nodes.state(first[id])[CONTROL];
      const node = control.used(code) < control.switches || code === 0 ? nodes.told?.(first[id]) : undefined;
      return node && { ...node, moves: node.moves.map((move) => ({ ...move, after: move.after[WRAPPED] })) };
    };
    const whole = nodes.stop === "exhausted" || nodes.stop === "constraint";
    const cut = whole && !isClosed(problem, control, projected, nodes);
    return {
      ...nodes,
      stop: projected.stop ?? (cut ? "switches" : nodes.stop),
      states: first.length,
      nodes: nodes.states,
      ...(problem.constraints === undefined
        ? {}
        : { constrained: first.filter((node) => !satisfies(problem, nodes.state(node)[WRAPPED])).length }),
      levels: levelsOf(first, nodes.levels),
      deadlocks: null,
      state: (id) => nodes.state(first[id])[WRAPPED],
      told,
      row: (id) => nodes.row(first[id]),
      codes: (id) => nodes.codes(first[id]),
      path: (id) => nodes.path(first[id]),
    };
  };
