import { createHash, randomBytes } from "node:crypto";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GuestEntry } from "../../src/config/guest-entry.ts";
import type { OperationId } from "../../src/schema/operation.ts";
import { type GuestHost, type Guests, openGuests } from "../../src/ssh/index.ts";
import { CALLER, type WatchedGate, watchedGate } from "./support/hosts.ts";
import { isAlive, putCommand, type SshTarget, sshdMissing, startSshd } from "./support/sshd.ts";

const missing = sshdMissing();
if (missing) console.warn(`skipped: ${missing}`);

const ENTRY: GuestEntry = {
  place: "guests[0] (vmid 101)",
  by: { vmid: 101 },
  os: "linux",
  port: 22,
  hostKeys: [],
  sudo: false,
};

interface Opened extends Guests {
  gate: WatchedGate;
  web: GuestHost;
}

/** Guests of which `web1` is the target. */
function guestsOn(target: SshTarget, more: Partial<GuestEntry> = {}, locate = async () => target.address): Opened {
  const gate = watchedGate();
  const entry = { ...ENTRY, port: target.port, hostKeys: target.hostKeyLines, ...more };
  const guests = openGuests({
    cluster: "lab",
    gate,
    entries: [entry],
    identity: async ({ hostKeys: expectedHostKeys }) => ({
      username: target.username,
      privateKey: target.privateKey,
      expectedHostKeys,
    }),
  });
  return { ...guests, gate, web: guests.at({ entry, locate }) };
}

const on = (what: string, params: object) => ({
  node: "web1",
  operation: `RUN /guests/{guest}/${what}` as OperationId,
  params: { guest: "web1", vmid: 101, node: "pve1", ...params },
});
const line = (command: string) => ({ ...on("shell", { command }), command, timeoutMs: 60_000 });

