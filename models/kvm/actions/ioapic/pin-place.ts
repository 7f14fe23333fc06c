import type { Draft } from "#check";
import { leave } from "../../leave.ts";
import type { Vector } from "../../state-vectors.ts";
import type { State } from "../../state.ts";

/** A pin of the I/O APIC: the field of the state that has it, and the vector in its entry. */
export interface Pin {
  readonly name: string;
  readonly vector: Vector;
}

/** The pin that every world has. */
export const thePin: Pin = { name: "pin", vector: "device" };

/** The pins that there are, in the order of the table, and the one that an action is about. */
export interface AtPin {
  readonly pin: Pin;
  readonly pins: readonly Pin[];
}

/** The one pin that every world has, alone. */
export const onePin: AtPin = { pin: thePin, pins: [thePin] };

/** A pin's part of a state, or of a draft. */
export const entryOf = <S extends Pick<State, "pin">>(s: S, { name }: Pin): S["pin"] =>
  (s as unknown as Readonly<Record<string, S["pin"]>>)[name];

/** What is called so of the first pin, for another one, or for a vector that another one has. */
export const nameAt = (name: string, of: string, first: string): string =>
  of === first ? name : `${name}_${of}`;

/** An action's name, at its pin. */
export const named = ({ pin, pins }: AtPin, name: string): string => nameAt(name, pin.name, pins[0].name);

/** Nobody delivers an interrupt of any pin. */
export const nothingDelivered = (s: Pick<State, "pin">, pins: readonly Pin[]): boolean =>
  pins.every((pin) => entryOf(s, pin).pc === "IDLE");

/** The pins whose entries have a vector. */
export const pinsOf = (pins: readonly Pin[], vector: Vector | "none"): readonly Pin[] =>
  pins.filter((pin) => pin.vector === vector);

/** Of several pins, those that something is about: the exit or the EOI of a vCPU, or a scan. */
type Marks = Record<string, boolean>;
interface Marked {
  readonly pins: { readonly exit: readonly Marks[]; readonly scan: Marks };
}
const marksOf = (s: object): Marked["pins"] => (s as Marked).pins;

/** The first pin that the exit of a vCPU, or the EOI in its thread, is about. */
export const concerned = (s: object, pins: readonly Pin[], v: number): Pin | undefined =>
  pins.length === 1 ? pins[0] : pins.find(({ name }) => marksOf(s).exit[v][name]);

/** From here on the exit of a vCPU, or the EOI in its thread, is about these pins. */
export const concern = (d: Draft<State>, pins: readonly Pin[], v: number, those: readonly Pin[]): void => {
  if (pins.length === 1) return;
  for (const pin of pins) marksOf(d).exit[v][pin.name] = those.includes(pin);
};

/** What the exit of a vCPU, or the EOI in its thread, had to do with a pin is done; says whether there is another. */
export const doneWith = (d: Draft<State>, pins: readonly Pin[], v: number, pin: Pin | undefined): boolean => {
  if (pins.length === 1 || pin === undefined) return false;
  marksOf(d).exit[v][pin.name] = false;
  return concerned(d, pins, v) !== undefined;
};

/** The guest is left with an exit that is about a pin. */
export const leaveFor = (
  { pin, pins }: AtPin,
  d: Draft<State>,
  v: number,
  exit: State["vcpu"][number]["exit"],
): void => {
  concern(d, pins, v, [pin]);
  leave(d, v, exit);
};

/** The scan that is under way is about a pin, which is served once it is over. */
export const serveAfterScan = (d: Draft<State>, { pin, pins }: AtPin): void => {
  if (pins.length > 1) marksOf(d).scan[pin.name] = true;
};

/** The pins that are served now that the scan is over. */
export const toServe = (d: Draft<State>, pins: readonly Pin[]): readonly Pin[] => {
  if (pins.length === 1) return pins;
  const { scan } = marksOf(d);
  const those = pins.filter(({ name }) => scan[name]);
  for (const { name } of those) scan[name] = false;
  return those;
};
