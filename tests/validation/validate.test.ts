import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { VALIDATION_FILE, validate } from "../../scripts/validate/validate.ts";

test("every tool does in the lab what its record says", { timeout: 600_000 }, async () => {
  const { text, faults, pending } = await validate();
  expect(faults).toEqual([]);
  expect(pending).toEqual([]);
  expect(text).toBe(await readFile(VALIDATION_FILE, "utf8"));
});
