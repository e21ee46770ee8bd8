import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { call, finish, until, wire } from "./support.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ seed: "medium", taskMs: 20, taskVisibleMs: 0, name: "north" });
});
afterAll(() => lab.close());

// biome-ignore lint/suspicious/noExplicitAny: rows have any shape, and tests say which
type Row = any;

describe("the cluster", () => {
  it("says who is in it", async () => {
    const { data } = await call(lab, "GET", "/cluster/status");
    expect(data[0]).toMatchObject({ type: "cluster", name: "north", nodes: 3, quorate: 1 });
    expect(data.slice(1).map((row: Row) => [row.name, row.nodeid, row.online, row.local])).toEqual([
      ["pve1", 1, 1, 1],
      ["pve2", 2, 1, 0],
      ["pve3", 3, 1, 0],
    ]);
  });

  it.each([
    ["", { qemu: true, lxc: true, node: true, storage: true, pool: true, network: true }],
    ["?type=vm", { qemu: true, lxc: true }],
    ["?type=node", { node: true }],
    ["?type=storage", { storage: true }],
  ])("lists resources%s", async (query, types) => {
    const { data } = await call(lab, "GET", `/cluster/resources${query}`);
    expect(Object.fromEntries(data.map((row: Row) => [row.type, true]))).toEqual(types);
  });

  it("has a row for each guest, and nine for three storages on three nodes", async () => {
    const { data } = await call(lab, "GET", "/cluster/resources");
    const guests = data.filter((row: Row) => row.vmid !== undefined);
    expect([guests.length, data.filter((row: Row) => row.type === "storage").length]).toEqual([100, 9]);
    expect(guests.find((row: Row) => row.vmid === 105)).toMatchObject({
      id: "qemu/105",
      lock: "backup",
      pool: "production",
      status: "stopped",
      tags: "prod;db",
    });
    expect(guests.find((row: Row) => row.vmid === 107)).toMatchObject({
      hastate: "started",
      status: "running",
      node: "pve2",
    });
    expect(guests.find((row: Row) => row.vmid === 104)).toMatchObject({ template: 1 });
    expect(guests.filter((row: Row) => row.name === "twin")).toHaveLength(2);
  });

  it("gives the next free VMID as a string, and refuses one that is taken", async () => {
    expect((await call(lab, "GET", "/cluster/nextid")).data).toBe("200");
    expect((await call(lab, "GET", "/cluster/nextid?vmid=777")).data).toBe("777");
    expect(await call(lab, "GET", "/cluster/nextid?vmid=100")).toMatchObject({
      status: 400,
      errors: { vmid: "VM 100 already exists" },
    });
  });

  it("shows pools with their members", async () => {
    const { data } = await call(lab, "GET", "/pools/production");
    expect(data.members.map((row: Row) => row.vmid)).toEqual([105, 113]);
    expect((await call(lab, "GET", "/pools")).data.map((row: Row) => row.poolid)).toEqual(["lab", "production"]);
    expect(await call(lab, "GET", "/pools/none")).toMatchObject({ status: 500, reason: "pool 'none' does not exist" });
  });

  it("gives every node a fingerprint, the answering one its own", async () => {
    const { data } = await call(lab, "GET", "/nodes");
    expect(data.find((row: Row) => row.node === "pve1").ssl_fingerprint).toBe(lab.fingerprint);
    expect(new Set(data.map((row: Row) => row.ssl_fingerprint)).size).toBe(3);
  });

  it("knows volumes by node", async () => {
    const { data } = await call(lab, "GET", "/nodes/pve1/storage/local-lvm/content?content=images&vmid=100");
    expect(data).toMatchObject([{ volid: "local-lvm:vm-100-disk-0", vmid: 100, format: "raw" }]);
    expect((await call(lab, "GET", "/nodes/pve2/storage/local-lvm/content?vmid=100")).data).toEqual([]);
  });
});

