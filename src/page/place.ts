/** What the address of the page says: which run is shown, and where in it. */
export interface Place {
  /** The name of a world, or of a claim; the first that has the property where left out. */
  readonly world?: string;
  /** The verdict whose run is shown; the overview where left out. */
  readonly property?: string;
  /** How many steps have been taken. */
  readonly step: number;
  /** Steps taken instead of those of the run, after so many of it. */
  readonly walk?: { readonly after: number; readonly steps: readonly number[] };
  readonly view: "steps" | "graph";
}

const wholeIn = (text: string | null): number => (text !== null && /^\d{1,9}$/.test(text) ? Number(text) : 0);

/** The place that a hash names; what it says wrongly is left out. */
export const placeOf = (hash: string): Place => {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const [world, property, walk] = ["world", "property", "walk"].map((key) => said.get(key) ?? undefined);
  const walked = /^(\d{1,9}):(\d{1,9}(?:\.\d{1,9})*)$/.exec(walk ?? "");
  return {
    step: wholeIn(said.get("step")),
    view: said.get("view") === "graph" ? "graph" : "steps",
    ...(world === undefined ? {} : { world }),
    ...(property === undefined ? {} : { property }),
    ...(walked === null
      ? {}
      : { walk: { after: Number(walked[1]), steps: walked[2].split(".").map(Number) } }),
  };
};

/** The hash that names a place. */
export const hashOf = ({ world, property, step, walk, view }: Place): string => {
  const said = new URLSearchParams();
  if (world !== undefined) said.set("world", world);
  if (property !== undefined) {
    said.set("property", property);
    said.set("step", String(step));
  }
  if (walk !== undefined) said.set("walk", `${walk.after}:${walk.steps.join(".")}`);
  if (view === "graph") said.set("view", view);
  const text = said.toString().replaceAll("%3A", ":").replaceAll("%2F", "/");
  return text === "" ? "#" : `#${text}`;
};
