import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { freeEscape } from "../support/free-escape.ts";
import { labEnvironment, openSession, type Session } from "../support/session.ts";

const free = freeEscape();
const folder = mkdtempSync(join(tmpdir(), "guests-"));
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const FOREIGN = `SHA256:${"A".repeat(43)}`;

let lab: Lab;
let session: Session;
let table: string;

/** Guests of the lab, as an operator would write them down; `100` is reached by way of its node, at its own address. */
async function writeTable(): Promise<string> {
  const keyFile = join(folder, "key");
  writeFileSync(keyFile, lab.ssh!.privateKey, { mode: 0o600 });
  const at = async (vmid: number) => {
    const { host, port, hostKey } = await lab.ssh!.guest(vmid);
    return { address: host, port, hostKeys: [hostKey], keyFile };
  };
  const node = lab.ssh!.nodes.pve1!;
  const web = await lab.ssh!.guest(100);
  const guests = [
    { tag: "prod", keyFile, hostKeys: FOREIGN },
    {
      vmid: 100,
      username: "debian",
      keyFile,
      sudo: true,
      hostKeys: [`web01=${web.hostKey}`, `${node.host}=${node.hostKey}`],
      jump: `root@${node.host}:${node.port}`,
    },
    { name: "dns01", username: "root", ...(await at(103)) },
    { vmid: 102, os: "windows", username: "Administrator", ...(await at(102)) },
    { vmid: 107, ...(await at(107)), hostKeys: [] },
    { vmid: 108, keyFile, hostKeys: FOREIGN },
    { vmid: 110, ...(await at(110)), hostKeys: [FOREIGN] },
    { vmid: 112, keyFile },
  ];
  const file = join(folder, "guests.json");
  writeFileSync(file, JSON.stringify({ guests }));
  return file;
}

beforeAll(async () => {
  lab = await startLab({ seed: "medium", taskMs: 20, authDelayMs: 0, ssh: true });
  const windows = lab.state.guests.get(102)!;
  Object.assign(windows, { running: true });
  Object.assign(windows.config, { ostype: "win11" });
  table = await writeTable();
  session = await openSession({ ...labEnvironment(lab), ...free.env, PROXMOX_SHELL_SSH_GUESTS_FILE: table });
});
afterAll(async () => {
  await session?.close();
  await lab?.close();
  free.remove();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  lab.faults.clear();
  lab.ssh!.commands.length = 0;
});

const WEB = { targetKind: "linux_guest", target: "web01" };
const DNS = { targetKind: "linux_guest", target: 103 };
const WINDOWS = { targetKind: "windows_guest", target: 102 };
const run = (machine: object, args: Record<string, unknown>, by = session) =>
  by.call("proxmox_shell_run", { ...machine, ...args });
const write = (args: Record<string, unknown>, by = session) => by.call("proxmox_file_write", args);
const read = (args: Record<string, unknown>, by = session) => by.call("proxmox_file_read", args);

