import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileSystemBytes } from "../../src/lab/containers/mounts.ts";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { call, finish } from "./support.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ authDelayMs: 0, taskMs: 10 });
});
afterAll(() => lab.close());

const TEMPLATE = "local:vztmpl/debian-13-standard_13.1-2_amd64.tar.zst";
const LXC = "/nodes/pve1/lxc";
type Params = Record<string, string | number>;
const send = (method: string, path: string, params: Params = {}) => {
  const form = Object.entries(params).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return call(lab, method, path, { body: form.join("&") });
};
const get = async (path: string) => (await call(lab, "GET", `${LXC}/${path}`)).data;
const done = async (answer: { data: string; reason: string }) => {
  expect(answer.data, answer.reason).toMatch(/^UPID:/);
  return (await finish(lab, answer.data)).exitstatus;
};
const make = async (vmid: number, params: Params = {}) =>
  done(
    await send("POST", LXC, {
      vmid,
      ostemplate: TEMPLATE,
      rootfs: "local-lvm:1",
      unprivileged: 1,
      features: "nesting=1",
      net0: "name=eth0,bridge=vmbr0,ip=dhcp",
      password: "secret",
      ...params,
    }),
  );

describe("a container's life", () => {
  it("begins with a template", async () => {
    expect(await make(200, { hostname: "ct1" })).toBe("OK");
    const config = await get("200/config");
    expect(config).toMatchObject({
      arch: "amd64",
      ostype: "debian",
      hostname: "ct1",
      memory: 512,
      swap: 512,
      unprivileged: 1,
      rootfs: "local-lvm:vm-200-disk-0,size=1G",
    });
    expect(config.net0).toMatch(/^name=eth0,bridge=vmbr0,hwaddr=BC:24:11(?::[0-9A-F]{2}){3},ip=dhcp,type=veth$/);
    expect(config).not.toHaveProperty("password");
  });

  it("warns of a system that needs nesting", async () => {
    const answer = await send("POST", LXC, { vmid: 201, ostemplate: TEMPLATE, storage: "local-lvm", unprivileged: 1 });
    expect(await done(answer)).toBe("WARNINGS: 1");
    expect(await get("201/config")).toMatchObject({ hostname: "CT201", rootfs: "local-lvm:vm-201-disk-0,size=4G" });
  });

  it.each([
    [{ vmid: 200, ostemplate: TEMPLATE }, 500, "CT 200 already exists on node 'pve1'"],
    [{ vmid: 100, ostemplate: TEMPLATE }, 500, "VM 100 already exists on node 'pve1'"],
    [
      { vmid: 210, ostemplate: "local:iso/debian-13.1.0-amd64-netinst.iso" },
      500,
      "unable to use volume local:iso/debian-13.1.0-amd64-netinst.iso - content type needs to be 'vztmpl'",
    ],
    [
      { vmid: 210, ostemplate: TEMPLATE, mp0: "local-lvm:1,mp=/x" },
      500,
      "mount points configured, but 'rootfs' not set - aborting",
    ],
    [{ vmid: 210, ostemplate: TEMPLATE, rootfs: "none:1" }, 500, "storage 'none' does not exist"],
    [{ vmid: 210, ostemplate: TEMPLATE, rootfs: "local:1" }, 400, "Parameter verification failed."],
    [
      { vmid: 210, ostemplate: TEMPLATE, storage: "local-lvm", unprivileged: 1, features: "fuse=1" },
      403,
      "Permission check failed (changing feature flags (except nesting) is only allowed for root@pam)",
    ],
    [
      { vmid: 210, ostemplate: TEMPLATE, storage: "local-lvm", features: "nesting=1" },
      403,
      "Permission check failed (changing feature flags for privileged container is only allowed for root@pam)",
    ],
    [
      { vmid: 210, ostemplate: TEMPLATE, rootfs: "local-lvm:1", mp0: "/srv,mp=/x" },
      403,
      "Permission check failed (mount point type bind is only allowed for root@pam)",
    ],
  ] as [Params, number, string][])("does not begin with %j", async (params, status, reason) => {
    const answer = await send("POST", LXC, params);
    expect([answer.status, answer.reason]).toEqual([status, reason]);
  });

  it("fails in the worker without the template, and leaves nothing", async () => {
    const answer = await send("POST", LXC, { vmid: 211, ostemplate: "local:vztmpl/x.tar.zst", storage: "local-lvm" });
    expect(await done(answer)).toBe("unable to create CT 211 - volume 'local:vztmpl/x.tar.zst' does not exist");
    expect((await call(lab, "GET", `${LXC}/211/config`)).reason).toBe(
      "Configuration file 'nodes/pve1/lxc/211.conf' does not exist",
    );
  });

  it("is started, seen and stopped", async () => {
    expect(await done(await send("POST", `${LXC}/200/status/start`))).toBe("OK");
    const current = await get("200/status/current");
    expect(current).toMatchObject({ status: "running", type: "lxc", maxdisk: 1_020_702_720, cpus: 16 });
    expect((await send("POST", `${LXC}/200/status/start`)).reason).toBe("CT 200 already running");
    expect((await call(lab, "DELETE", `${LXC}/200`)).reason).toBe("unable to destroy CT 200 - container is running");
    expect(await done(await send("POST", `${LXC}/200/status/shutdown`))).toBe("OK");
    expect(await get("200/interfaces")).toBeNull();
  });

  it("ends with its volumes", async () => {
    await make(220);
    expect(await done(await call(lab, "DELETE", `${LXC}/220?purge=1`))).toBe("OK");
    expect(lab.state.volumes.has("local-lvm:vm-220-disk-0")).toBe(false);
  });
});

