import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { openFileStore } from "../../src/secrets/file/file-store.ts";
import { footprint } from "../support/admin.ts";
import { openSession, type Session } from "../support/session.ts";

const TOOL = "proxmox_bootstrap_node_access";

let lab: Lab;
let folder: string;
let path: string;
let session: Session;
let before: object;

beforeAll(async () => {
  lab = await startLab({ seed: "small", ssh: true, authDelayMs: 0, taskMs: 60 });
  before = footprint(lab);
});
afterAll(() => lab?.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "proxmox-mcp-access-"));
  path = join(folder, "secrets.json");
  const { hostKey } = lab.ssh!.nodes.pve1!;
  await store().write({ cluster: "default", kind: "token" }, lab.token);
  await store().write(
    { cluster: "default", kind: "ssh" },
    { username: "root", privateKey: lab.ssh!.privateKey, expectedHostKeys: [`pve1=${hostKey}`] },
  );
  session = await openSession(env(), { stateHome: join(folder, "state") });
  lab.requests.length = 0;
  lab.commands.length = 0;
});
afterEach(async () => {
  lab.faults.clear();
  await session.close();
  await rm(folder, { recursive: true, force: true });
});

const store = () => openFileStore({ backend: "file", path });
const host = () => {
  const { host: address, port } = lab.ssh!.nodes.pve1!;
  return {
    PROXMOX_HOST: `${lab.host}:${lab.port}`,
    PROXMOX_TLS_FINGERPRINT: lab.fingerprint,
    PROXMOX_SHELL_SSH_HOSTS: `pve1=${address}:${port}`,
    PROXMOX_MCP_ACCESS: "escape",
  };
};
const env = () => ({ ...host(), PROXMOX_MCP_SECRET_BACKEND: "file", PROXMOX_MCP_SECRET_FILE_PATH: path });
type Asked = { plan: { planId: string; confirm: string; requests: { operation: string }[] } };
const confirmed = async (args: object = {}) => {
  const asked = await session.call(TOOL, { ...args });
  expect(asked.error?.code, asked.text).toBe("confirmation-required");
  const { planId, confirm } = (asked.error!.data as Asked).plan;
  return session.call(TOOL, { ...args, planId, confirm });
};
const changes = () => lab.requests.filter(({ method }) => method !== "GET");

