/**
 * The URL of the module `name` beside the module at `url`, as source or as built: for worker threads, which have to find
 * it themselves. In the bundle every module that is found so is an entry.
 */
export const moduleBeside = (url: string, name: string): string =>
  new URL(`./${name}${url.endsWith(".ts") ? ".ts" : ".js"}`, url).href;
