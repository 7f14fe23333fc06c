/**
 * Rules against what overflows the stack where data are long: each argument of a call, and each call within a call, takes
 * a part of it. Where there can only be few, the exception says why: `oxlint-disable-next-line ... -- reason`.
 */

/** @type {import("oxlint/plugins").Rule} */
const noSpreadArgument = {
  meta: {
    type: "problem",
    docs: { description: "Arguments of a call are not spread from data of any length" },
    messages: {
      spread:
        "Arguments spread from long data overflow the stack: use a loop, concat, or a function of the whole array.",
    },
  },
  create: (context) => {
    const look = ({ arguments: given }) => {
      for (const argument of given)
        if (argument.type === "SpreadElement") context.report({ node: argument, messageId: "spread" });
    };
    /** `f.apply(undefined, all)`; other methods of that name take arguments one by one. */
    const isApply = ({ callee, arguments: [self] }) =>
      callee.type === "MemberExpression" &&
      !callee.computed &&
      callee.property.name === "apply" &&
      (self?.type === "ThisExpression" || self?.name === "undefined" || self?.value === null);
    const apply = (node) => {
      look(node);
      if (isApply(node)) context.report({ node, messageId: "spread" });
    };
    return { CallExpression: apply, NewExpression: look };
  },
};

const functions = new Set(["ArrowFunctionExpression", "FunctionExpression", "FunctionDeclaration"]);

/** What a function is called by: its own name, that of the variable, or `this.name` of a method or field. */
const nameOf = (node) => {
  if (node.id) return node.id.name;
  const { parent } = node;
  if (parent.type === "VariableDeclarator" && parent.id.type === "Identifier") return parent.id.name;
  if (parent.type === "MethodDefinition" || parent.type === "PropertyDefinition")
    return `this.${keyOf(parent.key)}`;
  return undefined;
};
const keyOf = (key) => (key.type === "PrivateIdentifier" ? `#${key.name}` : key.name);
const calledOf = ({ callee }) => {
  if (callee.type === "Identifier") return callee.name;
  if (callee.type !== "MemberExpression" || callee.computed || callee.object.type !== "ThisExpression")
    return undefined;
  return `this.${keyOf(callee.property)}`;
};

/** @type {import("oxlint/plugins").Rule} */
const noRecursion = {
  meta: {
    type: "problem",
    docs: { description: "A function does not call itself" },
    messages: {
      recursion: "Recursion over long data overflows the stack: use a loop with a stack of its own.",
    },
  },
  create: (context) => ({
    CallExpression: (node) => {
      const called = calledOf(node);
      if (called === undefined) return;
      for (let at = node.parent; at !== null; at = at.parent)
        if (functions.has(at.type) && nameOf(at) === called)
          return void context.report({ node, messageId: "recursion" });
    },
  }),
};

export default {
  meta: { name: "unbounded" },
  rules: { "no-spread-argument": noSpreadArgument, "no-recursion": noRecursion },
};
