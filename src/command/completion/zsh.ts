import { functionName } from "./bash.ts";
import { optionsIn, type CommandNode, type CommandTree } from "./command-tree.ts";
import type { KnownWords } from "./known-words.ts";

/** A word and what it is, as `_describe` takes them. */
const described = (word: string, about: string): string =>
  `'${word.replaceAll(":", "\\:")}:${about.replaceAll("'", "'\\''")}'`;

const options = ({ options: all }: CommandNode): string =>
  all.map(({ long, about }) => described(long, about)).join(" ");

/** A script for zsh. What is no known word is completed as a file, where a command takes files. */
export const zshScript = (tree: CommandTree, { ofOptions, ofCommands, takeFiles }: KnownWords): string => {
  const { program, commands } = tree;
  const name = functionName(program.name);
  const open = [...optionsIn(tree).values()]
    .filter(({ long, takesValue }) => takesValue && !ofOptions.has(long))
    .map(({ long }) => long);
  return `#compdef ${program.name}
# ${program.name}: completion for zsh. To use it: source <(${program.name} completion zsh)
${name}() {
  local -a commands options
  local before=$words[CURRENT-1]
  if [[ $PREFIX == --*=* ]]; then
    before=\${PREFIX%%=*}
    compset -P '*='
  fi
  case $before in
${[...ofOptions].map(([long, known]) => `    ${long}) compadd -- ${known.join(" ")}; return ;;`).join("\n")}
    ${open.join("|")}) _files; return ;;
  esac
  if (( CURRENT == 2 )); then
    commands=(${commands.map((command) => described(command.name, command.about)).join(" ")})
    options=(${options(program)})
    _describe command commands
    [[ $PREFIX == -* ]] && _describe option options
    return
  fi
  if [[ $PREFIX == -* ]]; then
    case $words[2] in
${commands.map((command) => `      ${command.name}) options=(${options(command)}) ;;`).join("\n")}
    esac
    _describe option options
    return
  fi
  case $words[2] in
${[...ofCommands].map(([command, known]) => `    ${command}) compadd -- ${known.join(" ")} ;;`).join("\n")}
  esac
  [[ $words[2] == (${[...takeFiles].join("|")}) ]] && _files
}
compdef ${name} ${program.name}
`;
};
