import { ascii } from "../../report/wrap.ts";
import type { Load } from "../../catalogue/catalogue.ts";
import { exitsText } from "../terminal/help-text.ts";
import type { CommandNode, CommandTree, OptionNode } from "./command-tree.ts";

/** A text as roff prints it: no letter has a meaning. */
const roff = (text: string): string =>
  ascii(text)
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll(/^(?=[.'])/g, "\\&");

const item = (head: string, about: string): string => `.TP\n\\fB${roff(head)}\\fR\n${roff(about)}`;

const optionItem = ({ flags, about, choices }: OptionNode): string =>
  item(flags, choices.length === 0 ? about : `${about} (${choices.join(", ")})`);

const commandSection = (program: string, command: CommandNode): string =>
  [
    `.SS "${roff(`${program} ${command.name} ${command.usage}`)}"`,
    roff(command.about),
    ...command.arguments.map(({ name, about }) => item(name, about)),
    ...command.options.map(optionItem),
  ].join("\n");

const verbatim = (text: string): string =>
  [".nf", ...text.split("\n").map((line) => roff(line)), ".fi"].join("\n");

/** The manual page, section 1, in roff. */
export const manPage = (
  { program, commands }: CommandTree,
  version: string,
  examples: Load["examples"] = [],
): string => {
  const { name, about, options } = program;
  const [exits, environment] = exitsText().trim().split("\n\n");
  const body = (text: string): string => text.slice(text.indexOf("\n") + 1);
  return [
    `.TH "${roff(name).toUpperCase()}" 1 "" "${roff(`${name} ${version}`)}"`,
    `.SH NAME\n${roff(name)} \\- ${roff(about)}`,
    `.SH SYNOPSIS\n\\fB${roff(name)}\\fR \\fIcommand\\fR [\\fIoptions\\fR]`,
    `.SH OPTIONS\n${options.map(optionItem).join("\n")}`,
    `.SH COMMANDS\n${commands.map((command) => commandSection(name, command)).join("\n")}`,
    `.SH EXIT STATUS\n${verbatim(body(exits))}`,
    `.SH ENVIRONMENT\n${verbatim(body(environment))}`,
    ...(examples.length === 0
      ? []
      : [`.SH EXAMPLES\n${examples.map(([line, what]) => item(`${name} ${line}`, what)).join("\n")}`]),
    "",
  ].join("\n");
};
