import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { requestsOf, writesOf } from "./rows.ts";

let session: Session & { lab: Lab };
let lab: Lab;

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 20 });
  lab = session.lab;
});
afterAll(() => session?.close());
afterEach(() => lab.faults.clear());

type Args = Record<string, unknown>;
const TOOL = "proxmox_storage_download_url";
const base = "https://images.example.org";
const download = (args: Args) => session.call(TOOL, args);

/** The parameters that a call would send, by its plan. */
async function planned(args: Args) {
  const writes = writesOf(lab).length;
  const { data, error } = await download({ ...args, dryRun: true });
  expect(error).toBeUndefined();
  expect(writesOf(lab)).toHaveLength(writes);
  return { params: data.plan.requests[0].params as Args, warnings: (data.plan.warnings ?? []) as string[], data };
}

/** A call that is refused without a write. */
async function refused(args: Args) {
  const writes = writesOf(lab).length;
  const { error, text } = await download(args);
  expect(writesOf(lab)).toHaveLength(writes);
  return { error, text };
}

test("downloads after it has asked for the file's metadata and looked for a file of its name", async () => {
  const { result, requests } = await requestsOf(lab, () =>
    download({ url: `${base}/alpine-3.22.iso`, content: "iso", storage: "nfs" }),
  );
  expect(result.data).toMatchObject({
    cluster: "default",
    node: "pve1",
    volume: "nfs:iso/alpine-3.22.iso",
    size: expect.any(Number),
    job: { type: "download", state: "ok" },
  });
  expect(result.data).not.toHaveProperty("warnings");
  expect(lab.state.volumes.get("nfs:iso/alpine-3.22.iso")).toMatchObject({ content: "iso" });
  const asked = requests.filter((request) => !request.includes("/tasks/"));
  expect(asked.slice(-3)).toEqual([
    "GET /nodes/pve1/query-url-metadata",
    "GET /nodes/pve1/storage/nfs/content",
    "POST /nodes/pve1/storage/nfs/download-url",
  ]);
});

describe("the node and the storage", () => {
  test.each([
    // Only one storage takes it, and it is another one on each node.
    [
      { content: "import", url: `${base}/a.qcow2`, node: "pve2" },
      { node: "pve2", storage: "local" },
    ],
    [
      { content: "iso", url: `${base}/a.iso`, storage: "nfs" },
      { node: "pve1", storage: "nfs" },
    ],
    [
      { content: "iso", url: `${base}/a.iso`, storage: "nfs", node: "pve3" },
      { node: "pve3", storage: "nfs" },
    ],
  ])("%o", async (args, place) => {
    expect((await planned(args)).params).toMatchObject(place);
  });

  test.each([
    [{ content: "iso", url: `${base}/a.iso` }, "invalid-argument", /storage is missing, and several fit.*local, nfs/],
    [{ content: "import", url: `${base}/a.qcow2` }, "invalid-argument", /node is missing.*pve1, pve2, pve3/],
    [
      { content: "iso", url: `${base}/a.iso`, storage: "local-lvm" },
      "unfit-storage",
      /does not take iso; it takes rootdir, images.*These fit: local, nfs/,
    ],
    [{ content: "iso", url: `${base}/a.iso`, storage: "nsf" }, "unknown-storage", /Did you mean "nfs"/],
    [{ content: "iso", url: `${base}/a.iso`, storage: "nfs", node: "pve9" }, "unknown-node", /pve1/],
  ])("%o is refused: %s", async (args, code, says) => {
    const { error } = await refused(args);
    expect(error?.code).toBe(code);
    expect(`${error?.message} ${error?.next}`).toMatch(says);
  });

  test("a storage that is not active on the node is refused", async () => {
    lab.state.storages.get("nfs")!.inactiveOn.add("pve2");
    await session.call("proxmox_api_call", {
      method: "PUT",
      path: "/nodes/pve1/qemu/100/config",
      params: { description: "x" },
    });
    const { error } = await refused({ content: "iso", url: `${base}/a.iso`, storage: "nfs", node: "pve2" });
    lab.state.storages.get("nfs")!.inactiveOn.clear();
    expect(error).toMatchObject({ code: "unfit-storage", message: expect.stringContaining("not active on pve2") });
  });

  test("a file that does not fit is refused", async () => {
    const nfs = lab.state.storages.get("nfs")!;
    const used = nfs.used.get("")!;
    nfs.used.set("", nfs.total - 1000);
    await session.call("proxmox_api_call", {
      method: "PUT",
      path: "/nodes/pve1/qemu/100/config",
      params: { description: "y" },
    });
    const { error } = await refused({ content: "iso", url: `${base}/big.iso`, storage: "nfs" });
    nfs.used.set("", used);
    expect(error?.message).toMatch(/has 1000 bytes free on pve1, and the file has \d+/);
    await session.call("proxmox_api_call", {
      method: "PUT",
      path: "/nodes/pve1/qemu/100/config",
      params: { description: "x" },
    });
  });
});

