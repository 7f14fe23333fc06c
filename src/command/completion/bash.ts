import { optionsIn, type CommandTree } from "./command-tree.ts";
import type { KnownWords } from "./known-words.ts";

/** The name of the function that completes: of letters alone. */
export const functionName = (program: string): string => `_${program.replaceAll(/\W/g, "_")}`;

const arm = (patterns: readonly string[], words: readonly string[]): string =>
  `    ${patterns.join("|")}) words="${words.join(" ")}" ;;`;

/** A script for bash. What is no known word is completed as a file, where a command takes files. */
export const bashScript = (tree: CommandTree, { ofOptions, ofCommands, takeFiles }: KnownWords): string => {
  const { program, commands } = tree;
  const name = functionName(program.name);
  const open = [...optionsIn(tree).values()]
    .filter(({ long, takesValue }) => takesValue && !ofOptions.has(long))
    .map(({ long }) => long);
  const optionsOf = commands.map((command) =>
    arm(
      [command.name],
      command.options.map(({ long }) => long),
    ),
  );
  return `# ${program.name}: completion for bash. To use it: source <(${program.name} completion bash)
${name}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command= words= i
  # Of --option=value bash makes three words.
  [[ $prev == = ]] && prev=\${COMP_WORDS[COMP_CWORD-2]}
  [[ $cur == = ]] && cur=
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      -*) ;;
      *) command=\${COMP_WORDS[i]}; break ;;
    esac
  done
  case $prev in
${[...ofOptions].map(([long, words]) => arm([long], words)).join("\n")}
    ${open.join("|")}) return ;;
    *)
      if [[ -z $command ]]; then
        words="${[...commands.map((command) => command.name), ...program.options.map(({ long }) => long)].join(" ")}"
      elif [[ $cur == -* ]]; then
        case $command in
${optionsOf.map((line) => `      ${line}`).join("\n")}
        esac
      else
        case $command in
${[...ofCommands].map(([command, words]) => `      ${arm([command], words)}`).join("\n")}
        esac
        [[ $command == @(${[...takeFiles].join("|")}) ]] || compopt +o default 2>/dev/null
      fi ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F ${name} ${program.name}
`;
};
