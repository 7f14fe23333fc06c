/** The same text, without the piece of a file that it was cut out of, which would be kept with it. */
export const ownText = (text: string): string => Array.from(text).join("");