describe("guest agents", () => {
  it.each([
    ["is not configured", 109, "No QEMU guest agent configured"],
    ["belongs to a stopped VM", 102, "VM 102 is not running"],
    ["does not run", 108, "QEMU guest agent is not running"],
  ])("say why one that %s does not answer", async (_, vmid, reason) => {
    const { node } = lab.state.guests.get(vmid)!;
    expect(await call(lab, "POST", `/nodes/${node}/qemu/${vmid}/agent/ping`)).toMatchObject({ status: 500, reason });
  });

  it("answer", async () => {
    expect((await call(lab, "POST", "/nodes/pve1/qemu/100/agent/ping")).data).toEqual({ result: {} });
    const { data } = await call(lab, "GET", "/nodes/pve1/qemu/100/agent/network-get-interfaces");
    expect(data.result.map((row: Row) => row.name)).toEqual(["lo", "eth0"]);
    expect((await call(lab, "GET", "/nodes/pve1/qemu/100/agent/get-osinfo")).data.result.id).toBe("debian");
    expect((await call(lab, "GET", "/nodes/pve1/lxc/103/interfaces")).data[1].name).toBe("eth0");
  });
});

describe("workers", () => {
  it("are three a node, so slow calls hold up the others there, and only there", async () => {
    const slow = await startLab({ seed: "medium", agentMs: 700 });
    const order: string[] = [];
    const note = async (name: string, method: string, path: string): Promise<void> => {
      await call(slow, method, path);
      order.push(name);
    };
    const pings = Array.from({ length: 3 }, () => note("ping", "POST", "/nodes/pve1/qemu/108/agent/ping"));
    await until(() => slow.requests.length === 3);
    const since = Date.now();
    await Promise.all([
      note("held up", "GET", "/nodes/pve1/status"),
      note("free", "GET", "/nodes/pve2/status"),
      note("free", "GET", "/cluster/resources"),
      ...pings,
    ]);
    expect(order.slice(0, 2)).toEqual(["free", "free"]);
    expect(order.slice(2).sort()).toEqual(["held up", "ping", "ping", "ping"]);
    // A lower bound only: a busy machine makes nothing faster.
    expect(Date.now() - since).toBeGreaterThan(600);
    await slow.close();
  });
});

