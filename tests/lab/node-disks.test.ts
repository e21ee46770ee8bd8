import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { call, finish } from "./support.ts";

let lab: Lab;
/** Head lines of root itself: no token may wipe a disk. */
let root: Record<string, string>;
beforeAll(async () => {
  lab = await startLab({ seed: "small", taskMs: 10, authDelayMs: 1 });
  const body = new URLSearchParams({ username: "root@pam", password: lab.rootPassword }).toString();
  const { data } = await call(lab, "POST", "/access/ticket", { token: null, body });
  root = { Cookie: `PVEAuthCookie=${encodeURIComponent(data.ticket)}`, CSRFPreventionToken: data.CSRFPreventionToken };
});
afterAll(() => lab.close());

const DISKS = "/nodes/pve1/disks";

async function send(method: string, path: string, values: Record<string, string> = {}) {
  const query = new URLSearchParams(values).toString();
  const inPath = method === "DELETE" || method === "GET";
  const login = path === "/wipedisk" ? { token: null, headers: root } : {};
  const target = `${DISKS}${path}${inPath && query ? `?${query}` : ""}`;
  return await call(lab, method, target, { ...login, ...(inPath ? {} : { body: query }) });
}

async function run(method: string, path: string, values: Record<string, string> = {}) {
  const { data, reason } = await send(method, path, values);
  expect(reason).toBe("OK");
  return { upid: data as string, ...(await finish(lab, data)) };
}

async function unused(): Promise<string[]> {
  const { data } = await send("GET", "/list", { type: "unused" });
  return data.map(({ devpath }: { devpath: string }) => devpath);
}

describe("disks", () => {
  it("are not for a token to wipe", async () => {
    const answer = await call(lab, "PUT", `${DISKS}/wipedisk`, { body: "disk=%2Fdev%2Fsda" });
    expect([answer.status, answer.reason]).toEqual([403, "Permission check failed (user != root@pam)"]);
  });

  it("lists all, and those that are free", async () => {
    const { data } = await send("GET", "/list");
    expect(data.length).toBe(5);
    expect(data[0]).toMatchObject({ devpath: "/dev/nvme0n1", type: "nvme", used: "partitions", "osdid-list": null });
    expect(await unused()).toEqual(["/dev/sda", "/dev/sdb", "/dev/sdc", "/dev/sdd"]);
    const { data: all } = await send("GET", "/list", { "include-partitions": "1" });
    expect(all.length).toBe(8);
  });

  it.each([
    ["GET", "/smart", { disk: "/dev/nosuch" }, "not a valid block device"],
    ["POST", "/initgpt", { disk: "/dev/nosuch" }, "not a valid block device"],
    ["POST", "/initgpt", { disk: "/dev/nvme0n1" }, "device '/dev/nvme0n1' is already in use"],
    ["PUT", "/wipedisk", { disk: "/dev/nvme0n1" }, "disk/partition '/dev/nvme0n1p2' is mounted"],
    ["PUT", "/wipedisk", { disk: "/dev/nvme0n1p3" }, "disk/partition '/dev/nvme0n1p3' has a holder"],
    ["POST", "/zfs", { name: "pool", raidlevel: "mirror", devices: "/dev/sda" }, "mirror needs at least 2 disks"],
    [
      "POST",
      "/zfs",
      { name: "pool", raidlevel: "single", devices: "/dev/sda,/dev/sdb" },
      "please give only one disk for single disk mode",
    ],
    ["GET", "/zfs/none", {}, "command '/sbin/zpool status -P none' failed: exit code 1"],
  ])("%s %s %j is refused", async (method, path, values, reason) => {
    const answer = await send(method, path, values as Record<string, string>);
    expect([answer.status, answer.reason]).toEqual([500, reason]);
  });

  it.each([
    ["/dev/sda", "ata"],
    ["/dev/nvme0n1", "text"],
  ])("tells the health of %s", async (disk, type) => {
    expect((await send("GET", "/smart", { disk })).data).toMatchObject({ health: "PASSED", type });
    expect((await send("GET", "/smart", { disk, healthonly: "1" })).data).toEqual({ health: "PASSED" });
  });

  it("initialises and wipes one", async () => {
    const { upid } = await run("POST", "/initgpt", { disk: "/dev/sdd" });
    expect(upid).toContain(":diskinit:sdd:");
    const { data } = await send("GET", "/list");
    expect(data.find((disk: { devpath: string }) => disk.devpath === "/dev/sdd").gpt).toBe(1);
    expect((await run("PUT", "/wipedisk", { disk: "/dev/sdd" })).exitstatus).toBe("OK");
  });
});

