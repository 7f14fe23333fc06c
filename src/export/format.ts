/** The languages of other checkers in which a world is written: of Rumur, and of Spin. */
export const EXPORT_FORMATS = ["murphi", "promela"] as const;
/** One of them. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
