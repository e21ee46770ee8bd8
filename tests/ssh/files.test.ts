import { createHash, randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CALLER, hostsOn, type Opened, shell } from "./support/hosts.ts";
import { putCommand, type SshTarget, sshdMissing, startSshd } from "./support/sshd.ts";

const missing = sshdMissing();
if (missing) console.warn(`skipped: ${missing}`);

describe.skipIf(missing)("files on a host", () => {
  let target: SshTarget;
  let hosts: Opened;
  let folder: string;
  let count = 0;

  beforeAll(async () => {
    target = await startSshd();
    hosts = hostsOn(target);
  });
  beforeEach(() => {
    folder = join(target.folder, String(count++));
    mkdirSync(folder);
  });
  afterAll(async () => {
    await hosts?.close();
    await target?.close();
  });

  const read = (path: string, more: object = {}) =>
    hosts.readFile(CALLER, {
      node: "pve1",
      operation: "RUN /nodes/{node}/file/read",
      params: { node: "pve1", path },
      path,
      maxBytes: 10_000_000,
      ...more,
    });
  const write = (
    path: string,
    bytes: Uint8Array,
    more: { mode?: number; exclusive?: boolean; sudo?: boolean } = {},
  ) => {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const { mode } = more;
    return hosts.writeFile(CALLER, {
      node: "pve1",
      operation: "RUN /nodes/{node}/file/write",
      params: { node: "pve1", path, bytes: bytes.length, sha256, ...(mode === undefined ? {} : { mode }) },
      path,
      bytes,
      ...more,
    });
  };

  test.each<[string, Buffer]>([
    ["text", Buffer.from("a\nü€😀\r\n\tend")],
    ["binary", Buffer.from([0, 255, 254, 10, 13, 0, 128])],
    ["nothing", Buffer.alloc(0)],
    ["one chunk", randomBytes(32 * 1024)],
    ["one byte more", randomBytes(32 * 1024 + 1)],
    ["5 MB", randomBytes(5_000_000)],
  ])("%s goes there and back byte for byte", async (_, bytes) => {
    const path = join(folder, "a file 'with' ü");
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    expect(await write(path, bytes)).toEqual({ sha256, size: bytes.length, replaced: false });
    expect(Buffer.compare(readFileSync(path), bytes)).toBe(0);
    const found = await read(path);
    expect(found).toMatchObject({ size: bytes.length, mode: 0o644, mtime: expect.any(Number) });
    expect(Buffer.compare(Buffer.from(found.bytes), bytes)).toBe(0);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test("a part is read as that part", async () => {
    const path = join(folder, "part");
    writeFileSync(path, "0123456789");
    const text = async (more: object) => Buffer.from((await read(path, more)).bytes).toString();
    expect(await text({ offset: 3, length: 4 })).toBe("3456");
    expect(await text({ offset: 8, length: 40 })).toBe("89");
    expect(await text({ offset: 20 })).toBe("");
    expect(await text({ offset: 7 })).toBe("789");
    expect(await read(path, { length: 2 })).toMatchObject({ size: 10 });
  });

  test("what the kernel makes up has bytes too", async () => {
    expect(Buffer.from((await read("/proc/self/status")).bytes).toString()).toContain("Pid:");
  });

  test("a file that is too large is refused, not cut", async () => {
    const path = join(folder, "large");
    writeFileSync(path, Buffer.alloc(1001));
    await expect(read(path, { maxBytes: 1000 })).rejects.toMatchObject({
      code: "file-too-large",
      data: { size: 1001 },
    });
    expect((await read(path, { maxBytes: 1001 })).bytes.length).toBe(1001);
    await expect(read("/proc/kallsyms", { maxBytes: 1000 })).rejects.toMatchObject({ code: "file-too-large" });
  });

  test.each([
    ["what is not there", "none", "file-not-found"],
    ["a directory", ".", "not-a-file"],
    ["a device", "/dev/zero", "not-a-file"],
  ])("%s is an error of its own", async (_, name, code) => {
    await expect(read(name.startsWith("/") ? name : join(folder, name))).rejects.toMatchObject({ code });
  });

  test("a pipe is refused rather than waited for", async () => {
    const pipe = join(folder, "pipe");
    await hosts.exec(CALLER, shell(`mkfifo ${pipe}`));
    await expect(read(pipe)).rejects.toMatchObject({ code: "not-a-file" });
  });

  test("replacing keeps mode and owner, and says that something was replaced", async () => {
    const path = join(folder, "kept");
    writeFileSync(path, "old");
    chmodSync(path, 0o4750);
    expect(await write(path, Buffer.from("new"))).toMatchObject({ replaced: true, size: 3 });
    expect(statSync(path).mode & 0o7777).toBe(0o4750);
    expect(await write(path, Buffer.from("newer"), { mode: 0o600 })).toMatchObject({ replaced: true });
    expect(statSync(path).mode & 0o7777).toBe(0o600);
  });

  test("a link stays one, and what it points to is replaced", async () => {
    writeFileSync(join(folder, "real"), "old");
    symlinkSync("real", join(folder, "link"));
    await write(join(folder, "link"), Buffer.from("new"));
    expect(readFileSync(join(folder, "real"), "utf8")).toBe("new");
    expect(readdirSync(folder).sort()).toEqual(["link", "real"]);
  });

  test("exclusive does not replace, and leaves nothing behind", async () => {
    const path = join(folder, "mine");
    expect(await write(path, Buffer.from("1"), { exclusive: true })).toMatchObject({ replaced: false });
    await expect(write(path, Buffer.from("2"), { exclusive: true })).rejects.toMatchObject({ code: "file-exists" });
    expect(readFileSync(path, "utf8")).toBe("1");
    expect(readdirSync(folder)).toEqual(["mine"]);
  });

  test.each([
    ["into a directory that is not there", "no/where", "file-not-found"],
    ["over a directory", ".", "not-a-file"],
  ])("writing %s fails and leaves nothing behind", async (_, name, code) => {
    await expect(write(join(folder, name), Buffer.from("x"))).rejects.toMatchObject({ code });
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a name as long as a name may be is written", async () => {
    const name = "ü".repeat(127);
    await write(join(folder, name), Buffer.from("x"));
    expect(readdirSync(folder)).toEqual([name]);
  });

  test("a lost connection is an unknown outcome, and the next call has a new one", async () => {
    const path = join(folder, "lost");
    const writing = write(path, randomBytes(5_000_000));
    const failed = expect(writing).rejects.toMatchObject({ code: "host-connection-lost" });
    await expect.poll(() => readdirSync(folder).length).toBeGreaterThan(0);
    target.drop();
    await failed;
    expect(hosts.gate.left.at(-1)).toMatchObject({ outcome: "unknown", detail: "host-connection-lost" });
    expect(readdirSync(folder)).not.toContain("lost");
    expect(await write(path, Buffer.from("x"))).toMatchObject({ size: 1 });
  });

  test("as root by sudo, files go through the host's own SFTP server", async () => {
    putCommand(target, "sudo", `[ "$1 $2" = "-n --" ] || exit 9; shift 2; echo used > ${folder}/sudo; exec "$@"`);
    const own = hostsOn(target);
    const path = join(folder, "root");
    const call = { node: "pve1", operation: "RUN /nodes/{node}/file/write" as const, params: { node: "pve1", path } };
    await own.writeFile(CALLER, { ...call, path, bytes: Buffer.from("by root"), sudo: true });
    expect(readFileSync(path, "utf8")).toBe("by root");
    expect(readFileSync(join(folder, "sudo"), "utf8")).toBe("used\n");
    putCommand(target, "sudo", "echo 'sudo: a password is required' >&2; exit 1");
    await expect(own.writeFile(CALLER, { ...call, path, bytes: Buffer.from("x"), sudo: true })).rejects.toMatchObject({
      code: "sudo-refused",
    });
    await own.close();
  });
});
