import { describe, expect, it } from "vitest";
import { emitInventory, permissionText } from "../../codegen/inventory.ts";
import { findReferences } from "../../codegen/references.ts";
import { vendoredIr } from "./vendored.ts";

const operations = [
  { id: "GET /version", symbol: "getVersion" },
  { id: "GET /nodes", symbol: "getNodes" },
  { id: "POST /nodes/{node}/qemu/{vmid}/status/stop", symbol: "postNodesQemuStatusStop" },
];
const sources = (files: Record<string, string>) => new Map(Object.entries(files));

describe("findReferences", () => {
  it.each<[what: string, files: Record<string, string>, want: object]>([
    ["nothing", {}, {}],
    [
      "a named import",
      { "a/x.ts": 'import { getVersion } from "../../../generated/clients/version.ts";' },
      { "GET /version": { tools: [], modules: ["a/x.ts"] } },
    ],
    [
      "a renamed import",
      { "a/x.ts": 'import { getVersion as version } from "../../../generated/clients/version.ts";' },
      { "GET /version": { tools: [], modules: ["a/x.ts"] } },
    ],
    [
      "a namespace, where it is used",
      { "a/x.ts": 'import * as nodes from "../../../generated/clients/nodes.ts";\nnodes.getNodes(send);' },
      { "GET /nodes": { tools: [], modules: ["a/x.ts"] } },
    ],
    [
      "types only: nothing",
      { "a/x.ts": 'import type { getVersion } from "../../../generated/clients/version.ts";' },
      {},
    ],
    ["another module's name: nothing", { "a/x.ts": 'import { getVersion } from "./own.ts";' }, {}],
    [
      "an id passed to send",
      { "a/x.ts": 'send("POST /nodes/{node}/qemu/{vmid}/status/stop", {});' },
      { "POST /nodes/{node}/qemu/{vmid}/status/stop": { tools: [], modules: ["a/x.ts"] } },
    ],
    [
      "an id in a table",
      { "a/x.ts": "const actions = { list: `GET /nodes` };" },
      { "GET /nodes": { tools: [], modules: ["a/x.ts"] } },
    ],
    [
      "an id in a comment or in other text: nothing",
      { "a/x.ts": '// "GET /nodes"\nconst text = "see GET /nodes";' },
      {},
    ],
    [
      "what a tool imports, however far, is the tool's",
      {
        "a/tool.ts":
          'import { helper } from "./helper.ts";\nexport default defineTool({ name: "proxmox_x", run() {} });',
        "a/helper.ts": 'import { deep } from "../b/deep.ts";',
        "b/deep.ts": 'import { getVersion } from "../../../generated/clients/version.ts";',
        "b/other.ts": 'export default defineTool({ name: "proxmox_y" });',
      },
      { "GET /version": { tools: ["proxmox_x"], modules: ["b/deep.ts"] } },
    ],
    [
      "what a tool loads when it needs it is the tool's, types are not",
      {
        "a/tool.ts":
          'import type { T } from "./types.ts";\nexport default defineTool({ name: "proxmox_x", run: () => import("./late.ts") });',
        "a/late.ts": 'import { getVersion } from "../../../generated/clients/version.ts";',
        "a/types.ts": 'import { getNodes } from "../../../generated/clients/nodes.ts";\nexport type T = 1;',
      },
      {
        "GET /version": { tools: ["proxmox_x"], modules: ["a/late.ts"] },
        "GET /nodes": { tools: [], modules: ["a/types.ts"] },
      },
    ],
    [
      "a tool whose name is a constant",
      {
        "a/tool.ts":
          'import { getVersion } from "../../../generated/clients/version.ts";\nconst TOOL = "proxmox_x";\nexport default defineTool({ name: TOOL, run() {} });',
      },
      { "GET /version": { tools: ["proxmox_x"], modules: ["a/tool.ts"] } },
    ],
  ])("%s", (_, files, want) =>
    expect(Object.fromEntries(findReferences(sources(files), operations).references)).toEqual(want),
  );
});

it("a tool whose name cannot be read is an error", () => {
  const files = { "a/tool.ts": 'import { TOOL } from "./names.ts";\nexport default defineTool({ name: TOOL });' };
  expect(() => findReferences(sources(files), operations)).toThrow(/tool\.ts: the name of a tool is a text/);
});

describe("emitInventory", () => {
  const ir = vendoredIr();
  const read = (files: Record<string, string>) => {
    const emitted = emitInventory(ir, findReferences(sources(files), [...ir.operations, ...ir.removed]));
    return { json: JSON.parse(emitted.get("module-inventory.json")!), markdown: emitted.get("module-inventory.md")! };
  };

  it("works without any tool", () => {
    expect(read({}).json.total).toMatchObject({ operations: 661, typed: 0, typedPercent: "0.0", generic: 0 });
  });

  it("counts typed and generic reach apart", () => {
    const { json, markdown } = read({
      "api/call.ts": 'export default defineTool({ name: "proxmox_api_call" });',
      "x.ts":
        'import { getVersion } from "../../generated/clients/version.ts";\nexport default defineTool({ name: "proxmox_x" });',
    });
    expect(json.total).toMatchObject({ typed: 1, typedPercent: "0.2", generic: 661, genericPercent: "100.0" });
    expect(json.groups.find(({ group }: { group: string }) => group === "version").rows).toEqual([
      { id: "GET /version", class: "read", privileges: "any user", tools: ["proxmox_x"], modules: ["x.ts"] },
    ]);
    expect(markdown).toContain("| `GET /version` | read |  | any user |  | proxmox_x |");
    expect(markdown).not.toMatch(/&[a-z#0-9]+;|undefined|\[object/);
  });

  it.each([
    ["POST /nodes/{node}/execute", "root@pam"],
    ["GET /access/ticket", "anybody"],
    ["PUT /nodes/{node}/qemu/{vmid}/resize", "/vms/{vmid}: VM.Config.Disk"],
    ["GET /access/users/{userid}", "user's groups: User.Modify | Sys.Audit"],
  ])("%s needs %s", (id, want) => {
    expect(permissionText(ir.operations.find((operation) => operation.id === id)!.permissions)).toContain(want);
  });
});
