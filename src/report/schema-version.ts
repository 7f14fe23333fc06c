/** The version of everything that is written as JSON: it goes up when a key goes or means something else. */
export const SCHEMA_VERSION = 2;
