/** What `--no-cache` does: what is kept is no part of the answer, so that one may always do without. */
export const NO_CACHE_HELP =
  "search again for what was found before, and keep nothing ($XDG_CACHE_HOME or ~/.cache has what is kept)";
