import { expect, test } from "vitest";
import { expressionPredicates as predicates } from "../../models/kvm/expression-predicates.ts";
import { State } from "../../models/kvm/state.ts";
import { conditionOf, stepConditionOf } from "../../src/expression/condition.ts";
import { ExpressionError, withCaret } from "../../src/expression/expression-error.ts";
import { pathOf } from "../../src/expression/path.ts";
import { valueOf } from "../../src/expression/value.ts";

const args = { v: "vcpu", dest: ["0", "1"], mixed: ["a", 1] } as const;
const names = { state: State, scope: { vcpu: 1 }, args, predicates };

/** What is said of an expression, and of which part of it. */
const refusal = (read: () => unknown): readonly [string, string] => {
  try {
    read();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    expect(error.code).toBe("usage");
    return [error.message, error.text.slice(error.offset, error.offset + error.length)];
  }
  throw new Error("it is accepted");
};

const functions = ` (known: any, min, max, ${predicates.map(({ name }) => name).join(", ")})`;

/** An expression, what is said of it, and of which part: of all of it where that is left out. */
type Row = readonly [text: string, message: string, part?: string];
const full = (rows: readonly Row[]): readonly (readonly [string, string, string])[] =>
  rows.map(([text, message, part = text]) => [text, message, part]);