describe("a container's configuration", () => {
  beforeAll(() => make(300));
  const config = `${LXC}/300/config`;

  it("changes at once while it is stopped", async () => {
    const { digest } = await get("300/config");
    expect((await send("PUT", config, { memory: 300, description: "a\nb", tags: "z,a,z", digest })).data).toBeNull();
    expect(await get("300/config")).toMatchObject({ memory: 300, description: "a\nb\n", tags: "a;z" });
    expect((await send("PUT", config, { memory: 301, digest })).reason).toBe(
      "detected modified configuration - file changed by other user? Try again.",
    );
  });

  it("allocates, detaches and destroys data places", async () => {
    await send("PUT", config, { mp0: "local-lvm:2,mp=/data" });
    expect((await get("300/config")).mp0).toBe("local-lvm:vm-300-disk-1,mp=/data,size=2G");
    await send("PUT", config, { delete: "mp0" });
    expect(await get("300/config")).toMatchObject({ unused0: "local-lvm:vm-300-disk-1" });
    await send("PUT", config, { delete: "unused0" });
    expect(lab.state.volumes.has("local-lvm:vm-300-disk-1")).toBe(false);
  });

  it("waits for the next start where it must", async () => {
    await done(await send("POST", `${LXC}/300/status/start`));
    await send("PUT", config, { memory: 400, nameserver: "192.0.2.53" });
    const rows = await get("300/pending");
    expect(rows).toContainEqual({ key: "memory", value: 400 });
    expect(rows).toContainEqual({ key: "nameserver", pending: "192.0.2.53" });
    await send("PUT", config, { revert: "nameserver" });
    expect(JSON.stringify(await get("300/pending"))).not.toContain("192.0.2.53");
    await done(await send("POST", `${LXC}/300/status/stop`));
  });

  it.each([
    [{}, 500, "no options specified", undefined],
    [{ delete: "bogus" }, 400, "Parameter verification failed.", { delete: "unknown option 'bogus'" }],
    [{ delete: "memory" }, 500, "unable to delete required option 'memory'", undefined],
    [{ unprivileged: 0 }, 500, "unable to modify read-only option: 'unprivileged'", undefined],
    [{ mp1: "local:1,mp=/x" }, 500, "storage 'local' does not allow content type 'rootdir' (Container)", undefined],
    [
      { memory: 16, delete: "memory" },
      400,
      "Parameter verification failed.",
      { delete: "you can't use '-memory' and -delete memory' at the same time" },
    ],
  ] as [Params, number, string, unknown][])("refuses %j", async (params, status, reason, errors) => {
    const answer = await send("PUT", config, params);
    expect([answer.status, answer.reason, answer.errors]).toEqual([status, reason, errors]);
  });
});