describe("configuration", () => {
  const config = "/nodes/pve1/qemu/102/config";

  it("changes with the right digest only", async () => {
    const { data: before } = await call(lab, "GET", config);
    const changed = await call(lab, "PUT", config, { body: `description=one&tags=a%3Bb&digest=${before.digest}` });
    expect(changed).toMatchObject({ status: 200, data: null });
    const { data: after } = await call(lab, "GET", config);
    expect(after).toMatchObject({ description: "one", tags: "a;b" });
    expect(after.digest).not.toBe(before.digest);
    const stale = await call(lab, "PUT", config, { body: `description=two&digest=${before.digest}` });
    expect(stale).toMatchObject({ status: 500, reason: "checksum mismatch (file change by other user?)" });
    const ct = await call(lab, "PUT", "/nodes/pve1/lxc/103/config", { body: `description=x&digest=${"0".repeat(40)}` });
    expect(ct).toMatchObject({
      status: 500,
      reason: "detected modified configuration - file changed by other user? Try again.",
    });
  });

  it("of a running VM waits for its next start where it must", async () => {
    const running = "/nodes/pve1/qemu/100";
    const { data: before } = await call(lab, "GET", `${running}/config?current=1`);
    await call(lab, "PUT", `${running}/config`, { body: "memory=3072" });
    const { data: pending } = await call(lab, "GET", `${running}/pending`);
    expect(pending).toContainEqual({ key: "memory", value: before.memory, pending: "3072" });
    expect((await call(lab, "GET", `${running}/config`)).data.memory).toBe("3072");
    expect((await call(lab, "GET", `${running}/config?current=1`)).data.memory).toBe(before.memory);
    await call(lab, "PUT", `${running}/config`, { body: "revert=memory" });
    expect((await call(lab, "GET", `${running}/config`)).data.memory).toBe(before.memory);
  });

  it.each([
    ["", 500, "no options specified", undefined],
    ["delete=bogus", 400, "Parameter verification failed.", { delete: "unknown option 'bogus'" }],
    ["delete=tags&tags=x", 400, "Parameter verification failed.", { delete: expect.any(String) }],
    ["args=-foo", 500, "only root can set 'args' config", undefined],
    ["lock=backup", 500, "only root can set 'lock' config", undefined],
    ["tags=a/b", 400, "Parameter verification failed.", { tags: "invalid format - invalid characters in tag\n" }],
    [
      "net0=bogus%2Cbridge%3Dvmbr0",
      400,
      "Parameter verification failed.",
      { net0: expect.stringContaining("net0.model: value 'bogus' does not have a value in the enumeration") },
    ],
    [
      "net0=virtio%2Cnope%3D1",
      400,
      "Parameter verification failed.",
      {
        net0: "invalid format - format error\nnet0.nope: property is not defined in schema and the schema does not allow additional properties\n",
      },
    ],
  ])("refuses %j", async (body, status, reason, errors) => {
    const answer = await call(lab, "PUT", config, { body });
    expect(answer).toMatchObject({ status, reason });
    expect(answer.errors).toEqual(errors);
  });

  it("changes by a task with POST", async () => {
    const { data } = await call(lab, "POST", config, { body: "description=later" });
    expect(data).toContain(":qmconfig:102:");
    expect((await finish(lab, data)).exitstatus).toBe("OK");
    expect((await call(lab, "GET", config)).data.description).toBe("later");
  });

  it("keeps a disk that is taken away, and destroys an unused one", async () => {
    await call(lab, "PUT", config, { body: "delete=scsi0" });
    const { data } = await call(lab, "GET", config);
    expect([data.scsi0, data.unused0]).toEqual([undefined, "nfs:102/vm-102-disk-0.qcow2"]);
    expect(lab.state.volumes.has("nfs:102/vm-102-disk-0.qcow2")).toBe(true);
    await call(lab, "PUT", config, { body: "delete=unused0" });
    expect(lab.state.volumes.has("nfs:102/vm-102-disk-0.qcow2")).toBe(false);
  });
});

describe("destruction", () => {
  it.each([
    ["a running VM", "qemu", 100, "VM 100 is running - destroy failed"],
    ["a protected VM", "qemu", 113, "can't remove VM 113 - protection mode enabled"],
    ["a managed VM", "qemu", 106, "unable to remove VM 106 - used in HA resources and purge parameter not set."],
    ["a running container", "lxc", 103, "unable to destroy CT 103 - container is running"],
  ])("is refused for %s", async (_, type, vmid, reason) => {
    expect(await call(lab, "DELETE", `/nodes/pve1/${type}/${vmid}`)).toMatchObject({ status: 500, reason });
  });

  it("removes a guest with its disks", async () => {
    const { data } = await call(lab, "DELETE", "/nodes/pve1/qemu/101?purge=1");
    expect((await finish(lab, data)).exitstatus).toBe("OK");
    expect((await call(lab, "GET", "/nodes/pve1/qemu/101/config")).reason).toBe(
      "Configuration file 'nodes/pve1/qemu-server/101.conf' does not exist",
    );
    expect(lab.state.volumes.has("local-lvm:vm-101-disk-0")).toBe(false);
  });
});

