import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { isAlive, type SshTarget, sshdMissing, startSshd } from "../ssh/support/sshd.ts";
import { freeEscape } from "../support/free-escape.ts";
import { labEnvironment, openSession, type Session } from "../support/session.ts";

const missing = sshdMissing();
if (missing) console.warn(`skipped: ${missing}`);

describe.skipIf(missing)("a guest whose SSH server is OpenSSH", () => {
  const free = freeEscape();
  const folder = mkdtempSync(join(tmpdir(), "guest-sshd-"));
  let target: SshTarget;
  let lab: Lab;
  let session: Session;
  const GUEST = { targetKind: "linux_guest", target: "web01" };
  const run = (args: object) => session.call("proxmox_shell_run", { ...GUEST, ...args });

  beforeAll(async () => {
    target = await startSshd();
    lab = await startLab({ seed: "medium", taskMs: 20, authDelayMs: 0 });
    const keyFile = join(folder, "key");
    writeFileSync(keyFile, target.privateKey, { mode: 0o600 });
    const { address, port, username, hostKeyLines: hostKeys } = target;
    const table = join(folder, "guests.json");
    writeFileSync(table, JSON.stringify({ guests: [{ vmid: 100, address, port, username, keyFile, hostKeys }] }));
    session = await openSession({ ...labEnvironment(lab), ...free.env, PROXMOX_SHELL_SSH_GUESTS_FILE: table });
  });
  afterAll(async () => {
    await session?.close();
    await lab?.close();
    await target?.close();
    free.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  test("runs lines with their input, variables and exit codes", async () => {
    const { data, error } = await run({ command: 'cat; echo "$A"', stdin: "größer €\n", env: { A: "it's $(x)" } });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ vmid: 100, way: "ssh", exitcode: 0, stdout: "größer €\nit's $(x)\n" });
    const failed = await run({ command: "echo no >&2; exit 7" });
    expect(failed.error).toMatchObject({ code: "command-failed", data: { exitcode: 7, stderr: "no\n" } });
  });

  test("ends what takes too long", async () => {
    const pid = join(target.folder, "pid");
    const { error } = await run({ command: `echo $$ > '${pid}'; sleep 300`, timeoutSeconds: 1 });
    expect(error).toMatchObject({ code: "command-timeout" });
    await expect.poll(() => isAlive(Number(readFileSync(pid, "utf8")))).toBe(false);
  });

  test.each([
    ["text", Buffer.from("größer €\r\n")],
    ["nothing", Buffer.alloc(0)],
    ["all bytes", Buffer.from(Array.from({ length: 256 }, (_, at) => at))],
    ["5 MB", randomBytes(5_000_000)],
  ])("writes and reads %s byte for byte", async (name, bytes) => {
    const path = join(target.folder, `some ${name}'s file`);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const file = { ...GUEST, path };
    const written = await session.call("proxmox_file_write", {
      ...file,
      content: bytes.toString("base64"),
      encoding: "base64",
      mode: "0640",
    });
    expect(written.error).toBeUndefined();
    expect(written.data).toMatchObject({ way: "ssh", bytes: bytes.length, sha256, verified: true });
    expect(Buffer.compare(readFileSync(path), bytes)).toBe(0);
    expect(statSync(path).mode & 0o777).toBe(0o640);
    const { data } = await session.call("proxmox_file_read", { ...file, length: 4_194_304 });
    const part = bytes.subarray(0, 4_194_304);
    expect(data).toMatchObject({ size: bytes.length, sha256: createHash("sha256").update(part).digest("hex") });
  });
});
