import { expect, test } from "vitest";
import { about, bool, index, int, oneOf, record, set, signal, vector, words } from "#check";
import { fieldsOf } from "../../src/derive/fields.ts";
import { codecOf } from "../../src/derive/codec.ts";

const plain = record({
  lock: record({ held: bool, by: index("thread") }),
  thread: vector("thread", record({ pc: oneOf("IDLE", "WAIT"), tries: int(0, 3) })),
  seen: set("thread"),
});
const told = record({
  lock: about("The lock.", record({ held: about("It is held.", bool), by: index("thread") })),
  thread: vector(
    "thread",
    about(
      "What one thread is.",
      record({ pc: about("Where it stands.", words({ IDLE: "not yet", WAIT: "" })), tries: int(0, 3) }),
    ),
  ),
  seen: signal("hand over", about("Who has had it.", set("thread"))),
});

test("every field, vectors and records before what is in them, with what it is and may be", () => {
  expect(fieldsOf(told).map(({ path, range, about, leaf }) => [path, range, about, leaf])).toEqual([
    ["lock", "a record", "The lock.", false],
    ["lock.held", "true or false", "It is held.", true],
    ["lock.by", "a thread", "", true],
    ["thread", "one for each thread", "", false],
    ["thread[].pc", "IDLE WAIT", "Where it stands.", true],
    ["thread[].tries", "0..3", "", true],
    ["seen", "a set of thread", "Who has had it.", true],
  ]);
  expect(fieldsOf(told)[4].words).toEqual([
    { word: "IDLE", meaning: "not yet" },
    { word: "WAIT", meaning: "" },
  ]);
});

test("what is said of a schema changes nothing of its codes", () => {
  const scope = { thread: 2 };
  const state = {
    lock: { held: true, by: 1 },
    thread: [
      { pc: "WAIT", tries: 2 },
      { pc: "IDLE", tries: 0 },
    ],
    seen: 2,
  } as const;
  expect(codecOf(told, scope).encode(state)).toEqual(codecOf(plain, scope).encode(state));
});

test("words that an object would put in another order are refused", () => {
  expect(() => words({ late: "", 1: "", 0: "" })).toThrow(/write whole numbers with oneOf/);
  expect(() => words({})).toThrow("words needs a word");
});