describe("access to a node", () => {
  test("is made as it was planned, works at once, and no secret is in any answer or record", async () => {
    const dry = await session.call(TOOL, { expireDays: 30, dryRun: true });
    expect(dry.error).toBeUndefined();
    expect(dry.data).toMatchObject({
      node: "pve1",
      token: "mcp-pve1@pve!server",
      sshUser: "mcp-pve1",
      stored: [],
      grants: { "/vms": expect.stringContaining("VM.Audit") },
      plan: { class: "escape", confirm: "pve1" },
    });
    expect(JSON.stringify(dry.data.grants)).not.toMatch(/Modify|Allocate|PowerMgmt|Unrestricted/);
    const { planId } = dry.data.plan;
    const made = await session.call(TOOL, { expireDays: 30, planId, confirm: "pve1" });
    expect(made.error, made.text).toBeUndefined();
    expect(made.data).toMatchObject({
      token: dry.data.token,
      expires: dry.data.expires,
      fingerprint: expect.stringMatching(/^SHA256:/),
      stored: ["default/token/pve1", "default/ssh/pve1"],
      place: path,
    });
    const token = (await store().read({ cluster: "default", kind: "token", node: "pve1" }))!.value;
    const ssh = (await store().read({ cluster: "default", kind: "ssh", node: "pve1" }))!.value;
    expect(lab.state.access.users.get("mcp-pve1@pve")!.tokens.get("server")).toMatchObject({
      secret: token.secret,
      privsep: true,
      expire: token.expire,
    });
    // What served before is as it was.
    expect((await store().read({ cluster: "default", kind: "token" }))!.value.secret).toBe(lab.token.secret);
    const all = [dry.text, made.text, ...made.progress, session.stderr()].join("\n");
    const record = await readFile(join(folder, "state", "proxmox-mcp", "audit.jsonl"), "utf8");
    expect(record).toContain("RUN /nodes/{node}/access/key");
    const hidden = [
      token.secret,
      ...ssh.privateKey.split("\n").filter((line) => line.length > 40 && !/---/.test(line)),
    ];
    for (const secret of hidden) expect(`${all}${record}${JSON.stringify(lab.commands)}`.includes(secret)).toBe(false);
    const other = await openSession(
      {
        ...host(),
        PROXMOX_API_TOKEN_USER: "mcp-pve1",
        PROXMOX_API_TOKEN_REALM: "pve",
        PROXMOX_API_TOKEN_ID: "server",
        PROXMOX_API_TOKEN_SECRET: token.secret,
      },
      { stateHome: join(folder, "other") },
    );
    expect((await other.call("proxmox_vm_list")).data.rows.length).toBeGreaterThan(0);
    await other.close();

    const again = await session.call(TOOL, {});
    expect(again.error).toMatchObject({ code: "already-there", message: expect.stringContaining("mcp-pve1@pve") });
    lab.state.access.removeUser("mcp-pve1@pve");
    for (const role of [...lab.state.access.roles.keys()])
      if (role.startsWith("mcp-pve1-")) lab.state.access.removeRole(role);
    const { nodeFiles } = await import("../../src/lab/shell/node-files.ts");
    const files = nodeFiles(lab.state, "pve1");
    files.removeTree("/home/mcp-pve1");
    files.remove("/etc/sudoers.d/mcp-pve1");
    files.write(
      "/etc/passwd",
      Buffer.from(
        Buffer.from(files.find("/etc/passwd")!.bytes)
          .toString()
          .replace(/^mcp-pve1:.*\n/m, ""),
      ),
      0o644,
    );
    expect(footprint(lab)).toEqual(before);
  });

  test.each([
    ["on the host", "visudo"],
    ["at the check", "/usr/bin/pvesh"],
  ])("that fails %s is taken back without another question", async (_, text) => {
    lab.faults.add({ fault: "program-fails", text });
    const { error } = await confirmed();
    expect(error, JSON.stringify(error)).toMatchObject({ code: "rolled-back" });
    expect((error!.data as { left: unknown[] }).left).toEqual([]);
    expect(footprint(lab)).toEqual(before);
    expect((await store().list()).length).toBe(2);
  });

  test("that fails at a request is taken back too, as is one whose answer was lost", async () => {
    for (const fault of [{ status: 500, reason: "no" }, { cutBeforeAnswer: true }] as const) {
      const off = lab.faults.add({ match: { method: "PUT", path: /^\/access\/acl$/ }, skip: 1, times: 1, ...fault });
      expect((await confirmed()).error).toMatchObject({ code: "rolled-back" });
      expect(footprint(lab)).toEqual(before);
      off();
    }
  });

  test("is refused without a confirmation, with a bad name, and where nothing could be kept; nothing is sent", async () => {
    expect((await session.call(TOOL, {})).error?.code).toBe("confirmation-required");
    expect((await session.call(TOOL, { name: "Root" })).error).toMatchObject({ code: "invalid-arguments" });
    expect((await session.call(TOOL, { name: "root" })).error).toMatchObject({ code: "invalid-argument" });
    expect((await session.call(TOOL, { node: "pve9" })).error?.code).toBe("unknown-node");
    const { hostKey } = lab.ssh!.nodes.pve1!;
    const bare = await openSession(
      {
        ...host(),
        PROXMOX_API_TOKEN_USER: lab.token.user,
        PROXMOX_API_TOKEN_REALM: lab.token.realm,
        PROXMOX_API_TOKEN_ID: lab.token.id,
        PROXMOX_API_TOKEN_SECRET: lab.token.secret,
        PROXMOX_SHELL_SSH_PRIVATE_KEY: lab.ssh!.privateKey,
        PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY: hostKey,
      },
      { stateHome: join(folder, "bare") },
    );
    expect((await bare.call(TOOL, {})).error).toMatchObject({ code: "secret-read-only" });
    await bare.close();
    expect(changes()).toEqual([]);
    expect(lab.commands.filter(({ command }) => /useradd/.test(command))).toEqual([]);
  });
});
