import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { markBackups, parseKeep } from "../../src/lab/state/prune.ts";
import type { LabVolume } from "../../src/lab/state/types.ts";
import { call, finish } from "./support.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ authDelayMs: 0, taskMs: 10 });
});
afterAll(() => lab.close());

type Params = Record<string, string | number>;
const send = (method: string, path: string, params: Params = {}) => {
  const form = Object.entries(params).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return call(lab, method, path, { body: form.join("&") });
};
const backups = async (vmid: number): Promise<Record<string, unknown>[]> =>
  (await call(lab, "GET", `/nodes/pve1/storage/nfs/content?content=backup&vmid=${vmid}`)).data;
const dump = async (params: Params) => {
  const { data } = await send("POST", "/nodes/pve1/vzdump", params);
  return { upid: data as string, ...(await finish(lab, data)) };
};

describe("vzdump", () => {
  it("makes an archive that can be read, noted, protected and restored", async () => {
    const { exitstatus, upid } = await dump({
      vmid: 103,
      storage: "nfs",
      compress: "zstd",
      "notes-template": "{{vmid}} {{guestname}}",
    });
    expect([exitstatus, upid.includes(":vzdump:103:")]).toEqual(["OK", true]);
    const [row] = await backups(103);
    expect(row).toMatchObject({ content: "backup", format: "tar.zst", subtype: "lxc", notes: "103 dns01" });
    const volid = String(row?.volid);
    expect(volid).toMatch(/^nfs:backup\/vzdump-lxc-103-\d{4}_\d\d_\d\d-\d\d_\d\d_\d\d\.tar\.zst$/);
    const one = `/nodes/pve1/storage/nfs/content/${encodeURIComponent(volid)}`;
    await send("PUT", one, { notes: "kept", protected: 1 });
    expect((await call(lab, "GET", one)).data).toMatchObject({ notes: "kept", protected: 1, format: "raw" });
    const removal = await call(lab, "DELETE", one);
    expect((await finish(lab, removal.data)).exitstatus).toBe(
      `cannot remove protected volume '${volid.slice(4)}' on 'nfs'`,
    );
    const text = await call(lab, "GET", `/nodes/pve1/vzdump/extractconfig?volume=${encodeURIComponent(volid)}`);
    expect(text.data).toContain("\nhostname: dns01\n");
    const restore = { ostemplate: volid, restore: 1, storage: "local-lvm" };
    const made = await send("POST", "/nodes/pve1/lxc", { vmid: 500, ...restore });
    expect((await finish(lab, made.data)).exitstatus).toBe("OK");
    expect((await call(lab, "GET", "/nodes/pve1/lxc/500/config")).data).toMatchObject({
      hostname: "dns01",
      unprivileged: 1,
      rootfs: expect.stringMatching(/^local-lvm:vm-500-disk-0,size=/),
    });
    expect((await send("POST", "/nodes/pve1/lxc", { vmid: 500, ...restore })).reason).toBe(
      "CT 500 already exists on node 'pve1'",
    );
    const again = await send("POST", "/nodes/pve1/lxc", { vmid: 500, force: 1, ...restore });
    expect((await finish(lab, again.data)).exitstatus).toBe("OK");
    expect(lab.state.volumes.has("local-lvm:vm-500-disk-1")).toBe(true);
    expect(lab.state.volumes.has("local-lvm:vm-500-disk-0")).toBe(false);
  });

  it.each([
    [{ vmid: 999, storage: "nfs" }, "job errors", "ERROR: Backup of VM 999 failed - unable to find VM '999'"],
    [{ vmid: 100, storage: "none" }, "could not get storage information for 'none': storage 'none' does not exist", ""],
    [
      { vmid: 100, storage: "local-lvm" },
      "could not get storage information for 'local-lvm': can't use storage 'local-lvm' for backups - wrong content type",
      "",
    ],
  ] as [Params, string, string][])("fails in the worker on %j", async (params, status, line) => {
    const { exitstatus, log } = await dump(params);
    expect([exitstatus, line === "" || log.includes(line)]).toEqual([status, true]);
  });

  it.each([
    [{ storage: "nfs" }, { vmid: "property is missing" }],
    [{ all: 1, vmid: 100 }, { all: "option conflicts with option 'vmid'" }],
    [
      { vmid: 100, storage: "nfs", "notes-template": "{{what}}" },
      { "notes-template": "found unknown: variable 'what' at char 0\n" },
    ],
    [{ vmid: 100, tmpdir: "/x" }, { tmpdir: "Only root may set this option." }],
  ] as [Params, Record<string, string>][])("refuses %j", async (params, errors) => {
    const answer = await send("POST", "/nodes/pve1/vzdump", params);
    expect([answer.status, answer.errors]).toEqual([400, errors]);
  });

  it("prunes what is beyond its retention", async () => {
    for (let i = 0; i < 3; i += 1)
      expect((await dump({ vmid: 102, storage: "nfs", "prune-backups": "keep-last=2" })).exitstatus).toBe("OK");
    expect(await backups(102)).toHaveLength(2);
    const { data } = await call(
      lab,
      "GET",
      "/nodes/pve1/storage/nfs/prunebackups?prune-backups=keep-last%3D1&vmid=102",
    );
    expect(data.map((row: { mark: string }) => row.mark).sort()).toEqual(["keep", "remove"]);
    const pruned = await call(
      lab,
      "DELETE",
      "/nodes/pve1/storage/nfs/prunebackups?prune-backups=keep-last%3D1&vmid=102",
    );
    expect((await finish(lab, pruned.data)).exitstatus).toBe("OK");
    expect(await backups(102)).toHaveLength(1);
  });

  it("answers OK and does nothing when the guest is elsewhere", async () => {
    const wide = await startLab({ authDelayMs: 0, taskMs: 10, seed: "medium" });
    const away = [...wide.state.guests.values()].find((guest) => guest.node === "pve2");
    const answer = await call(wide, "POST", "/nodes/pve1/vzdump", { body: `vmid=${away?.vmid}&storage=nfs` });
    await wide.close();
    expect(answer.data).toBe("OK");
  });
});