const conditions: readonly Row[] = [
  // Names.
  ["vcpu[0].req.UNBLOK", 'unknown field "UNBLOK" of vcpu[0].req (did you mean "UNBLOCK"?)', "UNBLOK"],
  ["vcpu[0].pc == NONROT", 'vcpu[0].pc has no value NONROT (did you mean "NONROOT"?)', "NONROT"],
  ["NONROT != vcpu[0].pc", 'vcpu[0].pc has no value NONROT (did you mean "NONROOT"?)', "NONROT"],
  ["vcpu[0].pc in [USER, NONROT]", 'vcpu[0].pc has no value NONROT (did you mean "NONROOT"?)', "NONROT"],
  [
    "vcpu[0].pc == (vm.dead ? USER : NONROT)",
    'vcpu[0].pc has no value NONROT (did you mean "NONROOT"?)',
    "NONROT",
  ],
  ["timr[0].pending > 1", 'unknown name "timr" (did you mean "timer"?)', "timr"],
  ["timr > 1", 'unknown name "timr" (did you mean "timer"?)', "timr"],
  ["timr == 1", 'unknown name "timr" (did you mean "timer"?)', "timr"],
  ["timr", 'unknown name "timr" (did you mean "timer"?)', "timr"],
  ["vm.dead == TRUE", 'unknown name "TRUE" (did you mean "true"?)', "TRUE"],
  ["mod == IN_GUEST", 'unknown name "mod" (did you mean "msi"?)', "mod"],
  ["before.vm.dead", 'unknown name "before"', "before"],
  [
    "vm.dead && vcpu[w].on",
    'unknown name "w": a member is a number, as vcpu[0], or any one of them, as vcpu.exists(x, CONDITION on x)',
    "w",
  ],
  [
    "pending > 0",
    'unknown name "pending" (did you mean timer[0].pending, or gaLog.pending, or pit.pending?)',
    "pending",
  ],
  ["vm.dead && UNBLOCK", 'unknown name "UNBLOCK" (did you mean vcpu[0].req.UNBLOCK?)', "UNBLOCK"],
  [
    "timer.pending > 0",
    "timer has no fields: it is a vector with one member for each vcpu; write timer[0].pending",
    "pending",
  ],
  ["0 in inhibitr", 'unknown name "inhibitr" (did you mean "inhibitor"?)', "inhibitr"],
  ["constructor", 'unknown name "constructor"'],
  ["constructor.x", 'unknown name "constructor"', "constructor"],
  ["toString == 1", 'unknown name "toString"', "toString"],
  ["__proto__", '"__proto__" is a reserved word of CEL: no name'],
  ["vcpu[0].__proto__ == 1", 'unknown field "__proto__" of vcpu[0]', "__proto__"],
  ["vcpu[0].constructor", 'unknown field "constructor" of vcpu[0]', "constructor"],
  ["vcpu.length > 0", "vcpu has no fields: it is a vector with one member for each vcpu", "length"],
  ["vcpu[0].pc.on", "vcpu[0].pc has no fields: it is a word", "on"],
  ["vm[0]", "vm has no members: it is a record of fields", "vm"],
  ["mixed == 1", "the argument mixed is a word or a number, by choice: it has no one type", "mixed"],
  // Functions.
  ["constructor()", `unknown function "constructor"${functions}`, "constructor"],
  ["threadAd(0, USER)", 'unknown function "threadAd" (did you mean "threadAt"?)', "threadAd"],
  ["threadAt(0)", "threadAt(v, pc) has 2 arguments, not 1"],
  ["threadAt(0, NONROT)", 'pc of threadAt(v, pc) has no value NONROT (did you mean "NONROOT"?)', "NONROT"],
  ["threadAt(1, USER)", "there is no member 1: the members of vcpu are 0..0", "1"],
  [
    "threadAt(timer[0].pending, USER)",
    "timer[0].pending may be 2: the members of vcpu are 0..0",
    "timer[0].pending",
  ],
  ["threadAt(vm.dead, USER)", "vm.dead is true or false, where the number 0 is wanted", "vm.dead"],
  ["vm.irqPending(0)", "irqPending() is asked of the whole state: write irqPending(...)", "irqPending"],
  ["size(vcpu) > 1", `size() of CEL is not in the language${functions}`, "size"],
  ["has(vm.dead)", 'has() of CEL is not in the language (did you mean "max"?)', "has"],
  ["vcpu.filter(x, x.on)", "filter() of CEL is not in the language (known: exists, all)", "filter"],
  ["vcpu[0].pc.matches('(a+)+$')", "matches() of CEL is not in the language (known: exists, all)", "matches"],
  ["vcpu.exist(x, x.on)", 'unknown function "exist" (did you mean "exists"?)', "exist"],
  [
    "any(vcpu[0])",
    "vcpu[0] is a record of fields: any() wants a set, or a record whose fields are all true or false",
    "vcpu[0]",
  ],
  ["min(1) == timer[0].pending", "min(a, b) has two arguments, not 1", "min(1)"],
  // Members.
  ["vcpu[1].on", "there is no member 1: the members of vcpu are 0..0", "1"],
  ["vcpu[-1].on", "there is no member -1: the members of vcpu are 0..0", "-1"],
  [
    "vcpu[timer[0].pending].on",
    "timer[0].pending may be 2: the members of vcpu are 0..0",
    "timer[0].pending",
  ],
  ["vcpu[vm.dead].on", "vm.dead is true or false, where a number is wanted", "vm.dead"],
  ["1 in inhibitor.ipi", "there is no member 1: the members of vcpu are 0..0", "1"],
  ["vcpu.exists(v, v.on)", '"v" means something already: call the member otherwise', "v"],
  ["vcpu.exists(timer, timer.on)", '"timer" means something already: call the member otherwise', "timer"],
  ["vcpu.exists(x, x, x.on)", '"x" is the member\'s number already: call the member otherwise', "x"],
  ["vcpu.exists(x.on)", "write exists(x, CONDITION) or exists(i, x, CONDITION), where i is the number of x"],
  [
    "vcpu.exists(1, x.on)",
    '"1" is no name: exists, all and the like begin with a name of their own for a member',
    "1",
  ],
  ["vcpu.exists(x, 1, x.on)", "exists() begins with a name of its own for a member", "1"],
  ["vcpu.exists(x, true)", '"true" says the same of every state', "true"],
  ["vm.exists(x, x)", "vm has no members: it is a record of fields", "vm"],
  [
    "vcpu.exists(x, vcpu.exists(y, vcpu.exists(z, vcpu.exists(q, q.on))))",
    "exists and all are at most 3 deep inside one another",
    "exists",
  ],
  // Types.
  [
    "vm.dead && timer[0].pending",
    "timer[0].pending is a number 0..2, where true or false is wanted",
    "timer[0].pending",
  ],
  ["timer[0].pending", "timer[0].pending is a number 0..2, where true or false is wanted"],
  ["vm", "vm is a record of fields, where true or false is wanted"],
  ["vm == vm", "vm is a record of fields: only values are compared, one by one", "vm"],
  ["vcpu[0].pc < 3", "vcpu[0].pc is a word: only numbers are less or greater than others", "vcpu[0].pc"],
  ["vm.dead == 1", "1 is the number 1, where true or false is wanted", "1"],
  ["vm.dead + 1 == 2", "vm.dead is true or false, where a number is wanted", "vm.dead"],
  [
    "0 < timer[0].pending < 2",
    "0 < timer[0].pending is true or false: only numbers are less or greater than others",
    "0 < timer[0].pending",
  ],
  [
    "vm.dead in [true]",
    "vm.dead is true or false: only words and numbers are looked for in a list",
    "vm.dead",
  ],
  [
    "timer[0].pending in timer",
    'timer is a vector with one member for each vcpu: "in" wants a set, or a list as in x in [A, B]',
    "timer",
  ],
  ["[1] == timer[0].pending", "a list stands only behind in, as in x in [A, B]", "[1]"],
  ["vm.dead ? 1 : vm.vpit", "vm.vpit is true or false, where the number 1 is wanted", "vm.vpit"],
  [
    "vcpu[0].eoi == timer",
    'timer is a vector with one member for each vcpu, where one of none, timer, rtc, pit, device, msi, ipi is wanted; "timer", in quotes, is the word',
    "timer",
  ],
  // What is always the same.
  ["true", '"true" says the same of every state'],
  ["1 > 2", '"1 > 2" says the same of every state'],
  ['"a" == "b"', '""a" == "b"" says the same of every state'],
  ["vm.dead || true", '"true" says the same of every state', "true"],
  ["vcpu[0].pc == vcpu[0].pc", '"vcpu[0].pc == vcpu[0].pc" says the same of every state'],
  ["timer[0].pending > 2", '"timer[0].pending > 2" is always false: timer[0].pending is a number 0..2'],
  ["timer[0].pending >= 0", '"timer[0].pending >= 0" is always true: timer[0].pending is a number 0..2'],
  ["3 != timer[0].pending", '"3 != timer[0].pending" is always true: timer[0].pending is a number 0..2'],
  [
    "vm.dead && (timer[0].pending + 1) * 2 == 8",
    '"(timer[0].pending + 1) * 2 == 8" is always false: (timer[0].pending + 1) * 2 is a number 2..6',
    "(timer[0].pending + 1) * 2 == 8",
  ],
  [
    "max(timer[0].pending, 1) == 0",
    '"max(timer[0].pending, 1) == 0" is always false: max(timer[0].pending, 1) is a number 1..2',
  ],
  [
    "device.to == vcpu[0].nv",
    '"device.to == vcpu[0].nv" is always false: device.to is one of P0, P1, vcpu[0].nv is one of POSTED, WAKEUP',
  ],
  [
    "timer[0].pending in [0, 1, 2]",
    '"timer[0].pending in [0, 1, 2]" is always true: timer[0].pending is a number 0..2',
  ],
  ["timer[0].pending in [0, 5]", "timer[0].pending is never 5: it is a number 0..2", "5"],
  ["timer[0].pending in []", "the list is empty", "[]"],
  ["vm.dead || !vm.dead", '"vm.dead || !vm.dead" says the same of every state: it is always true'],
  [
    "vcpu[0].pc == USER && vcpu[0].pc == DEAD",
    '"vcpu[0].pc == USER && vcpu[0].pc == DEAD" says the same of every state: it is always false',
  ],
  [
    "vcpu[0].mode == EXITING && !kickInFlight(0)",
    '"vcpu[0].mode == EXITING && !kickInFlight(0)" says the same of every state: it is always false',
  ],
  ["vcpu.all(i, x, i == 0)", '"vcpu.all(i, x, i == 0)" says the same of every state: it is always true'],
  // What is not in the language.
  ["timer[0].pending / 2 == 1", '"/" is not in the language', "timer[0].pending / 2"],
  ["timer[0].pending % 2 == 1", '"%" is not in the language', "timer[0].pending % 2"],
  ["timer[0].pending == 1.0", "1.0 is no whole number: there are no others", "1.0"],
  ["timer[0].pending == 1e3", "1e3 is no whole number: there are no others", "1e3"],
  ["timer[0].pending == 1u", "1u is no whole number: there are no others", "1u"],
  [
    "timer[0].pending == 99999999999999999999",
    "99999999999999999999 is beyond the safe integers",
    "99999999999999999999",
  ],
  [
    "9007199254740991 + timer[0].pending == 1",
    "9007199254740991 + timer[0].pending goes beyond the safe integers",
    "9007199254740991 + timer[0].pending",
  ],
  ["timer[0].pending == 010", "010 begins with 0: write it in decimal, or with 0x in hexadecimal", "010"],
  ["null == vm", "null is not in the language: each field has a value", "null"],
  ["{vm: 1} == vm", "maps are not in the language", "{vm: 1}"],
  ['r"USER" == vcpu[0].pc', "a quoted word has no letter before its quotes", "r"],
  ['"US\\u0045R" == vcpu[0].pc', '"\\" is not in the language', "\\"],
  ['"""USER""" == vcpu[0].pc', "a word in quotes has one quote on each side", '"""'],
  ["'''''' == vcpu[0].pc", "a word in quotes has one quote on each side", "'''"],
  ["vm.dead // dead", '"//" is not in the language: there are no comments in an expression', "//"],
  ["vm.dead # dead", '"#" is not in the language: there are no comments in an expression', "#"],
  ["vm.dead = true", '"=" is not in the language: write "=="', "="],
  ["vm.dead === true", '"===" is not in the language', "==="],
  ["vm.dead & vm.vpit", '"&" is not in the language: write "&&"', "&"],
  ["vm.dead and vm.vpit", '"and" is not in the language: write "&&"', "and"],
  ["vm.dead; vm.vpit", '";" is not in the language: it is one expression', ";"],
  ["vm.dead => vm.vpit", '"=>" is not in the language', "=>"],
  ["vm->dead", '"->" is not in the language', "->"],
  ["vcpu[0]?.on", '"?." is not in the language', "?."],
  // The form.
  ["", "the expression is empty", ""],
  [" \n", "the expression is empty", ""],
  ["(vm.dead", 'the expression ends too early: ")" is missing', ""],
  ["vm.dead)", '")" is not expected here', ")"],
  ["vm.", "the expression ends too early: the name of a field is missing", ""],
  ["vm.dead vm.vpit", '"vm" is not expected here', "vm"],
  ['vcpu[0].pc == "USER', "a quoted word does not end", '"USER'],
  ["vm.dead && \u0441", 'the character "\u0441" (U+0441) is not ASCII text', "\u0441"],
  ["vm.dead\u0000", "the character (U+0000) is not ASCII text", "\u0000"],
  ["vm.dead && \u{1F600}", 'the character "\u{1F600}" (U+1F600) is not ASCII text', "\u{1F600}"],
  [`vm.dead${" ".repeat(2000)}`, "an expression of 2007 characters: at most 2000", " ".repeat(7)],
  [Array.from({ length: 200 }, () => "vm.dead").join("||"), "the expression has more than 400 parts", ""],
  [
    `${"(".repeat(100)}vm.dead${")".repeat(100)}`,
    "the expression is too deep: at most 40 parts inside one another",
    "",
  ],
  [`${"!".repeat(1990)}vm.dead`, "the expression has more than 400 parts", ""],
];

