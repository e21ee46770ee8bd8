import { expect, test } from "vitest";
import { manifest } from "../../generated/manifest.ts";
import { DOMAINS } from "../../scripts/validate/domains.ts";
import { play } from "../../scripts/validate/run.ts";
import { classOfCall } from "../../src/access/index.ts";
import type { OperationId } from "../../src/schema/operation.ts";
import { TOOL_MODULES } from "../../src/tools/registry.ts";

/** POSTs that only read, as tests/access/gate.test.ts has reviewed them. */
const READING = manifest.filter(({ id, class: its }) => its === "read" && !id.startsWith("GET ")).map(({ id }) => id);

test("under the read ceiling every tool's own scenario sends nothing but GETs and the reviewed reading POSTs", async () => {
  expect(READING.length).toBeLessThan(6);
  const { answers, reached, sent } = await play(DOMAINS, { env: { PROXMOX_MCP_ACCESS: "read" } });
  const called = Object.keys(TOOL_MODULES).filter((tool) => answers.has(tool));
  // The list of those without a scenario is kept, and emptied, by `npm run validate`.
  expect(called.length).toBeGreaterThan(15);
  const writes = [...reached, ...sent.map(({ operation }) => operation)].filter((id) => !id.startsWith("GET "));
  // Of what is done on hosts, too, only what the reviewed table classes as reading.
  const others = [...new Set(writes)].filter((id) => !(READING as string[]).includes(id)) as OperationId[];
  expect(others.filter((id) => !id.startsWith("RUN "))).toEqual([]);
  for (const id of others) expect([id, await classOfCall(id, {})]).toEqual([id, "read"]);
  expect([...answers.values()].some((codes) => codes.has("access-ceiling"))).toBe(true);
}, 180_000);
