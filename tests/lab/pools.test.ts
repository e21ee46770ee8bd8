import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Lab, startLab, type TokenIdentity } from "../../src/lab/index.ts";
import { call } from "./support.ts";

let lab: Lab;
let weak: TokenIdentity;
beforeAll(async () => {
  lab = await startLab({ authDelayMs: 0, taskMs: 20 });
  weak = lab.addToken({ user: "pat", realm: "pve", id: "tok" }, { "/vms/100": ["VM.Allocate"] });
});
afterAll(() => lab.close());

beforeEach(async () => {
  lab.state.pools.clear();
  // A pool's entries go with it.
  lab.state.access.grant("/pool/a", "tokens", "pat@pve!tok", "PVEPoolAdmin");
  for (const vmid of lab.state.guests.keys()) lab.state.removeFromPool(vmid);
  for (const poolid of ["a", "a/b", "c"])
    await call(lab, "POST", "/pools", { body: `poolid=${encodeURIComponent(poolid)}` });
  await call(lab, "PUT", "/pools/a", { body: "vms=100&storage=local" });
});

type Step = [method: string, path: string, body: string | undefined, status: number, reason: string];

const steps: Step[] = [
  ["POST", "/pools", "poolid=a", 500, "create pool failed: pool 'a' already exists"],
  ["POST", "/pools", "poolid=1a", 500, "create pool failed: pool name must start with a letter"],
  ["POST", "/pools", "poolid=x%2Fy", 500, "create pool failed: parent 'x' of pool 'x/y' does not exist"],
  ["GET", "/pools/none", undefined, 500, "pool 'none' does not exist"],
  ["GET", "/pools?poolid=none", undefined, 500, "pool 'none' does not exist"],
  ["PUT", "/pools/none", "comment=x", 500, "update pools failed: pool 'none' does not exist"],
  ["PUT", "/pools/a", "vms=100", 500, "update pools failed: VM 100 is already a pool member"],
  [
    "PUT",
    "/pools/c",
    "vms=100",
    500,
    "update pools failed: VM 100 belongs already to pool 'a' and 'allow-move' is not set",
  ],
  ["PUT", "/pools/c", "vms=100&allow-move=1", 200, "OK"],
  ["PUT", "/pools/c", "vms=100&delete=1", 500, "update pools failed: VM 100 is not a pool member"],
  ["PUT", "/pools/c", "storage=local&delete=1", 500, "update pools failed: Storage 'local' is not a pool member"],
  ["PUT", "/pools/a", "storage=local", 500, "update pools failed: Storage 'local' is already a pool member"],
  ["DELETE", "/pools/a", undefined, 500, "delete pool failed: pool 'a' is not empty (contains pool 'a/b')"],
  ["DELETE", "/pools/none", undefined, 500, "delete pool failed: pool 'none' does not exist"],
  ["DELETE", "/pools?poolid=a/b", undefined, 200, "OK"],
];

describe("pools", () => {
  it.each(steps)("%s %s %s gives %i %s", async (method, path, body, status, reason) => {
    const answer = await call(lab, method, path, body === undefined ? {} : { body });
    expect([answer.status, answer.reason]).toEqual([status, reason]);
  });

  it("are listed without members, and one alone with them", async () => {
    expect((await call(lab, "GET", "/pools")).data).toEqual([{ poolid: "a" }, { poolid: "a/b" }, { poolid: "c" }]);
    const one = (await call(lab, "GET", "/pools?poolid=a")).data;
    expect(one).toMatchObject([{ poolid: "a", members: [{ vmid: 100, type: "qemu" }, { storage: "local" }] }]);
    expect((await call(lab, "GET", "/pools?poolid=a&type=storage")).data[0].members).toHaveLength(1);
    expect((await call(lab, "GET", "/pools?poolid=a/b")).data).toEqual([{ poolid: "a/b", members: [] }]);
  });

  it("are not deleted before their members, those that are gone aside", async () => {
    const remove = async () => (await call(lab, "DELETE", "/pools/a")).reason;
    await call(lab, "DELETE", "/pools?poolid=a/b");
    expect(await remove()).toBe("delete pool failed: pool 'a' is not empty (contains VM 100)");
    await call(lab, "PUT", "/pools/a", { body: "vms=100&delete=1" });
    expect(await remove()).toBe("delete pool failed: pool 'a' is not empty (contains storage 'local')");
    await call(lab, "PUT", "/pools/a", { body: "storage=local&delete=1" });
    await call(lab, "PUT", "/pools/a", { body: "storage=gone&vms=9999" });
    expect(await remove()).toBe("OK");
  });

  it("store nothing of an update of which a part is not allowed", async () => {
    const answer = await call(lab, "PUT", "/pools/a", { token: weak, body: "comment=x&vms=101" });
    expect([answer.status, answer.reason]).toEqual([
      500,
      "update pools failed: 403 Permission check failed (/vms/101, Permissions.Modify|VM.Allocate)",
    ]);
    expect(lab.state.pools.get("a")?.comment).toBeUndefined();
    const moved = await call(lab, "PUT", "/pools", { token: weak, body: "poolid=a&vms=100&delete=1&comment=y" });
    expect([moved.status, lab.state.poolOf(100), lab.state.pools.get("a")?.comment]).toEqual([200, undefined, "y"]);
  });

  it("that the caller may not audit are left out", async () => {
    expect((await call(lab, "GET", "/pools", { token: weak })).data).toEqual([{ poolid: "a" }, { poolid: "a/b" }]);
    expect((await call(lab, "GET", "/pools?poolid=c", { token: weak })).reason).toBe(
      "Permission check failed (/pool/c, Pool.Audit)",
    );
  });
});