describe.each([
  ["a VM, through its node and by sudo", WEB, { vmid: 100, name: "web01", node: "pve1" }],
  ["a container", DNS, { vmid: 103, name: "dns01", node: "pve1" }],
])("%s", (_, machine, head) => {
  test("runs a line of shell, with input and variables", async () => {
    const { data, error } = await run(machine, {
      command: "cat; echo $GREETING; hostname",
      stdin: "é\n",
      env: { GREETING: "it's" },
    });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ ...head, way: "ssh", exitcode: 0, stdout: `é\nit's\n${head.name}\n` });
  });

  test("tells a failure by its code, and by its time", async () => {
    const failed = await run(machine, { command: "echo no >&2; exit 3" });
    expect(failed.error).toMatchObject({ code: "command-failed", data: { exitcode: 3, stderr: "no\n" } });
    const late = await run(machine, { command: "sleep 600", timeoutSeconds: 1 });
    expect(late.error).toMatchObject({ code: "command-timeout" });
    expect(lab.ssh!.commands.some(({ command }) => command.includes("pkill"))).toBe(true);
  });

  test("a dry run tells of the guest, and does nothing", async () => {
    const { data } = await run(machine, { command: "touch /tmp/x", dryRun: true });
    const { vmid, name, node } = head;
    expect(data.plan).toMatchObject({
      class: "escape",
      requests: [
        { operation: "RUN /guests/{guest}/shell", params: { guest: name, vmid, node, command: "touch /tmp/x" } },
      ],
    });
    expect(lab.ssh!.commands).toEqual([]);
  });

  test("sets a mode, and no owner", async () => {
    const file = { ...machine, path: "/root/z", content: "z" };
    expect((await write({ ...file, mode: "0640" })).error).toBeUndefined();
    expect((await run(machine, { command: "stat -c %a /root/z" })).data.stdout).toBe("640\n");
    expect((await write({ ...file, owner: "www-data" })).error).toMatchObject({ code: "invalid-argument" });
  });
});

describe("Windows", () => {
  test("runs a line of PowerShell, with input, variables and an exact exit code", async () => {
    const { error } = await run(WINDOWS, {
      command: "Write-Output $env:GREETING\n$input\ncmd /c exit 7",
      stdin: "größer\r\n",
      env: { GREETING: "it's 100 %" },
    });
    expect(error).toMatchObject({ code: "command-failed", message: expect.stringContaining("7") });
    expect(error?.data).toMatchObject({ vmid: 102, way: "ssh", exitcode: 7, stdout: "it's 100 %\r\ngrößer\r\n" });
    expect((await run(WINDOWS, { command: "hostname" })).data).toMatchObject({ exitcode: 0, stdout: "build01\r\n" });
    // What is typed into cmd.exe is one line of harmless letters.
    for (const { command } of lab.ssh!.commands.filter(({ command }) => !command.startsWith("echo ")))
      expect(command).toMatch(/^powershell -NoProfile -NonInteractive -OutputFormat Text -EncodedCommand [\w+/=]+$/);
  });

  test("ends a line in time, which the script itself sees to as well", async () => {
    const { error } = await run(WINDOWS, { command: "Start-Sleep 600", timeoutSeconds: 1 });
    expect(error).toMatchObject({ code: "command-timeout" });
    const scripts = lab
      .ssh!.commands.flatMap(({ command }) => /-EncodedCommand (\S+)/.exec(command)?.[1] ?? [])
      .map((encoded) => Buffer.from(encoded, "base64").toString("utf16le"));
    expect(scripts[0]).toMatch(/Start-Sleep \$s;.*taskkill \/T \/F.*Exit\(124\).*AddArgument\(2\)\.BeginInvoke\(\)/);
    expect(scripts[1]).toMatch(/CommandLine LIKE '%[\w+/]{40,}%'.*taskkill \/T \/F/);
  });

  test("refuses what its shell cannot hold, a mode and an owner", async () => {
    expect((await run(WINDOWS, { command: "x".repeat(4000) })).error).toMatchObject({
      code: "invalid-argument",
      next: expect.stringContaining("proxmox_file_write"),
    });
    const file = { ...WINDOWS, path: "C:\\Users\\x.txt", content: "x" };
    for (const more of [{ mode: "644" }, { owner: "root" }])
      expect((await write({ ...file, ...more })).error).toMatchObject({ code: "invalid-argument" });
  });
});

