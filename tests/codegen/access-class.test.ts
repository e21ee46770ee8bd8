import { describe, expect, it } from "vitest";
import { accessClassOf, checkReviewed, escalations, reviewed } from "../../codegen/access-class.ts";
import { answersWithTask, notTasks } from "../../codegen/tasks.ts";
import { vendoredIr } from "./vendored.ts";

const { operations, removed } = vendoredIr();
const byId = new Map([...operations, ...removed].map((operation) => [operation.id as string, operation]));

describe("access classes", () => {
  it("of all 661 operations are these (a change here is a change of what may happen: review it, then vitest -u)", async () => {
    const table = operations.map((operation) => `${operation.class.padEnd(11)} ${operation.id}\n`).join("");
    expect(operations).toHaveLength(661);
    await expect(table).toMatchFileSnapshot("access-classes.txt");
  });

  it.each([
    ["GET /version", "read"],
    ["POST /nodes/{node}/qemu/{vmid}/agent/ping", "read"],
    ["POST /nodes/{node}/qemu/{vmid}/agent", "mutate"],
    ["POST /nodes/{node}/qemu/{vmid}/status/start", "mutate"],
    ["POST /nodes/{node}/qemu/{vmid}/status/shutdown", "mutate"],
    ["POST /nodes/{node}/qemu/{vmid}/status/stop", "destructive"],
    ["POST /nodes/{node}/qemu/{vmid}/status/reset", "destructive"],
    ["POST /nodes/{node}/lxc/{vmid}/status/stop", "destructive"],
    ["POST /nodes/{node}/qemu/{vmid}/template", "destructive"],
    ["POST /nodes/{node}/lxc/{vmid}/snapshot/{snapname}/rollback", "destructive"],
    ["DELETE /nodes/{node}/qemu/{vmid}", "destructive"],
    ["PUT /nodes/{node}/disks/wipedisk", "destructive"],
    ["POST /nodes/{node}/status", "destructive"],
    ["POST /nodes/{node}/startall", "mutate"],
    ["POST /nodes/{node}/wakeonlan", "mutate"],
    ["POST /nodes/{node}/stopall", "destructive"],
    ["PUT /nodes/{node}/network", "destructive"],
    ["DELETE /nodes/{node}/network", "destructive"],
    ["PUT /nodes/{node}/network/{iface}", "mutate"],
    ["DELETE /nodes/{node}/tasks/{upid}", "mutate"],
    ["POST /nodes/{node}/vzdump", "mutate"],
    ["POST /nodes/{node}/storage/{storage}/download-url", "mutate"],
    ["POST /nodes/{node}/termproxy", "escape"],
    ["GET /nodes/{node}/vncwebsocket", "escape"],
    ["POST /nodes/{node}/execute", "escape"],
    ["POST /nodes/{node}/qemu/{vmid}/agent/exec", "escape"],
    ["GET /nodes/{node}/qemu/{vmid}/agent/exec-status", "read"],
    ["GET /nodes/{node}/qemu/{vmid}/agent/file-read", "escape"],
    ["POST /nodes/{node}/qemu/{vmid}/monitor", "escape"],
    ["PUT /access/acl", "escape"],
    ["PUT /access/password", "escape"],
    ["POST /access/users/{userid}/token/{tokenid}", "escape"],
    ["DELETE /access/users/{userid}", "destructive"],
  ])("%s: %s", (id, want) => expect(byId.get(id)?.class).toBe(want));

  it.each(Object.entries(reviewed))(
    "%s is reviewed for a reason that its method does not give",
    (id, { class: access, because }) => {
      const method = { GET: "read", POST: "mutate", PUT: "mutate", DELETE: "destructive" }[
        id.slice(0, id.indexOf(" "))
      ];
      expect(access).not.toBe(method);
      expect(because.length).toBeGreaterThan(10);
      expect(byId.has(id)).toBe(true);
    },
  );

  it("refuses an unknown method, a stale review and a stale escalation", () => {
    expect(() => accessClassOf("PATCH /x")).toThrow("no access class");
    expect(() => checkReviewed([...byId.values()].filter(({ id }) => id !== "PUT /access/acl"))).toThrow(
      "PUT /access/acl",
    );
    const renamed = [...byId.values()].map((operation) =>
      operation.id === "POST /nodes/{node}/vzdump" ? { ...operation, parameters: {} } : operation,
    );
    expect(() => checkReviewed(renamed)).toThrow("POST /nodes/{node}/vzdump script");
  });
});

describe("escalations", () => {
  const matches = (id: string, value: string) =>
    escalations[id]!.find(({ matches: source }) => source !== undefined && new RegExp(source).test(value))?.class;
  it.each([
    ["PUT /nodes/{node}/qemu/{vmid}/config", "scsi0", "destructive"],
    ["PUT /nodes/{node}/qemu/{vmid}/config", "net0,unused12", "destructive"],
    ["PUT /nodes/{node}/qemu/{vmid}/config", "efidisk0;x", "destructive"],
    ["PUT /nodes/{node}/qemu/{vmid}/config", "net0,scsihw,ide", undefined],
    ["PUT /nodes/{node}/lxc/{vmid}/config", "mp0", "destructive"],
    ["PUT /nodes/{node}/lxc/{vmid}/config", "net0", undefined],
    ["PUT /cluster/ceph/flags/{flag}", "pause", "destructive"],
    ["PUT /cluster/ceph/flags/{flag}", "noout", undefined],
  ])("%s with %s: %s", (id, value, want) => expect(matches(id, value)).toBe(want));

  it("raise the class, never lower it", () => {
    const order = ["read", "mutate", "destructive", "escape"];
    for (const [id, entries] of Object.entries(escalations))
      for (const entry of entries)
        expect(order.indexOf(entry.class), id).toBeGreaterThan(order.indexOf(byId.get(id)!.class));
  });
});

describe("tasks", () => {
  it("are the writes that answer with a text, but for the reviewed ones", () => {
    expect(answersWithTask("POST /x", { type: "string" })).toBe(true);
    expect(answersWithTask("GET /x", { type: "string" })).toBe(false);
    expect(answersWithTask("PUT /x", { type: "null" })).toBe(false);
    for (const id of Object.keys(notTasks)) {
      expect(byId.get(id)?.returns.type, id).toBe("string");
      expect(byId.get(id)?.flags.task, id).toBeUndefined();
    }
  });

  it("of version 9.2 are these", async () => {
    const table = operations
      .filter(({ flags }) => flags.task)
      .map(({ id }) => `${id}\n`)
      .join("");
    await expect(table).toMatchFileSnapshot("tasks.txt");
  });
});