describe("copies and snapshots", () => {
  beforeAll(() => make(400));

  it("are taken, described, gone back to, and removed", async () => {
    const base = `${LXC}/400/snapshot`;
    expect(await done(await send("POST", base, { snapname: "s1", description: "first" }))).toBe("OK");
    expect(await done(await send("POST", base, { snapname: "s1" }))).toBe("snapshot name 's1' already used");
    await send("PUT", `${LXC}/400/config`, { memory: 700 });
    await send("PUT", `${base}/s1/config`, { description: "one" });
    expect((await call(lab, "GET", base)).data).toMatchObject([
      { name: "s1", description: "one" },
      { name: "current", parent: "s1", running: 0 },
    ]);
    expect(await done(await send("POST", `${base}/s1/rollback`))).toBe("OK");
    expect((await get("400/config")).memory).toBe(512);
    expect(await done(await call(lab, "DELETE", `${base}/s1`))).toBe("OK");
    expect(await done(await call(lab, "DELETE", `${base}/s1`))).toBe("snapshot 's1' does not exist");
    expect((await send("POST", base, { snapname: "current" })).reason).toBe(
      "unable to use snapshot name 'current' (reserved name)",
    );
  });

  it("are cloned fully, and linked from a template", async () => {
    expect((await send("POST", `${LXC}/400/clone`, { newid: 400 })).reason).toBe(
      "CT 400 already exists on node 'pve1'",
    );
    expect((await send("POST", `${LXC}/400/clone`, { newid: 401, full: 0 })).reason).toBe(
      "Linked clone feature for 'local-lvm:vm-400-disk-0' is not available",
    );
    expect(await done(await send("POST", `${LXC}/400/clone`, { newid: 401, hostname: "copy" }))).toBe("OK");
    const [before, after] = [await get("400/config"), await get("401/config")];
    expect(after).toMatchObject({ hostname: "copy", rootfs: "local-lvm:vm-401-disk-0,size=1G" });
    expect(after.net0).not.toBe(before.net0);
    expect((await send("POST", `${LXC}/401/template`)).data).toBeNull();
    await expect.poll(async () => (await get("401/config")).rootfs).toBe("local-lvm:base-401-disk-0,size=1G");
    expect(await done(await send("POST", `${LXC}/401/clone`, { newid: 402 }))).toBe("OK");
    expect(await done(await call(lab, "DELETE", `${LXC}/401`))).toBe(
      "base volume 'base-401-disk-0' is still in use by linked cloned",
    );
    expect((await send("POST", `${LXC}/401/template`)).reason).toBe("you can't convert a template to a template");
  });

  it("grow and move", async () => {
    expect(await done(await send("PUT", `${LXC}/400/resize`, { disk: "rootfs", size: "+1G" }))).toBe("OK");
    expect((await get("400/config")).rootfs).toBe("local-lvm:vm-400-disk-0,size=2G");
    expect((await send("PUT", `${LXC}/400/resize`, { disk: "rootfs", size: "1G" })).reason).toBe(
      "unable to shrink disk size",
    );
    expect((await send("PUT", `${LXC}/400/resize`, { disk: "rootfs", size: "2G" })).reason).toBe(
      "disk is already at specified size",
    );
    expect(await done(await send("POST", `${LXC}/400/move_volume`, { volume: "rootfs", storage: "nfs" }))).toBe("OK");
    expect(await get("400/config")).toMatchObject({
      rootfs: "nfs:400/vm-400-disk-0.raw,size=2G",
      unused0: "local-lvm:vm-400-disk-0",
    });
    expect((await get("400/feature?feature=snapshot")).hasFeature).toBe(0);
    expect(await done(await send("POST", `${LXC}/400/snapshot`, { snapname: "s2" }))).toBe(
      "snapshot feature is not available",
    );
    expect((await send("POST", `${LXC}/400/move_volume`, { volume: "rootfs" })).errors).toHaveProperty("storage");
  });

  it("stay where they are without another node", async () => {
    expect(await get("400/migrate")).toMatchObject({ running: 0, "allowed-nodes": [] });
    expect((await send("POST", `${LXC}/400/migrate`, { target: "pve1" })).errors).toEqual({
      target: "target is local node.",
    });
    expect((await send("POST", `${LXC}/400/migrate`, { target: "pve9" })).reason).toBe("no such cluster node 'pve9'");
  });
});

it.each([
  [1_073_741_824, 1_020_702_720],
  [8_589_934_592, 8_350_298_112],
])("an ext4 of %i bytes offers %i", (bytes, offered) => {
  expect(fileSystemBytes(bytes)).toBe(offered);
});
