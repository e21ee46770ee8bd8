import { describe, expect, test } from "vitest";
import { type Baseline, deviations, renewed } from "./baseline.ts";
import { type Check, faultsOf } from "./suite.ts";

const pass: Check = { verdict: "SUCCESS" };
const fail: Check = { verdict: "FAILURE", message: "Unknown tool: test_simple_text" };
const REASONS = ["no-fixture"];
const compare = (found: Record<string, Check>, expected: Baseline[string]) =>
  deviations({ checks: { ping: found } }, { ping: expected }, REASONS);

describe("the baseline of a server", () => {
  test("is kept", () => {
    expect(compare({ a: pass, b: fail }, { a: "SUCCESS", b: "FAILURE: no-fixture" })).toEqual([]);
  });

  test.each<[string, Record<string, Check>, Baseline[string], string[]]>([
    ["a regression", { a: fail }, { a: "SUCCESS" }, ["- ping: a: SUCCESS", `+ ping: a: FAILURE: ${fail.message}`]],
    [
      "an unexpected pass",
      { a: pass },
      { a: "FAILURE: no-fixture" },
      ["- ping: a: FAILURE: no-fixture", "+ ping: a: SUCCESS"],
    ],
    ["a check that is not made any more", {}, { a: "SUCCESS" }, ["- ping: a: SUCCESS", "+ ping: a: not made"]],
    ["a check that is new", { a: pass }, {}, ["- ping: a: not made", "+ ping: a: SUCCESS"]],
    [
      "a failure that nobody has explained",
      { a: fail },
      { a: "FAILURE: unexplained" },
      [`! ping: a: lacks a reason of reasons.json: FAILURE: ${fail.message}`],
    ],
  ])("is not kept by %s", (_, found, expected, lines) => {
    expect(compare(found, expected)).toEqual(lines);
  });

  test("keeps a reason as long as the verdict stays, and takes no guess for one", () => {
    const checks = { ping: { c: { verdict: "WARNING", message: "odd" } as const, b: fail, a: pass } };
    const written = renewed({ checks }, { ping: { a: "FAILURE: no-logging", b: "FAILURE: no-logging" } });
    expect(written).toEqual({ ping: { a: "SUCCESS", b: "FAILURE: no-logging", c: "WARNING: unexplained" } });
    expect(renewed({ checks }, {}).ping!.b).toBe("FAILURE: no-fixture");
    expect(deviations({ checks }, written, ["no-logging"])).toHaveLength(1);
  });
});

test("a server conforms only when all that counts was run and found nothing", () => {
  const required = ["ping", "tools-list"];
  expect(faultsOf({ required, checks: { ping: { a: pass }, other: { a: fail } } })).toEqual([
    "tools-list: was not run",
  ]);
  const checks = { ping: { a: pass, b: fail }, "tools-list": { c: { verdict: "SKIPPED" } as const } };
  expect(faultsOf({ required, checks })).toEqual([`ping: b: FAILURE ${fail.message}`]);
});