describe("the name", () => {
  const at = { storage: "local", node: "pve1" };
  test.each([
    [{ content: "iso", url: `${base}/My%20Disk.ISO?x=1` }, { filename: "My_Disk.ISO" }, /kept as My_Disk.ISO/],
    [{ content: "iso", url: `${base}/x`, filename: "dir/a b.iso" }, { filename: "a_b.iso" }, /kept as a_b.iso/],
    [
      { content: "iso", url: `${base}/router.img.zst` },
      { filename: "router.img", compression: "zst" },
      /packed \(zst\)/,
    ],
    [
      { content: "iso", url: `${base}/router.img.gz`, filename: "r.img" },
      { filename: "r.img", compression: "gz" },
      /packed \(gz\)/,
    ],
    [{ content: "vztmpl", url: `${base}/debian-13_amd64.tar.zst` }, { filename: "debian-13_amd64.tar.zst" }, /^$/],
    [{ content: "import", url: `${base}/noble.img`, filename: "noble.qcow2" }, { filename: "noble.qcow2" }, /^$/],
  ])("of %o", async (args, params, says) => {
    const plan = await planned({ ...at, ...args });
    expect(plan.params).toMatchObject(params);
    expect(plan.warnings.join(" ")).toMatch(says);
    expect("compression" in plan.params).toBe(/packed/.test(String(says)));
  });

  test.each([
    [
      { content: "iso", url: `${base}/noble.qcow2` },
      /filename "noble.qcow2" does not fit content iso.*Set content to import/,
    ],
    [{ content: "import", url: `${base}/noble.img` }, /needs .qcow2, .raw, .vmdk or .ova.*Set content to iso/],
    [{ content: "iso", url: `${base}/x.iso.xz` }, /The node unpacks gz, lzo, zst and bz2 only/],
    [{ content: "vztmpl", url: `${base}/x.zip` }, /needs .tar/],
    [{ content: "iso", url: `${base}/` }, /filename is missing/],
    [{ content: "import", url: `${base}/x.qcow2`, compression: "gz" }, /compression is only possible for iso/],
  ])("of %o is refused", async (args, says) => {
    const { error } = await refused({ ...at, ...args });
    expect(error?.code).toBe("invalid-argument");
    expect(`${error?.message} ${error?.next}`).toMatch(says);
  });
});

describe("a file that is there", () => {
  const url = `${base}/present.iso`;
  const args = { url, content: "iso", storage: "nfs" };
  beforeAll(async () => {
    expect((await download(args)).error).toBeUndefined();
  });

  test("is never overwritten", async () => {
    const { error } = await refused(args);
    expect(error).toMatchObject({
      code: "already-exists",
      message: expect.stringContaining("nfs:iso/present.iso"),
      next: expect.stringContaining("checksum"),
    });
  });

  test("is compared when a checksum is given, which the node does by itself", async () => {
    const checksum = createHash("sha256").update(url).digest("hex");
    const right = await download({ ...args, checksum, checksumAlgorithm: "sha256" });
    expect(right.error).toBeUndefined();
    expect(right.data.warnings).toEqual([expect.stringContaining("compared with the checksum")]);
    const wrong = await download({ ...args, checksum: "0".repeat(64), checksumAlgorithm: "sha256" });
    expect(wrong.error).toMatchObject({ code: "task-failed", message: expect.stringContaining("checksum mismatch") });
  });

  test("is refused by the node where it could not be looked up", async () => {
    lab.faults.add({ match: { method: "GET", path: /storage\/nfs\/content$/ }, status: 500, reason: "got timeout" });
    const { error } = await download(args);
    expect(error?.message).toMatch(/refusing to override existing file/);
    expect(error?.data?.warnings).toEqual([expect.stringMatching(/could not be looked up .*got timeout/)]);
  });
});

describe("what the web server does not tell", () => {
  test("does not stop the download, as a signed address answers GET only", async () => {
    lab.faults.add({
      match: { path: /query-url-metadata/ },
      status: 500,
      reason: "invalid server response: '403 Forbidden'",
    });
    const { data, error } = await download({ url: `${base}/signed.iso?sig=x`, content: "iso", storage: "nfs" });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ volume: "nfs:iso/signed.iso", warnings: [expect.stringContaining("403 Forbidden")] });
    expect(data).not.toHaveProperty("size");
  });

  test("stops it when this token may not download at all", async () => {
    lab.faults.add({
      match: { path: /query-url-metadata/ },
      status: 403,
      reason: "Permission check failed (/, Sys.Audit|Sys.AccessNetwork)",
    });
    const { error } = await refused({ url: `${base}/b.iso`, content: "iso", storage: "nfs" });
    expect(error?.code).toBe("permission-denied");
  });
});

test("a download that fails is an error with its log", async () => {
  const { error } = await download({ url: "https://nowhere.test/c.iso", content: "iso", storage: "nfs" });
  expect(error).toMatchObject({
    code: "task-failed",
    message: expect.stringContaining("download failed"),
    data: { volume: "nfs:iso/c.iso", job: { state: "failed", log: expect.any(Array) } },
  });
});

test("the certificate is verified unless the caller says otherwise, which is told", async () => {
  const args = { url: `${base}/d.iso`, content: "iso", storage: "nfs" };
  expect((await planned(args)).params).not.toHaveProperty("verify-certificates");
  const { params, warnings } = await planned({ ...args, verifyCertificates: false });
  expect(params["verify-certificates"]).toBe(false);
  expect(warnings).toEqual([expect.stringContaining("not verified")]);
});

test.each([
  [{ url: `${base}/a.iso`, content: "iso", checksum: "00" }, "invalid-argument", /checksumAlgorithm is missing/],
  [{ url: `${base}/a.iso`, content: "iso", checksumAlgorithm: "md5" }, "invalid-argument", /checksum is missing/],
  [{ url: "ftp://x/a.iso", content: "iso" }, "invalid-arguments", /http or https/],
  [{ url: "nonsense", content: "iso" }, "invalid-arguments", /http or https/],
  [{ url: `${base}/a.iso`, content: "snippets" }, "invalid-arguments", /content/],
  [{ url: `${base}/a.iso`, content: "iso", fileName: "b.iso" }, "invalid-arguments", /did you mean "filename"/],
])("%o is refused: %s", async (args, code, says) => {
  const { error, text } = await refused(args);
  expect(error?.code).toBe(code);
  expect(text).toMatch(says);
});
