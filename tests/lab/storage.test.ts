import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { call, finish, wire } from "./support.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ authDelayMs: 0, taskMs: 20 });
});
afterAll(() => lab.close());

const form = (params: Record<string, string | number>): string =>
  Object.entries(params)
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
    .join("&");
const send = (method: string, path: string, params: Record<string, string | number> = {}) =>
  call(lab, method, path, { body: form(params) });
const volumes = async (storage: string, query = ""): Promise<Record<string, unknown>[]> =>
  (await call(lab, "GET", `/nodes/pve1/storage/${storage}/content${query}`)).data;

describe("definitions of storages", () => {
  it("come, change and go", async () => {
    const created = await send("POST", "/storage", {
      storage: "d1",
      type: "dir",
      path: "/srv/d1",
      content: "iso,backup",
    });
    expect(created.data).toEqual({ storage: "d1", type: "dir" });
    const { data } = await call(lab, "GET", "/storage/d1");
    expect(data).toMatchObject({ storage: "d1", type: "dir", path: "/srv/d1" });
    expect(data.content.split(",").sort()).toEqual(["backup", "iso"]);
    const changed = await send("PUT", "/storage/d1", { digest: data.digest, nodes: "pve1", shared: 1 });
    expect(changed.data).toEqual({ storage: "d1", type: "dir" });
    expect((await call(lab, "GET", "/storage/d1")).data).toMatchObject({ nodes: "pve1", shared: 1 });
    const late = await send("PUT", "/storage/d1", { digest: data.digest, shared: 0 });
    expect(late.reason).toMatch(/^update storage failed: detected modified configuration/);
    await send("PUT", "/storage/d1", { delete: "shared,nodes" });
    expect((await call(lab, "GET", "/storage/d1")).data).not.toHaveProperty("nodes");
    expect((await call(lab, "DELETE", "/storage/d1")).data).toBeNull();
    expect((await call(lab, "GET", "/storage/d1")).reason).toBe("storage 'd1' does not exist");
  });

  it.each([
    [
      "POST",
      "/storage",
      { storage: "local", type: "dir", path: "/x" },
      "create storage failed: storage ID 'local' already defined",
    ],
    [
      "POST",
      "/storage",
      { storage: "n1", type: "nfs", server: "192.0.2.9" },
      "missing value for required option 'export'",
    ],
    ["POST", "/storage", { storage: "n1", type: "dir", path: "/x", vgname: "pve" }, "unexpected property 'vgname'"],
    [
      "POST",
      "/storage",
      { storage: "n1", type: "nfs", server: "127.0.0.1", export: "/x" },
      "create storage failed: storage 'n1' is not online",
    ],
    [
      "PUT",
      "/storage/local-lvm",
      { delete: "vgname" },
      "update storage failed: unable to delete required option 'vgname'",
    ],
    ["PUT", "/storage/local", { delete: "bogus" }, "update storage failed: no such option 'bogus'"],
    [
      "PUT",
      "/storage/local",
      { delete: "bwlimit", bwlimit: "clone=1" },
      "update storage failed: cannot set and delete property 'bwlimit' at the same time!",
    ],
    ["PUT", "/storage/none", { disable: 1 }, "update storage failed: storage 'none' does not exist"],
    ["DELETE", "/storage/none", {}, "delete storage failed: storage 'none' does not exist"],
  ] as [string, string, Record<string, string | number>, string][])(
    "%s %s %j: %s",
    async (method, path, params, reason) => {
      const answer = method === "DELETE" ? await call(lab, method, path) : await send(method, path, params);
      expect([answer.status, answer.reason]).toEqual([500, reason]);
    },
  );

  it.each([
    ["pbs", { server: "192.0.2.9", datastore: "ds", username: "x@pbs", password: "secret" }, { config: {} }],
    ["cifs", { server: "192.0.2.9", share: "s", username: "u", password: "secret" }, {}],
    ["zfspool", { pool: "tank/x" }, {}],
    ["rbd", { monhost: "192.0.2.1", keyring: "secret" }, {}],
    ["esxi", { server: "192.0.2.9", username: "u", password: "secret" }, {}],
  ] as [string, Record<string, string>, object][])("keep the secrets of %s", async (type, params, extra) => {
    const created = await send("POST", "/storage", { storage: `x-${type}`, type, disable: 1, ...params });
    expect(created.data).toEqual({ storage: `x-${type}`, type, ...extra });
    const { body } = await wire(lab, "GET", `/storage/x-${type}`);
    expect(body).not.toContain("secret");
    expect((await volumes(`x-${type}`)) ?? null).toBeNull();
    await call(lab, "DELETE", `/storage/x-${type}`);
  });
});

