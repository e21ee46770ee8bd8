import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findViolations } from "../../scripts/arrows.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

test("the project's own imports all point the right way", () => {
  expect(findViolations(at("../.."))).toEqual([]);
});

test("a house with illegal imports is found out: upward, sideways, packages, types and late imports alike", () => {
  const found = findViolations(at("../fixtures/arrows")).map(({ file, line, why }) => `${file}:${line} ${why}`);
  expect(found).toEqual([
    "src/lab/state.ts:1 lab may not import schemas",
    "src/lab/state.ts:2 lab may not import pve",
    "src/schema/thing.ts:1 schema may not import pve",
    "src/secrets/store.ts:1 secrets may not import access",
    "src/secrets/store.ts:2 secrets may not import pve",
    "src/tools/tool.ts:1 tools may not import the package @modelcontextprotocol/server",
    "src/tools/tool.ts:2 tools may not import mcp",
  ]);
});