test.each(full(conditions))("%j is refused", (text, message, part) => {
  expect(refusal(() => conditionOf(text, names))).toEqual([message, part]);
});

test.each(
  full([
    ["vm.dead", "of which state? in a step it is before.vm or after.vm", "vm"],
    ["irqPending(0)", "of which state? in a step it is before.irqPending(...) or after.irqPending(...)"],
    ["before.dead", 'unknown field "dead" of the state', "dead"],
    ["after.vm.daed", 'unknown field "daed" of after.vm (did you mean "dead"?)', "daed"],
    ["action == fn_kic", 'action has no value fn_kic (did you mean "fn_kick"?)', "fn_kic"],
    ["befor.vm.dead", 'unknown name "befor" (did you mean "before"?)', "befor"],
    [
      "before.vcpu.exists(after, after.on)",
      '"after" means something already: call the member otherwise',
      "after",
    ],
    [
      "before.vm.dead || before.vm.dead == false",
      '"before.vm.dead || before.vm.dead == false" says the same of every state: it is always true',
    ],
  ]),
)("of a step, %j is refused", (text, message, part) => {
  const step = { actions: ["fn_kick", "fn_return"] };
  expect(refusal(() => stepConditionOf(text, { ...names, step }))).toEqual([message, part]);
});

const pending = { kind: "int", min: 0, max: 2 } as const;
const mode = { kind: "oneOf", values: ["OUTSIDE", "IN_GUEST"] } as const;

