import { expect, test } from "vitest";
import { legacyCheck, modernCheck } from "../support/output-check.ts";

test.each([
  ["2026-07-28", modernCheck],
  ["2025", legacyCheck],
])("clients of the %s era refuse an answer that is not as the tool's output schema says", (_era, { getValidator }) => {
  const check = getValidator({ type: "object", properties: { rows: { type: "array" } }, required: ["rows"] });
  expect(check({ rows: [] })).toMatchObject({ valid: true });
  expect(check({ rows: 1 })).toMatchObject({ valid: false });
  expect(check({})).toMatchObject({ valid: false });
});
