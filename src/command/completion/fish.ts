import { functionName } from "./bash.ts";
import type { CommandTree } from "./command-tree.ts";
import type { KnownWords } from "./known-words.ts";

const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, (letter) => `\\${letter}`)}'`;

/** A script for fish. What is no known word is completed as a file, where a command takes files. */
export const fishScript = (
  { program, commands }: CommandTree,
  { ofOptions, ofCommands, takeFiles }: KnownWords,
): string => {
  const isCommand = `_${functionName(program.name)}_is`;
  const complete = (condition: string, rest: string): string =>
    `complete -c ${program.name} -n ${quoted(condition)} ${rest}`;
  const lines = commands.flatMap(({ name, about, options }) => {
    const seen = `${isCommand} ${name}`;
    const words = ofCommands.get(name);
    return [
      complete("__fish_use_subcommand", `-f -a ${name} -d ${quoted(about)}`),
      ...(takeFiles.has(name) ? [] : [complete(seen, "-f")]),
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
function ${isCommand}
  set -l words (commandline -opc)
  test (count $words) -gt 1; and test $words[2] = $argv[1]
end
${[...own, ...lines].join("\n")}
`;
};
