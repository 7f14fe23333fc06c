import type { Draft, FollowedWorld } from "#check";
import { freeze, produce } from "immer";
import type { Forget } from "../../../models/kvm/validation/forgetting.ts";
import { anyVector } from "../../../models/kvm/predicates.ts";
import { vectorNames } from "../../../models/kvm/state-vectors.ts";
import type { State } from "../../../models/kvm/state.ts";
import { propertyOf, type Problem } from "../../../src/api/inside.ts";
import { codecOf } from "../../../src/derive/codec.ts";
import { stepText } from "../../../src/model/model.ts";
import { seenMoves, type SeenMoves, type Taken } from "../../../src/observed/moves.ts";
import type { Observing } from "../../../src/observed/observing.ts";
import { takerOf } from "../../../src/problem/plain-step.ts";
import { walked } from "../../models/kvm/step-texts.ts";

/** Of a property of which nothing is recorded a world forgets nothing. */
const looksAtAnything = propertyOf<unknown>().invariant({
  id: "not-recorded",
  statement: "Anything may be looked at.",
  holds: () => true,
});

/** Where no step reads any more which exit it was: on the way into the guest, and in it. */
const entering: readonly State["vcpu"][number]["pc"][] = [
  "INJECT_TIMER",
  "CLEAR_PENDING",
  "RUN_TOP",
  "REQUESTS",
  "REQUEST_APICV",
  "REQUESTS_DONE",
  "EVENTS",
  "IRQS_OFF",
  "MODE_IN",
  "SYNC_PIR",
  "EXIT_REQUEST",
  "VENDOR_RUN",
  "ENTER",
  "NONROOT",
];

/** The exit that was handled, as long as the next one has not come. */
export const handledExit = ({ vcpu: [one] }: Draft<State>): void => {
  if (entering.includes(one.pc)) one.exit = "OTHER";
};

/** The exit that was handled, of which nobody asks what it was once its handler has begun. */
export const dispatchedExit = ({ vcpu: [one] }: Draft<State>): void => {
  if (one.pc !== "EXITED" && one.pc !== "IRQS_ON") one.exit = "OTHER";
};

/** An interrupt that is not injected since another is in service, which may as well not have come; and what is in service. */
export const notInjected = ({ vcpu: [one] }: Draft<State>): void => {
  if (one.pc === "EVENTS" && anyVector(one.isr)) {
    one.req.EVENT = false;
    for (const vector of vectorNames) one.irr[vector] = false;
  }
  for (const vector of vectorNames) one.isr[vector] = false;
};

/** What a timer has nothing to do with: that an exit is for an EOI or a host's interrupt, and what KVM does for an EOI. */
export const exitOfOthers = ({ vcpu: [one] }: Draft<State>): void => {
  if (one.exit === "EOI" || one.exit === "EXTINT") one.exit = "OTHER";
  if (one.pc === "EOI_SOFTWARE" || one.pc === "EOI_SEND") one.pc = "IRQS_ON";
};

/** Asks of a state what it can do, and what is seen of that. */
const movesIn = (problem: Problem<State>, observing: Observing<State>) => {
  const take = takerOf(problem);
  const seen = seenMoves(problem, observing);
  return (state: State): SeenMoves<State> & { readonly names: readonly string[] } => {
    const reached = problem.steps.flatMap((step) => {
      const after = take(step, state)?.after;
      return after === undefined ? [] : [{ step: step.id, after }];
    });
    return { ...seen(state, reached), names: reached.map(({ step }) => stepText(problem.steps[step])) };
  };
};

const isSilent = ({ announced, owed, rare }: Taken<State>): boolean =>
  announced.length + owed.length === 0 && rare === undefined;

/** What may be announced in a state, of steps that can be taken and of those that wait for a lock. */
const announcedIn = ({ taken, waiting }: SeenMoves<State>): readonly string[] =>
  [...taken, ...waiting]
    .filter(({ announced }) => announced.length > 0)
    .map(({ context, announced }) => JSON.stringify([context, announced]));

/**
 * Walks a world that forgets nothing, and beside it the one that forgets, from state to state that differ in no more than
 * `apart` makes alike. Says which steps the second cannot follow, being seen as the first is; which of them it has to take is
 * its own affair, and one that nobody sees it need not take where that makes no difference.
 */
export const notFollowed = (
  { problem, observing }: FollowedWorld,
  apart: readonly Forget["effect"][],
  length: number,
): ReadonlySet<string> => {
  const full = problem([looksAtAnything]) as Problem<State>;
  const ofFull = movesIn(full, observing as Observing<State>);
  const ofForgetting = movesIn(problem() as Problem<State>, observing as Observing<State>);
  const { encode } = codecOf(full.model.state, full.scope);
  const alike = (state: State): string =>
    encode(
      freeze(
        produce(state, (d) => apart.forEach((make) => make(d))),
        true,
      ),
    ).join();
  const keyOf = (after: State): string => encode(after).join();
  const seenText = ({ after, ...seen }: Taken<State>): string => `${JSON.stringify(seen)} ${alike(after)}`;

  const missing = new Set<string>();
  let beside = full.start[0];
  for (const { before, after } of walked(full, length)) {
    const moves = ofFull(before);
    const others = ofForgetting(beside);
    const ways = new Map(others.taken.map((move) => [seenText(move), move.after]));
    const here = alike(beside);
    const partners = new Map<string, State>();
    moves.taken.forEach((move, place) => {
      const stays = isSilent(move) && alike(move.after) === here ? beside : undefined;
      const partner = ways.get(seenText(move)) ?? stays;
      if (partner === undefined) missing.add(moves.names[place]);
      else partners.set(keyOf(move.after), partner);
    });
    const announced = announcedIn(others);
    for (const one of announcedIn(moves)) if (!announced.includes(one)) missing.add(`announced: ${one}`);
    for (const [name, holds] of Object.entries(observing.marks))
      if (holds(before) && !holds(beside)) missing.add(`mark: ${name}`);
    for (const [name, fact] of Object.entries(observing.facts))
      if (fact(before) !== fact(beside)) missing.add(`fact: ${name}`);
    const next = partners.get(keyOf(after));
    if (next === undefined) return missing;
    beside = next;
  }
  return missing;
};