describe("what stands on disks", () => {
  it("a pool with its storage, from the first to the last byte", async () => {
    const made = await run("POST", "/zfs", {
      name: "tank",
      raidlevel: "mirror",
      devices: "/dev/sda,/dev/sdb",
      add_storage: "1",
    });
    expect(made.upid).toContain(":zfscreate:tank:");
    expect(made.log[0]).toBe("# /sbin/zpool create -o ashift=12 tank mirror /dev/sda /dev/sdb");
    expect((await send("GET", "/zfs")).data).toMatchObject([{ name: "tank", health: "ONLINE" }]);
    const { data } = await send("GET", "/zfs/tank");
    expect(data.children[0].children[0]).toMatchObject({ name: "mirror-0", state: "ONLINE" });
    expect(await unused()).toEqual(["/dev/sdc", "/dev/sdd"]);
    expect((await call(lab, "GET", "/nodes/pve1/scan/zfs")).data).toMatchObject([{ pool: "tank" }]);
    expect((await call(lab, "GET", "/storage/tank")).data).toMatchObject({
      type: "zfspool",
      pool: "tank",
      nodes: "pve1",
    });
    expect((await send("POST", "/zfs", { name: "tank", raidlevel: "single", devices: "/dev/sdc" })).status).toBe(500);
    await run("DELETE", "/zfs/tank", { "cleanup-disks": "1", "cleanup-config": "1" });
    expect((await call(lab, "GET", "/storage/tank")).status).toBe(500);
    expect(await unused()).toEqual(["/dev/sda", "/dev/sdb", "/dev/sdc", "/dev/sdd"]);
  });

  it("a volume group and a thin pool", async () => {
    expect((await run("POST", "/lvm", { name: "vg1", device: "/dev/sdc" })).upid).toContain(":lvmcreate:vg1:");
    const { data } = await send("GET", "/lvm");
    expect(data.children.map(({ name }: { name: string }) => name)).toEqual(["pve", "vg1"]);
    expect((await send("POST", "/lvm", { name: "vg2", device: "/dev/sdc" })).reason).toBe(
      "device '/dev/sdc' is already in use",
    );
    expect((await run("DELETE", "/lvm/vg1", { "cleanup-disks": "1" })).exitstatus).toBe("OK");
    expect((await run("POST", "/lvmthin", { name: "thin", device: "/dev/sdc" })).exitstatus).toBe("OK");
    expect((await call(lab, "GET", "/nodes/pve1/scan/lvmthin?vg=thin")).data).toEqual([{ lv: "thin" }]);
    expect((await run("DELETE", "/lvmthin/nosuch", { "volume-group": "thin" })).exitstatus).toBe(
      "no such thin pool thin/nosuch",
    );
    const gone = await run("DELETE", "/lvmthin/thin", { "volume-group": "thin", "cleanup-disks": "1" });
    expect(gone.upid).toContain(":lvmthinremove:thin-thin:");
    expect(await unused()).toContain("/dev/sdc");
  });

  it("a directory", async () => {
    expect((await run("POST", "/directory", { name: "d-1", device: "/dev/sdd", filesystem: "xfs" })).log).toContain(
      "# /sbin/mkfs -t xfs /dev/sdd1",
    );
    expect((await send("GET", "/directory")).data).toMatchObject([
      { path: "/mnt/pve/d-1", type: "xfs", unitfile: "/etc/systemd/system/mnt-pve-d\\x2d1.mount" },
    ]);
    expect((await send("PUT", "/wipedisk", { disk: "/dev/sdd" })).reason).toBe("disk/partition '/dev/sdd1' is mounted");
    await run("DELETE", "/directory/d-1", { "cleanup-disks": "1" });
    expect((await send("GET", "/directory")).data).toEqual([]);
  });
});
