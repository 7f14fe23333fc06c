/** The kernels whose source was read, the newest first: it is the default. */
export const kernels = {
  "7.3": {
    about: "the newest that was read, of the 7.3 cycle (after 7.2, -rc unknown)",
    source: "versions 7.3",
  },
  "7.1": { about: "7.1, as commits and their versions tell what differs from 7.3", source: "versions 7.1" },
  "6.19": { about: "6.19.0", source: "versions 6.19" },
  "6.16": { about: "6.16.1, the first with TDX guests", source: "versions 6.16" },
  "6.14": { about: "6.14.0, when the thread was written: TDX guests were patches", source: "versions 6.14" },
} as const;

/** A kernel by its version. */
export type KernelName = keyof typeof kernels;

/** The kernels by name, the default first. */
export const kernelNames = Object.keys(kernels) as KernelName[];

/** A value for each kernel, of what each was the first to have: the oldest has to be named. */
export type Since<V extends string> = Readonly<Partial<Record<KernelName, V>>> & { readonly "6.14": V };

/** The value of each kernel, the newest first. */
export const ofEachKernel = <V extends string>(since: Since<V>): Readonly<Record<string, V>> => {
  let value = since["6.14"];
  const oldestFirst = kernelNames.toReversed().map((kernel): readonly [KernelName, V] => {
    value = since[kernel] ?? value;
    return [kernel, value];
  });
  return Object.fromEntries(oldestFirst.toReversed());
};
