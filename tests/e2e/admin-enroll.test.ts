import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { openFileStore } from "../../src/secrets/file/file-store.ts";
import { type AdminRun, footprint, runAdmin } from "../support/admin.ts";
import { openSession } from "../support/session.ts";

const KEY = randomBytes(32);

let lab: Lab;
let folder: string;
let path: string;

beforeAll(async () => {
  lab = await startLab({ seed: "small", ssh: true, authDelayMs: 0, taskMs: 60 });
});
afterAll(() => lab?.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "proxmox-mcp-admin-"));
  path = join(folder, "secrets.json");
  lab.requests.length = 0;
  lab.commands.length = 0;
  lab.faults.clear();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const host = () => ({
  PROXMOX_HOST: `${lab.host}:${lab.port}`,
  PROXMOX_TLS_FINGERPRINT: lab.fingerprint,
  XDG_STATE_HOME: join(folder, "state"),
});
const fileEnv = () => ({
  ...host(),
  PROXMOX_MCP_SECRET_BACKEND: "file",
  PROXMOX_MCP_SECRET_FILE_PATH: path,
  PROXMOX_MCP_SECRET_FILE_KEY: KEY.toString("base64"),
});
const serverEnv = () => ({
  ...fileEnv(),
  PROXMOX_MCP_ACCESS: "escape",
  PROXMOX_SHELL_SSH_HOSTS: `pve1=${node().host}:${node().port}`,
});
const node = () => lab.ssh!.nodes.pve1!;
const store = () => openFileStore({ backend: "file", path, key: KEY });
const overSsh = () => ["--host", `${node().host}:${node().port}`, "--host-key", node().hostKey, "--password-stdin"];
const password = () => ({ stdin: `${lab.rootPassword}\n` });
const admin = (args: string[], env: Record<string, string> = fileEnv()): Promise<AdminRun> =>
  runAdmin(args, env, password());

/** Every secret that there is or was, to be searched for. */
async function secrets(): Promise<string[]> {
  const found = [lab.rootPassword];
  const token = await store().read({ cluster: "default", kind: "token" });
  const ssh = await store().read({ cluster: "default", kind: "ssh", node: "pve1" });
  if (token) found.push(token.value.secret);
  if (ssh) found.push(...ssh.value.privateKey.split("\n").filter((line) => line.length > 40 && !line.includes("---")));
  return found;
}

function expectNone(texts: readonly string[], hidden: readonly string[]): void {
  expect(hidden.every((one) => one.length > 6)).toBe(true);
  for (const text of texts) for (const one of hidden) expect(text.includes(one)).toBe(false);
}

