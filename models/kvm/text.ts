/** What a guest is to the kernel, as far as words for the same step differ. */
export type GuestKind = "td" | "vmx" | "svm";

/** A text that differs by the kind of guest; `any` is for all of them, where no guest is chosen. */
export type ByGuest = Readonly<Record<GuestKind | "any", string>>;

/** A text about a step. */
export type Text = string | ByGuest;

/** A text by the kind of guest; `ordinary` are VMX and SVM. A kind that is not named has the text for all. */
export const byGuest = (any: string, texts: Partial<Record<GuestKind | "ordinary", string>>): ByGuest => {
  const { ordinary = any, td = any, vmx = ordinary, svm = ordinary } = texts;
  return { any, td, vmx, svm };
};

/** The text for a kind of guest, or for all. */
export const pick = (text: Text, kind: GuestKind | "any"): string =>
  typeof text === "string" ? text : text[kind];

/** A text with some words before it, whatever the guest. */
export const after = (words: string, { any, td, vmx, svm }: ByGuest): ByGuest => ({
  any: words + any,
  td: words + td,
  vmx: words + vmx,
  svm: words + svm,
});
