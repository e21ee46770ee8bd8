import { expect, test } from "vitest";
import { EndSignals } from "../../src/cli/end-signals.ts";

test("a signal does what was said last, by a listener that never gives way to another", () => {
  const listeners = () => (["SIGTERM", "SIGINT"] as const).map((signal) => process.listeners(signal));
  const before = listeners();
  const done: string[] = [];
  const signals = new EndSignals();
  expect(listeners()).toEqual(before);
  signals.do(() => done.push("first"));
  const after = listeners();
  process.emit("SIGTERM");
  signals.do(() => done.push("second"));
  expect(listeners()).toEqual(after);
  process.emit("SIGINT");
  expect(done).toEqual(["first", "second"]);
  for (const [index, signal] of (["SIGTERM", "SIGINT"] as const).entries()) {
    const [own] = after[index]!.filter((one) => !before[index]!.includes(one));
    process.off(signal, own!);
  }
});