test("enroll, run, rotate under load, deprovision: nothing fails, nothing is left behind, no secret shows", async () => {
  const before = footprint(lab);
  const outputs: string[] = [];
  const hidden = new Set<string>();
  const remember = async (run: AdminRun) => {
    outputs.push(run.all);
    for (const one of await secrets()) hidden.add(one);
    return run;
  };

  const enrolled = await remember(await admin(["enroll", ...overSsh(), "--access", "escape", "--json"]));
  expect(enrolled.all).toContain('"ok":true');
  expect(enrolled.json()).toMatchObject({
    token: "proxmox-mcp@pve!server",
    ssh: { user: "proxmox-mcp", node: "pve1", fingerprint: expect.stringMatching(/^SHA256:/) },
    stored: [{ secret: "default/token" }, { secret: "default/ssh/pve1" }],
  });
  expect(lab.state.access.users.get("proxmox-mcp@pve")!.tokens.get("server")!.privsep).toBe(true);
  expect((await stat(path)).mode & 0o777).toBe(0o600);

  const session = await openSession(serverEnv(), { stateHome: join(folder, "state") });
  try {
    expect((await session.call("proxmox_inventory_overview")).error).toBeUndefined();
    const cli = { family: "qm", args: ["list"], node: "pve1" };
    const asked = await session.call("proxmox_cli_run", cli);
    const { planId, confirm } = (asked.error!.data as { plan: { planId: string; confirm: string } }).plan;
    const ran = await session.call("proxmox_cli_run", { ...cli, planId, confirm });
    expect(ran.error).toBeUndefined();
    expect(ran.data.exitcode).toBe(0);
    expect(lab.commands.some(({ user, code }) => user === "proxmox-mcp" && code === 0)).toBe(true);

    const old = await store().read({ cluster: "default", kind: "token" });
    let running = true;
    const answers: { error?: unknown }[] = [];
    const load = Array.from({ length: 3 }, async () => {
      while (running) {
        answers.push(await session.call("proxmox_vm_list", { limit: 2 }));
        answers.push(await session.call("proxmox_api_call", { method: "GET", path: "/version" }));
      }
    });
    const rotated = await remember(await admin(["rotate", ...overSsh(), "--json"]));
    const seen = answers.length;
    while (answers.length < seen + 12) await new Promise((go) => setTimeout(go, 10));
    running = false;
    await Promise.all(load);
    expect(rotated.json()).toMatchObject({
      ok: true,
      rotated: [{ from: "proxmox-mcp@pve!server", to: "proxmox-mcp@pve!server-2" }, { secret: "default/ssh/pve1" }],
    });
    expect(answers.length).toBeGreaterThan(12);
    expect(answers.filter(({ error }) => error)).toEqual([]);
    expect([...lab.state.access.users.get("proxmox-mcp@pve")!.tokens.keys()]).toEqual(["server-2"]);
    expect((await store().read({ cluster: "default", kind: "token" }))!.value.secret).not.toBe(old!.value.secret);
    expect(lab.requests.some(({ token }) => token === "proxmox-mcp@pve!server-2")).toBe(true);
    // The SSH side goes on too: by the open connection now, by the new key after the next reload.
    await session.hangUp("the token of cluster default is the same");
    const again = await session.call("proxmox_cli_run", cli);
    const plan = (again.error!.data as { plan: { planId: string; confirm: string } }).plan;
    expect(
      (await session.call("proxmox_cli_run", { ...cli, planId: plan.planId, confirm: plan.confirm })).data.exitcode,
    ).toBe(0);

    const state = await remember(await runAdmin(["status", "--json"], serverEnv()));
    expect(state.code).toBe(0);
    expect(state.json().findings).toMatchObject([
      { secret: "default/token", state: "ok" },
      { secret: "default/ssh/pve1", state: "ok", node: "pve1" },
    ]);
    outputs.push(session.stderr());
  } finally {
    await session.close();
  }

  const declined = await admin(["deprovision", ...overSsh(), "--json"]);
  expect(declined.json()).toMatchObject({ declined: true, removed: [] });
  const removed = await admin(["deprovision", ...overSsh(), "--yes", "--json"]);
  outputs.push(declined.all, removed.all);
  expect(removed.json()).toMatchObject({ ok: true, left: [], stillStored: [] });
  expect(footprint(lab)).toEqual(before);
  expect(await store().list()).toEqual([]);

  outputs.push(
    ...lab.commands.map(({ command }) => command),
    JSON.stringify(lab.requests.map(({ path: at, params }) => [at, /ticket$/.test(at) ? {} : params])),
  );
  const records = await import("node:fs/promises").then(({ readdir }) => readdir(join(folder, "state", "proxmox-mcp")));
  for (const name of records.filter((one) => one.endsWith(".jsonl"))) {
    outputs.push(await readFile(join(folder, "state", "proxmox-mcp", name), "utf8"));
  }
  expect(outputs.join("\n")).toContain("pveum user token add");
  expect(outputs.join("\n")).toContain('"tool":"admin-enroll"');
  expect(hidden.size).toBeGreaterThan(4);
  expectNone(outputs, [...hidden]);
}, 240_000);
