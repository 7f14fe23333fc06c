import type { CommandTree } from "./command-tree.ts";
import type { KnownWords } from "./known-words.ts";

const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, (letter) => `\\${letter}`)}'`;

/** A script for fish. What is no known word is completed as a file. */
export const fishScript = (
  { program, commands }: CommandTree,
  { ofOptions, ofCommands }: KnownWords,
): string => {
  const complete = (condition: string, rest: string): string =>
    `complete -c ${program.name} -n ${quoted(condition)} ${rest}`;
  const lines = commands.flatMap(({ name, about, options }) => {
    const seen = `__fish_seen_subcommand_from ${name}`;
    const words = ofCommands.get(name);
    return [
      complete("__fish_use_subcommand", `-f -a ${name} -d ${quoted(about)}`),
      ...(words === undefined ? [] : [complete(seen, `-a ${quoted(words.join(" "))}`)]),
      ...options.map(({ long, takesValue, about: what }) => {
        const known = ofOptions.get(long);
        const value = known === undefined ? " -r" : ` -x -a ${quoted(known.join(" "))}`;
        return complete(seen, `-l ${long.slice(2)}${takesValue ? value : ""} -d ${quoted(what)}`);
      }),
    ];
  });
  const own = program.options.map(({ long, about }) =>
    complete("__fish_use_subcommand", `-l ${long.slice(2)} -d ${quoted(about)}`),
  );
  return `# ${program.name}: completion for fish. To use it: ${program.name} completion fish | source
${[...own, ...lines].join("\n")}
`;
};