describe.skipIf(missing)("a guest with SSH of its own", () => {
  let target: SshTarget;
  let guests: Opened;
  beforeAll(async () => {
    target = await startSshd();
    guests = guestsOn(target);
  });
  afterAll(async () => {
    await guests?.close();
    await target?.close();
  });

  test("runs lines over one connection, with their exit codes", async () => {
    const all = await Promise.all(
      [0, 1, 7].map((code) => guests.web.exec(CALLER, line(`echo $SSH_CONNECTION; exit ${code}`))),
    );
    expect(all.map(({ code }) => code)).toEqual([0, 1, 7]);
    expect(new Set(all.map(({ stdout }) => stdout)).size).toBe(1);
    expect(guests.gate.entered.at(-1)).toMatchObject({
      cluster: "lab",
      operation: "RUN /guests/{guest}/shell",
      params: { guest: "web1", vmid: 101, node: "pve1" },
    });
  });

  test.each([
    ["text", Buffer.from("größer\r\n")],
    ["nothing", Buffer.alloc(0)],
    ["5 MB", randomBytes(5_000_000)],
  ])("writes and reads %s byte for byte", async (name, bytes) => {
    const path = join(target.folder, name);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    await guests.web.writeFile(CALLER, { ...on("file/write", { path, bytes: bytes.length, sha256 }), path, bytes });
    const read = await guests.web.readFile(CALLER, { ...on("file/read", { path }), path, maxBytes: 9_000_000 });
    expect(Buffer.compare(read.bytes, bytes)).toBe(0);
  });

  test("asks for its address only where none is set, and nothing before the gate", async () => {
    const refused = guestsOn(target, {}, () => Promise.reject(new Error("asked")));
    refused.gate.refuse = new Error("no");
    await expect(refused.web.exec(CALLER, line("id"))).rejects.toThrow("no");
    refused.gate.refuse = undefined;
    await expect(refused.web.exec(CALLER, line("id"))).rejects.toThrow("asked");
    const set = guestsOn(target, { address: target.address }, () => Promise.reject(new Error("asked")));
    expect((await set.web.exec(CALLER, line("echo x"))).stdout).toBe("x\n");
    for (const one of [refused, set]) await one.close();
  });

  test("takes a key by its name, and that of another guest not", async () => {
    const pins = target.hostKeyLines.map((one) => /SHA256:\S+/.exec(one)![0]);
    const named = (guest: string) => guestsOn(target, { hostKeys: pins.map((pin) => `${guest}=${pin}`) });
    const [own, other] = [named("web1"), named("web2")];
    expect((await own.web.exec(CALLER, line("echo x"))).stdout).toBe("x\n");
    await expect(other.web.exec(CALLER, line("echo x"))).rejects.toMatchObject({
      code: "host-key-unpinned",
      next: expect.stringMatching(/add "web1=SHA256:\S+" to hostKeys of guests\[0\] \(vmid 101\)/),
    });
    for (const one of [own, other]) await one.close();
  });

  test("goes through a host whose key is named too", async () => {
    const jump = await startSshd({ authorize: target });
    const pin = (one: string) => /SHA256:\S+/.exec(one)![0];
    const hostKeys = [
      ...target.hostKeyLines.map((one) => `web1=${pin(one)}`),
      ...jump.hostKeyLines.map((one) => `127.0.0.1=${pin(one)}`),
    ];
    const by = guestsOn(target, { hostKeys, jump: { host: jump.address, port: jump.port } });
    expect((await by.web.exec(CALLER, line("echo x"))).stdout).toBe("x\n");
    await by.close();
    await jump.close();
  });

  test("ends a command in time where timeout is busybox's, which cannot be told to", async (context) => {
    const alpine = await startSshd();
    try {
      symlinkSync("/bin/busybox", join(alpine.commands, "timeout"));
      readFileSync(join(alpine.commands, "timeout")).subarray(0, 1);
    } catch {
      context.skip("busybox is not installed");
    }
    const own = guestsOn(alpine);
    const pid = join(alpine.folder, "pid");
    const result = await own.web.exec(CALLER, {
      ...line(`echo $$ > ${pid}; echo begun; exec sleep 300`),
      timeoutMs: 1000,
    });
    expect(result).toMatchObject({ timedOut: true, stdout: "begun\n" });
    await expect.poll(() => isAlive(Number(readFileSync(pid, "utf8")))).toBe(false);
    await own.close();
    await alpine.close();
  });

  test("gives PowerShell the whole line, and tells its exit code where the login shell is no cmd.exe", async () => {
    const out = join(target.folder, "script");
    putCommand(
      target,
      "powershell",
      `for a; do last=$a; done; printf %s "$last" | base64 -d | iconv -f UTF-16LE -t UTF-8 > '${out}'; cat; exit 42`,
    );
    const windows = guestsOn(target, { os: "windows" });
    const command = "Write-Output 'größer $(x) \"`'\n# €";
    const result = await windows.web.exec(CALLER, { ...line(command), env: { A: "it's" }, stdin: "in" });
    expect(result).toMatchObject({ code: 42, stdout: "in" });
    const lines = readFileSync(out, "utf8").split("\n");
    expect(lines.join("\n")).toContain(`\n${command}\n`);
    expect(lines.find((one) => one.startsWith("$env:A = "))).toContain(Buffer.from("it's").toString("base64"));
    await windows.close();
  });
});

describe("a guest is only done to what the gate was asked for", () => {
  const NOWHERE = { address: "127.0.0.1", port: 9, username: "root", privateKey: "", hostKeyLines: [] as string[] };
  const { web, gate } = guestsOn(NOWHERE as unknown as SshTarget);
  const bytes = Buffer.from("x");
  const read = (params: object, path = "/x") => web.readFile(CALLER, { ...on("file/read", params), path, maxBytes: 1 });
  test.each<[string, () => Promise<unknown>]>([
    ["another command", () => web.exec(CALLER, { ...line("id"), command: "rm -rf /" })],
    ["another guest", () => web.exec(CALLER, { ...line("id"), node: "web2" })],
    ["no VMID", () => web.exec(CALLER, { ...line("id"), params: { guest: "web1", command: "id" } })],
    ["a command as a file", () => web.exec(CALLER, { ...line("id"), ...on("file/read", { path: "/x" }) })],
    ["a command as nothing known", () => web.exec(CALLER, { ...line("id"), ...on("reach", { command: "id" }) })],
    ["another path", () => read({ path: "/y" })],
    ["a file as a command", () => web.readFile(CALLER, { ...on("shell", {}), path: "/x", maxBytes: 1 })],
    ["a write as a read", () => web.writeFile(CALLER, { ...on("file/read", { path: "/x" }), path: "/x", bytes })],
    ["other bytes", () => web.writeFile(CALLER, { ...on("file/write", { path: "/x", bytes: 9 }), path: "/x", bytes })],
  ])("%s is refused", async (_, way) => {
    gate.entered.length = 0;
    await expect(way()).rejects.toMatchObject({ code: "off-the-record" });
    expect(gate.entered).toEqual([]);
  });
});
