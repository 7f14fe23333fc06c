import {
  CHANGES,
  type AskKind,
  type PageFile,
  type PageQuestion,
  type WorldOffered,
} from "./worker/messages.ts";

/** Questions of one's own, with what each asks and an example of the form that it has. */
export const ASK_KINDS: Readonly<Record<AskKind, { readonly says: string; readonly form: string }>> = {
  never: { says: "no state has", form: "EXPR" },
  always: { says: "every state has", form: "EXPR" },
  reach: { says: "some state has", form: "EXPR" },
  leadsTo: { says: "the first is followed by the second", form: "EXPR => EXPR" },
};

const isKind = (text: string): text is AskKind => Object.hasOwn(ASK_KINDS, text);

/** States that are found at most unless more are asked for. */
const STATES = 1_000_000;

/** What a world asks where nothing is chosen; one that does not ship is that of a file. */
export const questionAbout = (world: string, file: PageFile | null = null): PageQuestion => ({
  world,
  file,
  changes: {},
  axes: {},
  set: [],
  own: null,
  depth: null,
  switches: null,
  symmetry: false,
  states: STATES,
});

/** A question as the part of an address behind the `?`. */
export const searchOf = ({ world, file, changes, axes, set, own, ...bounds }: PageQuestion): string => {
  const said = new URLSearchParams({ world });
  if (file !== null) {
    said.set("file", file.name);
    said.set("text", file.text);
  }
  for (const change of CHANGES) for (const text of changes[change] ?? []) said.append(change, text);
  for (const [axis, value] of Object.entries(axes)) said.append("axis", `${axis}=${value}`);
  for (const setting of set) said.append("set", setting);
  if (own !== null) said.set(own.kind, own.text);
  if (bounds.depth !== null) said.set("depth", String(bounds.depth));
  if (bounds.switches !== null) said.set("switches", String(bounds.switches));
  if (bounds.symmetry) said.set("symmetry", "");
  if (bounds.states !== STATES) said.set("states", String(bounds.states));
  return `?${said.toString()}`;
};

const whole = (text: string | null): number | null => (/^\d{1,9}$/.test(text ?? "") ? Number(text) : null);

/** The question that an address asks; undefined where it asks none. */
export const questionIn = (search: string): PageQuestion | undefined => {
  const said = new URLSearchParams(search);
  const world = said.get("world");
  if (world === null) return undefined;
  const kind = [...said.keys()].find(isKind);
  const pairs = said.getAll("axis").map((text) => [text.split("=")[0], text.split("=")[1] ?? ""] as const);
  const changes = CHANGES.flatMap((change) =>
    said.has(change) ? [[change, said.getAll(change)] as const] : [],
  );
  return {
    world,
    file: said.has("file") ? { name: said.get("file")!, text: said.get("text") ?? "" } : null,
    changes: Object.fromEntries(changes),
    axes: Object.fromEntries(pairs),
    set: said.getAll("set"),
    own: kind === undefined ? null : { kind, text: said.get(kind)! },
    depth: whole(said.get("depth")),
    switches: whole(said.get("switches")),
    symmetry: said.has("symmetry"),
    states: whole(said.get("states")) ?? STATES,
  };
};

/** A question with another value of an option; the default says nothing. */
export const withSetting = (
  question: PageQuestion,
  { options }: WorldOffered,
  name: string,
  value: string,
): PageQuestion => {
  const set = question.set.filter((setting) => setting.split("=")[0] !== name);
  const isDefault = options.find((option) => option.name === name)?.values[0] === value;
  return { ...question, set: isDefault ? set : [...set, `${name}=${value}`] };
};
