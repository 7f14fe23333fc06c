import type { Draft } from "#check";
import { vectorNames, type Vector } from "./state-vectors.ts";
import type { State } from "./state.ts";

type Vcpu = State["vcpu"][number];

/** The guest's handler of a vector runs. */
export const handles = ({ isr, endedInVain }: Pick<Vcpu, "isr" | "endedInVain">, vector: Vector): boolean =>
  isr[vector] && !endedInVain;

/** Virtual-interrupt delivery: the vector of RVI goes into service and is SVI; RVI is the highest that is left. */
export const takeInterrupt = (d: Draft<State>, v: number, vector: Vector): void => {
  const vcpu = d.vcpu[v];
  vcpu.irr[vector] = false;
  vcpu.isr[vector] = true;
  vcpu.svi = "HIGHEST_ISR";
};

/** PPR, which is SVI if that is above TPR, lets the vector through, as far as SVI is not the highest of ISR. */
export const aboveSvi = ({ svi }: Pick<Vcpu, "svi">, vector: Vector): boolean =>
  svi === "HIGHEST_ISR" || svi === "NONE" || vectorNames.indexOf(vector) < vectorNames.indexOf(svi);
