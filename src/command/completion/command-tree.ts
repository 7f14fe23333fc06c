import type { Argument, Command, Option } from "commander";

/** An option, as a shell or a manual page needs it. */
export interface OptionNode {
  /** As it is typed: `--depth`. */
  readonly long: string;
  readonly short: string | undefined;
  /** With the form of its value: `--depth <n>`. */
  readonly flags: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
  readonly about: string;
}

/** A command, or the program itself, as a shell or a manual page needs it. */
export interface CommandNode {
  readonly name: string;
  /** What follows its name: `[options] [scenario]`. */
  readonly usage: string;
  readonly about: string;
  readonly arguments: readonly { readonly name: string; readonly about: string }[];
  readonly options: readonly OptionNode[];
}

const optionNode = ({ long, short, flags, description, argChoices = [], ...rest }: Option): OptionNode => ({
  long: long ?? flags,
  short,
  flags,
  takesValue: rest.required || rest.optional,
  choices: argChoices,
  about: description,
});

const argumentNode = (argument: Argument) => ({ name: argument.name(), about: argument.description });

const HELP: OptionNode = {
  long: "--help",
  short: "-h",
  flags: "-h, --help",
  takesValue: false,
  choices: [],
  about: "print this help",
};

const commandNode = (command: Command): CommandNode => ({
  name: command.name(),
  usage: command.usage(),
  about: command.description(),
  arguments: command.registeredArguments.map(argumentNode),
  options: [...command.options.map(optionNode), HELP],
});

/** The program, and each of its commands. */
export interface CommandTree {
  readonly program: CommandNode;
  readonly commands: readonly CommandNode[];
}

/** What a program takes. */
export const treeOf = (program: Command): CommandTree => ({
  program: commandNode(program),
  commands: program.commands.map(commandNode),
});

/** Of what all commands take together: each option once, by how it is typed. */
export const optionsIn = ({ commands }: CommandTree): ReadonlyMap<string, OptionNode> =>
  new Map(commands.flatMap(({ options }) => options.map((option) => [option.long, option] as const)));
