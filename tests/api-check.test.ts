import { PassThrough, Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { type LineVerdict, runApiCheck } from "../src/api-check.ts";

async function check(lines: readonly unknown[], version?: string): Promise<{ code: number; verdicts: LineVerdict[] }> {
  const output = new PassThrough();
  let text = "";
  output.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const input = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
  const code = await runApiCheck(Readable.from([input]), output, version === undefined ? {} : { version });
  return {
    code,
    verdicts: text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as LineVerdict),
  };
}

describe("runApiCheck", () => {
  it("is content with good calls and passes over empty lines", async () => {
    const { code, verdicts } = await check([
      { method: "GET", path: "/version" },
      "",
      { method: "POST", path: "/nodes/pve1/qemu", params: { vmid: 100, net0: { model: "virtio" } } },
    ]);
    expect(code).toBe(0);
    expect(verdicts).toEqual([
      { ok: true, operation: "GET /version", errors: {} },
      { ok: true, operation: "POST /nodes/{node}/qemu", errors: {} },
    ]);
  });

  it.each<[string, unknown, Record<string, RegExp>]>([
    ["a line that is not JSON", "{nope", { line: /is not JSON/ }],
    ["a line that is no object", "[1]", { line: /must be an object/ }],
    ["a call without a path", { method: "GET" }, { path: /must be an API path/ }],
    ["a call without a method", { path: "/version" }, { method: /GET, POST/ }],
    [
      "parameters that are no object",
      { method: "GET", path: "/version", params: [1] },
      { params: /must be an object/ },
    ],
    [
      "an unknown path",
      { method: "GET", path: "/nodes/pve1/qmeu" },
      { path: /near it: .*GET \/nodes\/\{node\}\/qemu/ },
    ],
    ["a faulty parameter", { method: "POST", path: "/nodes/pve1/qemu", params: { vmid: 1 } }, { vmid: /100/ }],
    [
      "a contradiction to the path",
      { method: "GET", path: "/nodes/pve1/qemu", params: { node: "pve2" } },
      { node: /contradicts/ },
    ],
    [
      "an item of an array",
      { method: "POST", path: "/cluster/mapping/pci", params: { id: "g1", map: ["x"] } },
      { map: /^item 1/, "map[0]": /has no key/ },
    ],
  ])("names the fault of %s", async (_, line, errors) => {
    const { code, verdicts } = await check([line, { method: "GET", path: "/version" }]);
    expect(code).toBe(1);
    expect(verdicts[0]!.ok).toBe(false);
    for (const [name, message] of Object.entries(errors)) expect(verdicts[0]!.errors?.[name]).toMatch(message);
    expect(verdicts[1]!.ok).toBe(true);
  });

  it("judges by an older version when told", async () => {
    const { verdicts } = await check([{ method: "GET", path: "/cluster/ha/rules" }], "8.4");
    expect(verdicts[0]).toMatchObject({
      ok: false,
      errors: { operation: expect.stringMatching(/since 9\.0/) },
    });
  });
});