describe.each([
  [WEB, "/root/some file's.bin"],
  [DNS, "/root/some file's.bin"],
  [WINDOWS, "C:\\Users\\größer's file.bin"],
])("files of $target", (machine, path) => {
  test.each([
    ["text", Buffer.from("größer €\r\n")],
    ["nothing", Buffer.alloc(0)],
    ["all bytes", Buffer.from(Array.from({ length: 256 }, (_, at) => at))],
    ["5 MB", randomBytes(5_000_000)],
  ])("%s arrive byte for byte", async (_, bytes) => {
    const content = bytes.toString("base64");
    const written = await write({ ...machine, path, content, encoding: "base64" });
    expect(written.error).toBeUndefined();
    expect(written.data).toMatchObject({ way: "ssh", bytes: bytes.length, sha256: sha256(bytes), verified: true });
    const parts = [bytes.subarray(0, 4_194_304), bytes.subarray(4_194_304)].filter((one, at) => at === 0 || one.length);
    for (const [at, part] of parts.entries()) {
      const { data, error } = await read({ ...machine, path, offset: at * 4_194_304, length: 4_194_304 });
      expect(error).toBeUndefined();
      expect(data).toMatchObject({ size: bytes.length, sha256: sha256(part) });
    }
    const few = await read({ ...machine, path, length: 3, encoding: "base64" });
    expect(Buffer.from(few.data.content, "base64")).toEqual(bytes.subarray(0, 3));
  });

  test("nothing of the way is left, and what is not there is said to be", async () => {
    const [slash, at] = path.includes("\\") ? ["\\", path.lastIndexOf("\\")] : ["/", path.lastIndexOf("/")];
    const { error } = await read({ ...machine, path: `${path.slice(0, at)}${slash}none` });
    expect(error).toMatchObject({ code: "file-not-found" });
    expect((await write({ ...machine, path, content: "x".repeat(8_388_609) })).error).toMatchObject({
      code: "invalid-argument",
    });
  });
});

describe("a machine that is not reached", () => {
  test.each<[string, object, object]>([
    ["no entry", { targetKind: "linux_guest", target: 109 }, { code: "no-guest-entry", next: /"vmid": 109.*hostKeys/ }],
    ["the other system", { ...WINDOWS, target: 100 }, { code: "invalid-argument", next: /linux_guest/ }],
    ["off", { targetKind: "linux_guest", target: 112 }, { code: "guest-not-running", next: /proxmox_lxc_action/ }],
    [
      "no host key to compare with",
      { targetKind: "linux_guest", target: 107 },
      { code: "host-key-unpinned", next: /add "ha-running=SHA256:\S+" to hostKeys of guests\[4\] \(vmid 107\)/ },
    ],
    [
      "another host key",
      { targetKind: "linux_guest", target: 110 },
      { code: "host-key-mismatch", next: /stubborn=SHA256/ },
    ],
    [
      "an address that nobody tells",
      { targetKind: "linux_guest", target: 108 },
      { code: "guest-address-unknown", message: /agent/, next: /address of guests\[5\]/ },
    ],
    ["an unknown guest", { targetKind: "linux_guest", target: "wbe01" }, { code: "unknown-guest" }],
  ])("%s", async (_, machine, says) => {
    const { error } = await run(machine, { command: "id" });
    for (const [key, value] of Object.entries(says))
      expect(error?.[key as "code"]).toEqual(value instanceof RegExp ? expect.stringMatching(value) : value);
    expect(lab.ssh!.commands).toEqual([]);
  });

  test("a login that is refused, and a key that changed", async () => {
    const own = await openSession({ ...labEnvironment(lab), ...free.env, PROXMOX_SHELL_SSH_GUESTS_FILE: table });
    lab.faults.add({ fault: "ssh-refused" });
    expect((await run(DNS, { command: "id" }, own)).error).toMatchObject({
      code: "ssh-login-refused",
      next: expect.stringContaining("authorized_keys in the guest"),
    });
    lab.faults.clear();
    lab.faults.add({ fault: "ssh-host-key-changed" });
    expect((await run(DNS, { command: "id" }, own)).error).toMatchObject({ code: "host-key-mismatch" });
    await own.close();
  });

  test("no table at all", async () => {
    const bare = await openSession({ ...labEnvironment(lab), ...free.env });
    expect((await run(WEB, { command: "id" }, bare)).error).toMatchObject({
      code: "no-guest-entry",
      message: expect.stringContaining("No PROXMOX_SHELL_SSH_GUESTS_FILE is set"),
    });
    await bare.close();
  });
});