describe("permissions", () => {
  it("filter silently", async () => {
    const token = lab.powerless;
    expect((await call(lab, "GET", "/access/permissions", { token })).data).toEqual({});
    expect((await call(lab, "GET", "/storage", { token })).data).toEqual([]);
    expect((await call(lab, "GET", "/pools", { token })).data).toEqual([]);
    expect((await call(lab, "GET", "/nodes/pve1/qemu", { token })).data).toEqual([]);
    expect((await call(lab, "GET", "/nodes/pve1/tasks", { token })).data).toEqual([]);
    expect((await call(lab, "GET", "/cluster/resources", { token })).data).toEqual(
      ["pve1", "pve2", "pve3"].map((node) => ({
        id: `node/${node}`,
        type: "node",
        node,
        status: "online",
        level: "",
        "cgroup-mode": 2,
      })),
    );
  });

  it.each([
    ["POST", "/nodes/pve1/qemu/100/status/start", "Permission check failed (/vms/100, VM.PowerMgmt)"],
    ["POST", "/nodes/pve1/qemu/99999/status/start", "Permission check failed (/vms/99999, VM.PowerMgmt)"],
    ["GET", "/nodes/pve1/qemu/100/config", "Permission check failed (/vms/100, VM.Audit)"],
    ["GET", "/nodes/pve1/status", "Permission check failed (/nodes/pve1, Sys.Audit)"],
    ["GET", "/storage/local", "Permission check failed (/storage/local, Datastore.Allocate)"],
    ["GET", "/pools/none", "Permission check failed (/pool/none, Pool.Audit)"],
  ])("refuse %s %s before anything else", async (method, path, reason) => {
    const answer = await call(lab, method, path, { token: lab.powerless });
    expect(answer).toMatchObject({ status: 403, reason, message: `${reason}\n` });
  });

  it("hold below a path, where a nearer one does not say otherwise, and through a pool", async () => {
    const token = lab.addToken(
      { user: "ann", realm: "pve", id: "t" },
      { "/vms": ["VM.Audit"], "/vms/100": [], "/pool/production": ["VM.PowerMgmt"] },
    );
    const get = (vmid: number) => call(lab, "GET", `/nodes/pve1/qemu/${vmid}/status/current`, { token });
    expect([(await get(102)).status, (await get(100)).status]).toEqual([200, 403]);
    expect((await call(lab, "GET", "/nodes/pve1/qemu/999/config", { token })).status).toBe(500);
    const start = await call(lab, "POST", "/nodes/pve1/qemu/105/status/start", { token });
    expect(start.data).toContain(":ann@pve!t:");
    const { data } = await call(lab, "GET", "/access/permissions", { token });
    expect(data).toMatchObject({ "/vms": { "VM.Audit": 1 }, "/pool/production": { "VM.PowerMgmt": 1 } });
  });
});

describe("an offline node", () => {
  it("is shown as such, its guests as unknown, its paths as 595", async () => {
    lab.state.setNodeOnline("pve2", false);
    const answer = await wire(lab, "GET", "/nodes/pve2/status");
    expect([answer.status, answer.reason, answer.body]).toEqual([595, "No route to host", ""]);
    const { data } = await call(lab, "GET", "/cluster/resources");
    expect(data.find((row: Row) => row.id === "node/pve2").status).toBe("offline");
    const guest = data.find((row: Row) => row.vmid === 107);
    expect(guest).toEqual({
      id: "qemu/107",
      type: "qemu",
      vmid: 107,
      node: "pve2",
      status: "unknown",
      hastate: "started",
      tags: "ha",
    });
    const { data: status } = await call(lab, "GET", "/cluster/status");
    expect(status.find((row: Row) => row.name === "pve2").online).toBe(0);
    expect(status[0].quorate).toBe(1);
  });

  it("goes on looking alive for a while", async () => {
    lab.state.setNodeOnline("pve2", false, { stale: true });
    const { data } = await call(lab, "GET", "/cluster/resources?type=vm");
    expect(data.find((row: Row) => row.vmid === 107).status).toBe("running");
  });

  it("takes the quorum away when too many are gone: reads work, writes do not", async () => {
    lab.state.setNodeOnline("pve3", false);
    expect((await call(lab, "GET", "/cluster/status")).data[0].quorate).toBe(0);
    expect(await call(lab, "POST", "/nodes/pve1/qemu/100/status/stop")).toMatchObject({
      status: 500,
      reason: "cluster not ready - no quorum?",
    });
    lab.state.setNodeOnline("pve2", true);
    lab.state.setNodeOnline("pve3", true);
    expect((await call(lab, "GET", "/nodes/pve2/status")).status).toBe(200);
  });
});
