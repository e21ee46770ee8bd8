import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createHash } from "node:crypto";
import type { Lab } from "../../src/lab/index.ts";
import { freeEscape } from "../support/free-escape.ts";
import { openLabSession, type Session } from "../support/session.ts";

const free = freeEscape();
let session: Session & { lab: Lab };
let lab: Lab;

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 20, ssh: true }, free.env);
  lab = session.lab;
});
afterAll(async () => {
  await session?.close();
  free.remove();
});
beforeEach(() => {
  lab.faults.clear();
  lab.ssh!.commands.length = 0;
});

const NODE = { targetKind: "node", target: "pve1" };
const CONTAINER = { targetKind: "container", target: 103 };
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe.each([NODE, CONTAINER])("$targetKind", (machine) => {
  const run = (args: Record<string, unknown>) => session.call("proxmox_shell_run", { ...machine, ...args });

  test("runs a line of shell, with input and variables", async () => {
    const { data, error } = await run({ command: "cat; echo $GREETING", stdin: "é\n", env: { GREETING: "it's" } });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ way: "ssh", node: "pve1", exitcode: 0, stdout: "é\nit's\n" });
  });

  test("tells a failure by its code, its signal and its time", async () => {
    expect((await run({ command: "exit 3" })).error).toMatchObject({ code: "command-failed", data: { exitcode: 3 } });
    lab.faults.add({ fault: "command-killed" });
    expect((await run({ command: "true" })).error).toMatchObject({ code: "command-failed", data: { signal: 9 } });
    lab.faults.clear();
    lab.faults.add({ fault: "ssh-dropped" });
    expect((await run({ command: "echo x" })).error).toMatchObject({ code: "host-connection-lost" });
  });

  test("a dry run runs and writes nothing", async () => {
    const { data } = await run({ command: "touch /tmp/x", dryRun: true });
    expect(data.plan).toMatchObject({
      class: "escape",
      requests: [{ operation: expect.stringMatching(/^RUN .*shell$/) }],
    });
    const write = await session.call("proxmox_file_write", { ...machine, path: "/root/x", content: "x", dryRun: true });
    expect(write.data.plan).toMatchObject({ class: "escape" });
    expect(lab.ssh!.commands).toEqual([]);
    expect((await session.call("proxmox_file_read", { ...machine, path: "/root/x" })).error).toMatchObject({
      code: "file-not-found",
    });
  });

  test.each([
    ["text", Buffer.from("größer €\r\n")],
    ["nothing", Buffer.alloc(0)],
    ["all bytes", Buffer.from(Array.from({ length: 256 }, (_, at) => at))],
    ["100,000 bytes", Buffer.alloc(100_000, "0123456789abcdef")],
  ])("writes and reads %s byte for byte", async (_, bytes) => {
    const path = "/root/some file's.bin";
    const content = bytes.toString("base64");
    const written = await session.call("proxmox_file_write", { ...machine, path, content, encoding: "base64" });
    expect(written.error).toBeUndefined();
    expect(written.data).toMatchObject({ way: "ssh", bytes: bytes.length, sha256: sha256(bytes), verified: true });
    const { data, error } = await session.call("proxmox_file_read", { ...machine, path, length: 200_000 });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ size: bytes.length, sha256: sha256(bytes) });
    const part = await session.call("proxmox_file_read", { ...machine, path, length: 3, encoding: "base64" });
    expect(Buffer.from(part.data.content, "base64")).toEqual(bytes.subarray(0, 3));
  });

  test("leaves no temporary file behind, whatever happens", async () => {
    await session.call("proxmox_file_write", { ...machine, path: "/root/y", content: "y" });
    await session.call("proxmox_file_read", { ...machine, path: "/root/none" });
    const { data } = await session.call("proxmox_shell_run", { ...NODE, command: "ls -a /root" });
    expect(data.stdout).not.toContain("proxmox-mcp");
  });

  test("refuses a path that is not absolute, and reading behind the end", async () => {
    expect((await session.call("proxmox_file_read", { ...machine, path: "x" })).error?.code).toBe("invalid-argument");
    await session.call("proxmox_file_write", { ...machine, path: "/root/y", content: "y" });
    const behind = await session.call("proxmox_file_read", { ...machine, path: "/root/y", offset: 9 });
    expect(behind.error).toMatchObject({ code: "invalid-argument", message: expect.stringContaining("offset") });
  });
});

test("sets the mode that is asked for, and no owner on a node", async () => {
  const file = { path: "/root/z", content: "z", mode: "0640" };
  expect((await session.call("proxmox_file_write", { ...NODE, ...file })).error).toBeUndefined();
  const owned = await session.call("proxmox_file_write", { ...NODE, ...file, owner: "www-data" });
  expect(owned.error).toMatchObject({ code: "invalid-argument", message: expect.stringContaining("owner") });
});