describe("the gate", () => {
  const opened: Session[] = [];
  const open = async (env: Record<string, string>) => {
    const one = await openSession({ ...labEnvironment(lab), PROXMOX_SHELL_SSH_GUESTS_FILE: table, ...env });
    opened.push(one);
    return one;
  };
  afterAll(() => Promise.all(opened.map((one) => one.close())));

  test("asks for the guest's name, and lets exactly that through", async () => {
    const own = await open({});
    const asked = await run(WEB, { command: "hostname" }, own);
    expect(asked.error).toMatchObject({ code: "confirmation-required", data: { plan: { confirm: "web01" } } });
    const { planId } = asked.error!.data!.plan as { planId: string };
    const other = await run(WEB, { command: "id", planId, confirm: "web01" }, own);
    expect(other.error?.code).toMatch(/plan/);
    expect(lab.ssh!.commands).toEqual([]);
    const again = await run(WEB, { command: "hostname" }, own);
    const plan = again.error!.data!.plan as { planId: string };
    const done = await run(WEB, { command: "hostname", planId: plan.planId, confirm: "web01" }, own);
    expect(done.data).toMatchObject({ exitcode: 0, stdout: "web01\n" });
  });

  test.each<[string, object, string]>([
    ["tags", DNS, "{name: own-rule, effect: deny, match: {tag: infra}}"],
    ["VMID", WEB, "{name: own-rule, effect: deny, match: {vmid: 100}}"],
    ["node", WINDOWS, "{name: own-rule, effect: deny, match: {node: pve1, class: escape}}"],
  ])("knows the guest by its %s", async (by, machine, rule) => {
    const policy = join(folder, `${by}.yaml`);
    const free = "{name: free, effect: allow, match: {class: escape}}";
    writeFileSync(policy, `version: 1\nrules:\n  - ${rule}\n  - ${free}\n`);
    const own = await open({ PROXMOX_MCP_POLICY_FILE: policy });
    for (const { error } of [
      await run(machine, { command: "hostname" }, own),
      await read({ ...machine, path: "C:/x" }, own),
      await write({ ...machine, path: "C:/x", content: "" }, own),
    ])
      expect(error).toMatchObject({ code: "policy-denied", message: expect.stringContaining("own-rule") });
    expect(lab.ssh!.commands).toEqual([]);
  });

  test("keeps to its ceiling, which a table of guests raises as an SSH identity does", async () => {
    const low = await open({ PROXMOX_MCP_ACCESS: "destructive" });
    expect((await run(WEB, { command: "hostname" }, low)).error).toMatchObject({ code: "access-ceiling" });
    const { PROXMOX_SHELL_SSH_PRIVATE_KEY: _, ...rest } = labEnvironment(lab);
    const env = Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith("PROXMOX_SHELL_SSH_")));
    const own = await openSession({ ...env, PROXMOX_SHELL_SSH_GUESTS_FILE: table });
    opened.push(own);
    expect((await run(DNS, { command: "hostname" }, own)).error).toMatchObject({ code: "confirmation-required" });
  });

  test("records the call without its command", async () => {
    const own = await open(free.env);
    await run(WEB, { command: "echo s3cret-word" }, own);
    await write({ ...WEB, path: "/tmp/private", content: "s3cret-word" }, own);
    const lines = (await own.record()).filter(({ operation }) => String(operation).startsWith("RUN /guests/"));
    expect(lines.map(({ phase, target, class: its }) => ({ phase, target, class: its }))).toContainEqual({
      phase: "before",
      class: "escape",
      target: { guest: "web01", node: "pve1", vmid: 100 },
    });
    expect(JSON.stringify(lines)).not.toContain("s3cret-word");
  });
});
