import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { STRICT } from "../../codegen/validation.ts";
import { VALIDATION_FILE, validate } from "../../scripts/validate/validate.ts";

test("every tool does in the lab what its record says", { timeout: 600_000 }, async () => {
  const { text, faults, pending } = await validate();
  expect(faults).toEqual([]);
  if (STRICT) expect(pending).toEqual([]);
  expect(text).toBe(await readFile(VALIDATION_FILE, "utf8"));
});
