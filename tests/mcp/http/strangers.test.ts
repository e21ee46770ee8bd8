import { expect, test } from "vitest";
import { Refusal } from "../../../src/mcp/http/refusal.ts";
import { Strangers } from "../../../src/mcp/http/strangers.ts";

test("who knocks all day writes ten lines a minute, and the number of the others is told", () => {
  const lines: { outcome: string; detail: string }[] = [];
  let now = 0;
  const strangers = new Strangers(
    (line) => lines.push(line),
    () => now,
  );
  const refusal = new Refusal(401, "token", `The access token is not taken: its\u202e issuer is ${"x".repeat(500)}.`);
  for (let knock = 0; knock < 1000; knock++) strangers.refused(refusal, "192.0.2.7");
  expect(lines).toHaveLength(10);
  expect(lines[0]!.outcome).toBe("sign-in-token");
  expect(lines[0]!.detail).toMatch(/^From 192\.0\.2\.7: The access token is not taken: its issuer is x+$/);
  expect(lines[0]!.detail.length).toBeLessThan(330);
  now += 60_000;
  strangers.refused(refusal, undefined);
  strangers.refused(refusal, undefined);
  expect(lines).toHaveLength(12);
  expect(lines[10]!.detail).toMatch(/990 more before it were not written down\.$/);
  expect(lines[11]!.detail).not.toContain("more before");
});