describe("backup jobs", () => {
  const JOBS = "/cluster/backup";

  it("come, change and go", async () => {
    const prune = { "prune-backups": "keep-last=2" };
    expect(
      (await send("POST", JOBS, { id: "j1", schedule: "sat 02:00", storage: "nfs", vmid: "100,103", ...prune })).data,
    ).toBeNull();
    const [row] = (await call(lab, "GET", JOBS)).data;
    expect(row).toMatchObject({ id: "j1", type: "vzdump", enabled: 1, "prune-backups": { "keep-last": "2" } });
    expect(row["next-run"]).toBeGreaterThan(Date.now() / 1000);
    const included = await call(lab, "GET", `${JOBS}/j1/included_volumes`);
    expect(included.data.children).toMatchObject([
      { id: 100, type: "qemu", children: [{ id: "100:scsi0", included: 1, reason: "backup=yes" }] },
      { id: 103, type: "lxc", children: [{ id: "103:rootfs", included: 1, reason: "rootfs" }] },
    ]);
    const missing = (await call(lab, "GET", "/cluster/backup-info/not-backed-up")).data.map(
      (one: { vmid: number }) => one.vmid,
    );
    expect([missing.includes(100), missing.includes(101)]).toEqual([false, true]);
    await send("PUT", `${JOBS}/j1`, { all: 1, delete: "prune-backups" });
    const { data } = await call(lab, "GET", `${JOBS}/j1`);
    expect(data).toMatchObject({ all: 1, schedule: "sat 02:00" });
    expect(data).not.toHaveProperty("vmid");
    expect((await call(lab, "DELETE", `${JOBS}/j1`)).data).toBeNull();
    expect((await call(lab, "GET", `${JOBS}/j1`)).errors).toEqual({ id: "No such job 'j1'" });
  });

  it("take a time of day from older clients", async () => {
    await send("POST", JOBS, { starttime: "02:00", dow: "sat", all: 1, storage: "nfs" });
    const [row] = (await call(lab, "GET", JOBS)).data;
    expect(row.schedule).toBe("sat 02:00");
    await call(lab, "DELETE", `${JOBS}/${row.id}`);
  });

  it.each([
    ["POST", "", { schedule: "*/30" }, 500, "400 Parameter verification failed.\nvmid: property is missing\n"],
    [
      "POST",
      "",
      { schedule: "*/30", all: 1, vmid: 100 },
      500,
      "400 Parameter verification failed.\nall: option conflicts with option 'vmid'\n",
    ],
    ["POST", "", { all: 1 }, 400, "Parameter verification failed.\n"],
    ["PUT", "/none", { enabled: 0 }, 500, "no such vzdump job\n"],
    ["DELETE", "/none", {}, 500, "400 Parameter verification failed.\nid: No such job 'none'\n"],
  ] as [string, string, Params, number, string][])("refuse %s%s %j", async (method, path, params, status, message) => {
    const answer = method === "DELETE" ? await call(lab, method, JOBS + path) : await send(method, JOBS + path, params);
    expect([answer.status, answer.message]).toEqual([status, message]);
  });
});

describe("retention", () => {
  const day = 86_400;
  const start = Math.floor(new Date(2026, 0, 20, 12).getTime() / 1000);
  const volumes: LabVolume[] = Array.from({ length: 20 }, (_, n) => ({
    volid: `local:backup/vzdump-qemu-100-2026_01_${String(20 - n).padStart(2, "0")}-12_00_00.vma.zst`,
    storage: "local",
    content: "backup",
    format: "vma.zst",
    size: 1,
    vmid: 100,
    subtype: "qemu",
    ctime: start - n * day,
  }));
  const kept = (keep: string): number[] =>
    markBackups(volumes, parseKeep(keep))
      .map(({ mark }, index) => (mark === "keep" ? index : -1))
      .filter((index) => index >= 0);

  it.each([
    ["keep-all=1", Array.from({ length: 20 }, (_, n) => n)],
    ["keep-last=2", [0, 1]],
    ["keep-last=1,keep-daily=2", [0, 1, 2]],
    ["keep-weekly=2", [0, 2]],
    ["keep-monthly=1", [0]],
  ])("%s", (keep, expected) => expect(kept(keep)).toEqual(expected));
});