describe("volumes", () => {
  beforeAll(async () => {
    await send("POST", "/storage", {
      storage: "vols",
      type: "dir",
      path: "/srv/vols",
      content: "images,iso,backup,vztmpl,import",
    });
  });

  it("are made, measured and removed", async () => {
    const path = "/nodes/pve1/storage/vols/content";
    const params = { vmid: 999, filename: "vm-999-disk-0.qcow2", size: "1G" };
    expect((await send("POST", path, params)).data).toBe("vols:999/vm-999-disk-0.qcow2");
    expect((await send("POST", path, params)).reason).toBe(
      "disk image '/srv/vols/images/999/vm-999-disk-0.qcow2' already exists",
    );
    expect(await volumes("vols")).toEqual([
      expect.objectContaining({ volid: "vols:999/vm-999-disk-0.qcow2", size: 1_073_741_824, parent: null, vmid: 999 }),
    ]);
    const one = `${path}/vols:999/vm-999-disk-0.qcow2`;
    expect((await call(lab, "GET", one)).data).toMatchObject({ format: "qcow2", size: 1_073_741_824 });
    expect((await send("PUT", one, { notes: "x" })).reason).toBe("only backups can have notes");
    const { data } = await call(lab, "DELETE", one);
    expect(data).toMatch(/:imgdel:999@vols:/);
    expect((await finish(lab, data)).exitstatus).toBe("OK");
    expect(await volumes("vols")).toEqual([]);
    expect((await call(lab, "DELETE", `${path}/vols:iso/none.iso?delay=5`)).data).toBeNull();
  });

  it.each([
    ["vols", { vmid: 1000, filename: "bad name", size: "1G" }, 500, "unable to parse volume filename 'bad name'"],
    ["vols", { vmid: 1000, filename: "a.qcow2", format: "raw", size: "1G" }, 400, "Parameter verification failed."],
    [
      "local-lvm",
      { vmid: 1000, filename: "vm-1-disk-0", size: "1G" },
      500,
      "illegal name 'vm-1-disk-0' - should be 'vm-1000-*'",
    ],
    ["none", { vmid: 1000, filename: "a.raw", size: "1G" }, 500, "storage 'none' does not exist"],
  ] as [string, Record<string, string | number>, number, string][])(
    "are refused on %s: %j",
    async (storage, params, status, reason) => {
      const answer = await send("POST", `/nodes/pve1/storage/${storage}/content`, params);
      expect([answer.status, answer.reason]).toEqual([status, reason]);
    },
  );

  const upload = (name: string, content: string, extra = "") =>
    call(lab, "POST", "/nodes/pve1/storage/vols/upload", {
      headers: { "Content-Type": "multipart/form-data; boundary=BB" },
      body: `--BB\r\nContent-Disposition: form-data; name="content"\r\n\r\n${content}\r\n${extra}--BB\r\nContent-Disposition: form-data; name="filename"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\nBYTES\r\n--BB--\r\n`,
    });

  it("are uploaded under a tidy name", async () => {
    const { data } = await upload("my image.iso", "iso");
    expect(data).toMatch(/:imgcopy::/);
    expect((await finish(lab, data)).exitstatus).toBe("OK");
    expect(await volumes("vols", "?content=iso")).toMatchObject([
      { volid: "vols:iso/my_image.iso", size: 5, format: "iso" },
    ]);
  });

  it.each([
    ["a.txt", "iso", "wrong file extension"],
    ["a.iso", "vztmpl", "wrong file extension"],
    ["a.iso", "import", "invalid filename or wrong extension"],
  ])("are not uploaded when %s is no %s", async (name, content, problem) => {
    expect((await upload(name, content)).errors).toEqual({ filename: problem });
  });

  it("are compared with their checksum", async () => {
    const part = (name: string, value: string): string =>
      `--BB\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const { data } = await upload("b.iso", "iso", part("checksum-algorithm", "md5") + part("checksum", "00"));
    expect((await finish(lab, data)).exitstatus).toMatch(/^checksum mismatch: got '[0-9a-f]{32}' != expect '00'$/);
    expect(await volumes("vols", "?content=iso")).toHaveLength(1);
  });

  it("are downloaded once", async () => {
    const path = "/nodes/pve1/storage/vols/download-url";
    const params = { content: "iso", filename: "net.iso", url: "https://example.org/net.iso" };
    const { data } = await send("POST", path, params);
    expect(data).toMatch(/:download:net\.iso:/);
    expect((await finish(lab, data)).exitstatus).toBe("OK");
    const again = await send("POST", path, params);
    expect((await finish(lab, again.data)).exitstatus).toBe(
      "refusing to override existing file '/srv/vols/template/iso/net.iso'",
    );
  });
});

describe("a node's storages", () => {
  it("are listed with what they take, and filtered by it", async () => {
    const { data } = await call(lab, "GET", "/nodes/pve1/storage?content=rootdir&format=1");
    expect(data.map((row: { storage: string }) => row.storage).sort()).toEqual(["local-lvm", "nfs"]);
    expect(data[0].formats.supported).toContain("raw");
  });

  it("are missing as parameters are wrong", async () => {
    const { status, errors } = await call(lab, "GET", "/nodes/pve1/storage/none/status");
    expect([status, errors]).toEqual([400, { storage: "No such storage." }]);
  });

  it("say so when they are off", async () => {
    await send("PUT", "/storage/vols", { disable: 1 });
    expect((await call(lab, "GET", "/nodes/pve1/storage/vols/status")).data).toMatchObject({
      enabled: 0,
      active: 0,
      total: 0,
    });
    expect((await call(lab, "GET", "/nodes/pve1/storage/vols/content")).reason).toBe("storage 'vols' is disabled");
    await send("PUT", "/storage/vols", { delete: "disable" });
  });
});