test.each([
  ["timer[v].pending + 1", pending, "timer[v].pending + 1 may be 3, where a number 0..2 is wanted"],
  ["timer[v].pending - 1", pending, "timer[v].pending - 1 may be -1, where a number 0..2 is wanted"],
  [
    "timer[0].pending - timer[v].pending + 2",
    pending,
    "timer[0].pending - timer[v].pending + 2 may be 4, where a number 0..2 is wanted",
  ],
  [
    "timer[0].pending * -timer[v].pending",
    pending,
    "timer[0].pending * -timer[v].pending may be -4, where a number 0..2 is wanted",
  ],
  ["3", pending, "3 is out of range, where a number 0..2 is wanted"],
  ["vm.dead", pending, "vm.dead is true or false, where a number 0..2 is wanted"],
  ["timer", pending, "timer is a vector with one member for each vcpu, where a number 0..2 is wanted"],
  ["after.timer[v].pending", pending, 'unknown name "after"'],
  ["INGUEST", mode, 'what is written to has no value INGUEST (did you mean "IN_GUEST"?)'],
  ["vm.dead ? INGUEST : OUTSIDE", mode, 'what is written to has no value INGUEST (did you mean "IN_GUEST"?)'],
  ["vcpu[0].mode", mode, "vcpu[0].mode may be EXITING, where one of OUTSIDE, IN_GUEST is wanted"],
  ["true", mode, "true is true or false, where one of OUTSIDE, IN_GUEST is wanted"],
  ["true", State.node, "what is written to is a record of fields: write to its fields one by one"],
] as const)("as a value, %j is refused", (text, target, message) => {
  expect(refusal(() => valueOf(text, names, target))[0]).toBe(message);
});

