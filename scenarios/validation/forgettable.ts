import type { Forget } from "../../models/kvm/validation/forgetting.ts";
import { actionPaths } from "../action-paths.ts";

const touch = (paths: string, { fields }: Forget): boolean =>
  paths
    .split(" ")
    .some((path) => path !== "" && fields.some((field) => path.startsWith(field) || field.startsWith(path)));

/**
 * What may be forgotten where properties are asked: what they do not look at, nor the actions that write what they look at and
 * would be forgotten. A property of which nothing is recorded may look at anything; the actions that only worlds in which
 * captures are followed have keep no history.
 */
export const forgettable = (
  all: readonly Forget[],
  properties: readonly string[],
  actions: readonly string[],
): readonly Forget[] => {
  const looked = properties.map((id) => actionPaths.properties[id]);
  if (looked.some((touched) => touched === undefined)) return [];
  const known = actions.flatMap((name) => actionPaths.actions[name] ?? []);
  const needed = new Set(all.filter((forget) => looked.some(({ reads }) => touch(reads, forget))));
  for (const one of needed) {
    const writing = known.filter(({ writes }) => touch(writes, one));
    for (const other of all)
      if (other.alone !== true && writing.some(({ reads }) => touch(reads, other))) needed.add(other);
  }
  return all.filter((forget) => !needed.has(forget));
};
