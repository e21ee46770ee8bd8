import { describe, expect, it } from "vitest";
import { checkCollisions, groupOf, symbolOf } from "../../codegen/names.ts";
import { readSummaries, SummariesError } from "../../codegen/summaries.ts";

describe("names", () => {
  it.each([
    ["GET /version", "version", "getVersion"],
    ["GET /nodes", "nodes", "getNodes"],
    ["GET /nodes/{node}", "nodes", "getNodesByNode"],
    ["GET /nodes/{node}/qemu", "nodes-qemu", "getNodesQemu"],
    ["DELETE /nodes/{node}/qemu/{vmid}", "nodes-qemu", "deleteNodesQemuByVmid"],
    ["POST /nodes/{node}/qemu/{vmid}/status/start", "nodes-qemu", "postNodesQemuStatusStart"],
    ["GET /cluster/ha/rules/{rule}", "cluster-ha", "getClusterHaRulesByRule"],
    ["POST /cluster/bulk-action/guest/start", "cluster-bulk-action", "postClusterBulkActionGuestStart"],
    ["POST /nodes/{node}/qemu/{vmid}/move_disk", "nodes-qemu", "postNodesQemuMoveDisk"],
    ["GET /nodes/{node}/hardware/pci/{pci-id-or-mapping}", "nodes-hardware", "getNodesHardwarePciByPciIdOrMapping"],
    ["PUT /cluster/sdn/fabrics/node/{fabric_id}/{node_id}", "cluster-sdn", "putClusterSdnFabricsNodeByNodeId"],
  ])("%s", (id, group, symbol) => {
    expect([groupOf(id.slice(id.indexOf(" ") + 1)), symbolOf(id)]).toEqual([group, symbol]);
  });

  it("fails on a collision, naming both", () => {
    const pair = ["GET /a/b-c", "GET /a/b_c"].map((id) => ({ id, symbol: symbolOf(id) }));
    expect(() => checkCollisions(pair)).toThrow("GET /a/b_c and GET /a/b-c would both be `getABC`");
  });
});

describe("readSummaries", () => {
  const ids = ["GET /a", "PUT /a"];
  it("gives each operation its own", () => {
    expect(readSummaries('{"GET /a": "Read a", "PUT /a": "Write a"}', ids)("PUT /a")).toBe("Write a");
  });
  it.each([
    ["missing", '{"GET /a": "Read a"}', "PUT /a: no summary"],
    ["stale", '{"GET /a": "Read a", "PUT /a": "Write a", "GET /b": "B"}', "GET /b: no such operation"],
    ["shared", '{"GET /a": "Same", "PUT /a": "Same"}', "PUT /a: has the same summary as GET /a"],
    ["given twice", '{"GET /a": "One", "PUT /a": "Two", "GET /a": "Three"}', "GET /a: given twice"],
    ["empty", '{"GET /a": "", "PUT /a": "Two"}', "GET /a: must be one line"],
    ["two lines", '{"GET /a": "x\\ny", "PUT /a": "Two"}', "GET /a: must be one line"],
    ["no text", '{"GET /a": 1, "PUT /a": "Two"}', "GET /a: must be one line"],
  ])("fails when one is %s", (_, text, want) => {
    expect(() => readSummaries(text, ids)).toThrow(SummariesError);
    expect(() => readSummaries(text, ids)).toThrow(want);
  });
});