test.each(
  full([
    ["vcpu[v].rq", 'unknown field "rq" of vcpu[v] (did you mean "req"?)', "rq"],
    ["vcpu[1].req", "there is no member 1: the members of vcpu are 0..0", "1"],
    ["vcpu[w].req", 'unknown name "w"', "w"],
    ["vcpu[dest].req", "dest is one of 0, 1, where a number is wanted", "dest"],
    ["vcpu[0 + 0].req", "a place has a number or an argument in brackets, not 0 + 0", "0 + 0"],
    [
      "vcpu[inhibitor.target].req",
      "a place has a number or an argument in brackets, not inhibitor.target",
      "inhibitor.target",
    ],
    ["vcpuu", 'unknown name "vcpuu" (did you mean "vcpu"?)'],
    ["v", 'unknown name "v" (did you mean "vm"?)'],
    [
      "vm.dead == true",
      "vm.dead == true is no place in the state: write FIELD, FIELD[NUMBER].FIELD or FIELD[ARGUMENT].FIELD",
    ],
    [
      "any(vm.inhibit)",
      "any(vm.inhibit) is no place in the state: write FIELD, FIELD[NUMBER].FIELD or FIELD[ARGUMENT].FIELD",
    ],
  ]),
)("as a place, %j is refused", (text, message, part) => {
  expect(refusal(() => pathOf(text, names))).toEqual([message, part]);
});

test("a caret stands below what is wrong", () => {
  expect(withCaret("vm.daed && vm.vpit", 3, 4)).toBe("vm.daed && vm.vpit\n   ^^^^");
  expect(withCaret("vm.dead &&\n\tvm.vpti", 15, 4)).toBe(" vm.vpti\n    ^^^^");
  expect(withCaret("(vm.dead", 8, 0)).toBe("(vm.dead\n        ^");
  const [line, carets] = withCaret(`${"a".repeat(200)}X${"b".repeat(200)}`, 200, 1).split("\n");
  expect(line).toBe(`...${"a".repeat(50)}X${"b".repeat(50)}...`);
  expect(line[carets.indexOf("^")]).toBe("X");
});
