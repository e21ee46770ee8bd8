import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { footprint, runAdmin } from "../support/admin.ts";
import { BIN, openSession, type Session } from "../support/session.ts";

let lab: Lab;
let folder: string;
let before: object;
let session: Session | undefined;

// Each has a lab of its own: what one leaves behind is no fault of the next.
beforeEach(async () => {
  lab = await startLab({ seed: "small", ssh: true, authDelayMs: 0, taskMs: 60 });
  before = footprint(lab);
  folder = await mkdtemp(join(tmpdir(), "proxmox-mcp-local-"));
});
afterEach(async () => {
  await session?.close();
  session = undefined;
  await lab?.close();
  await rm(folder, { recursive: true, force: true });
});

const env = (): Record<string, string> => {
  const { host, port, hostKey } = lab.ssh!.nodes.pve1!;
  return {
    PROXMOX_MCP_LOCAL_BOOTSTRAP: "1",
    PROXMOX_HOST: `${lab.host}:${lab.port}`,
    PROXMOX_TLS_FINGERPRINT: lab.fingerprint,
    PROXMOX_BOOTSTRAP_SSH_USERNAME: "root",
    PROXMOX_BOOTSTRAP_SSH_PASSWORD: lab.rootPassword,
    PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY: `pve1=${hostKey}`,
    PROXMOX_SHELL_SSH_HOSTS: `pve1=${host}:${port}`,
    XDG_STATE_HOME: join(folder, "state"),
  };
};
const until = async (what: () => boolean) => {
  for (let tries = 0; tries < 6000 && !what(); tries++) await new Promise((go) => setTimeout(go, 20));
  expect(what()).toBe(true);
};
const ours = () => [...lab.state.access.users.keys()].filter((userid) => userid.startsWith("mcp-lab-"));

/** A server by itself, to be ended by a signal. */
function launch(given: Record<string, string>, signalAt?: string) {
  const child = spawn(process.execPath, [BIN], { env: { PATH: process.env.PATH ?? "", ...given }, stdio: "pipe" });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
    if (signalAt !== undefined && stderr.includes(signalAt)) child.kill("SIGTERM");
  });
  child.stdout.resume();
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, ended, stderr: () => stderr };
}

describe("a local bootstrap", () => {
  test("makes credentials, serves with them, and removes them when the client goes", async () => {
    session = await openSession(env(), { stateHome: join(folder, "state") });
    expect(session.stderr()).toContain("local bootstrap: made mcp-lab-");
    expect((await session.call("proxmox_vm_list")).data.rows.length).toBeGreaterThan(0);
    const line = { targetKind: "node", target: "pve1", command: "whoami" };
    const asked = await session.call("proxmox_shell_run", line);
    const { planId, confirm } = (asked.error!.data as { plan: { planId: string; confirm: string } }).plan;
    expect((await session.call("proxmox_shell_run", { ...line, planId, confirm })).data.stdout).toBe("root\n");
    const [user] = ours();
    const token = lab.state.access.users.get(user!)!.tokens.get("server")!;
    expect(token).toMatchObject({ privsep: true });
    expect(token.expire! - Date.now() / 1000).toBeLessThan(25 * 3600);
    const record = await readFile(join(folder, "state", "proxmox-mcp", "audit.jsonl"), "utf8");
    for (const secret of [token.secret, lab.rootPassword]) {
      expect(`${session.stderr()}${record}${JSON.stringify(lab.commands)}`.includes(secret)).toBe(false);
    }
    const open = session;
    session = undefined;
    await open.close();
    // The client kills a server that takes its time to end: what is left then, this removes.
    const { host, port, hostKey } = lab.ssh!.nodes.pve1!;
    const way = ["--host", `${host}:${port}`, "--host-key", hostKey, "--password-stdin", "--yes"];
    const { PROXMOX_HOST, PROXMOX_TLS_FINGERPRINT, XDG_STATE_HOME } = env() as Record<string, string>;
    const given = {
      PROXMOX_HOST: PROXMOX_HOST!,
      PROXMOX_TLS_FINGERPRINT: PROXMOX_TLS_FINGERPRINT!,
      XDG_STATE_HOME: XDG_STATE_HOME!,
    };
    const name = user!.replace("@pve", "");
    const rest = await runAdmin(["deprovision", "--name", name, ...way], given, { stdin: `${lab.rootPassword}\n` });
    expect(rest.code, rest.all).toBe(0);
    expect(footprint(lab)).toEqual(before);
  }, 240_000);

  test("takes the other spelling, and cleans up at SIGTERM, also while it is still being made", async () => {
    const { PROXMOX_BOOTSTRAP_SSH_USERNAME: _, PROXMOX_BOOTSTRAP_SSH_PASSWORD: password, ...rest } = env();
    const given = { ...rest, PROXMOX_SSH_USERNAME: "root", PROXMOX_SSH_PASSWORD: password! };
    // At the very instant: while one listener gives way to the next, a signal is lost.
    expect(await launch(given, "made mcp-lab-").ended).toBe(0);
    expect(footprint(lab)).toEqual(before);
    // The signal comes before all is made, however slow it is.
    lab.faults.add({ fault: "command-slow", ms: 400 });
    const early = launch(given);
    await until(() => ours().length > 0);
    early.child.kill("SIGTERM");
    expect(await early.ended).toBe(1);
    expect(early.stderr()).toContain("called off");
    expect(footprint(lab)).toEqual(before);
  }, 240_000);

  test("says what it could not remove, and how", async () => {
    const server = launch(env());
    await until(() => server.stderr().includes("made mcp-lab-"));
    const [userid] = ours();
    lab.faults.add({ fault: "program-fails", text: "userdel" });
    server.child.stdin.end();
    await server.ended;
    const name = userid!.replace("@pve", "");
    expect(server.stderr()).toContain(`LEFT BEHIND: user ${name} on pve1`);
    expect(server.stderr()).toContain(`by hand: userdel --force --remove ${name}`);
    expect(ours()).toEqual([]);
    lab.faults.clear();
    const { nodeFiles } = await import("../../src/lab/shell/node-files.ts");
    const files = nodeFiles(lab.state, "pve1");
    const passwd = Buffer.from(files.find("/etc/passwd")!.bytes)
      .toString()
      .replace(/^mcp-lab-.*\n/m, "");
    files.write("/etc/passwd", Buffer.from(passwd), 0o644);
    files.removeTree(`/home/${name}`);
    expect(footprint(lab)).toEqual(before);
  }, 240_000);

  test("that cannot finish leaves nothing, and does not serve", async () => {
    lab.faults.add({ fault: "program-fails", text: "visudo" });
    const server = launch(env());
    expect(await server.ended).toBe(1);
    expect(server.stderr()).toContain("Taken back:");
    expect(footprint(lab)).toEqual(before);
    const wrong = launch({ ...env(), PROXMOX_BOOTSTRAP_SSH_PASSWORD: "not-this-one" });
    expect(await wrong.ended).toBe(1);
    expect(wrong.stderr()).toContain("does not take the password");
  }, 240_000);
});

describe("a local bootstrap is refused, and nothing is sent,", () => {
  test.each<[string, Record<string, string>, string]>([
    ["over HTTP", { PROXMOX_MCP_MODE: "http", PROXMOX_MCP_OIDC_ISSUER: "https://id.example.net" }, "PROXMOX_MCP_MODE"],
    [
      "with a file of clusters",
      { PROXMOX_HOST: "", PROXMOX_MCP_CLUSTERS_FILE: "/dev/null" },
      "PROXMOX_MCP_CLUSTERS_FILE",
    ],
    ["beside a token", { PROXMOX_API_TOKEN_SECRET: "5ecre7-0f-mine" }, "PROXMOX_API_TOKEN_SECRET"],
    ["beside a key", { PROXMOX_SHELL_SSH_PRIVATE_KEY_PATH: "/root/.ssh/id" }, "PROXMOX_SHELL_SSH_PRIVATE_KEY_PATH"],
    ["beside a store", { PROXMOX_MCP_SECRET_BACKEND: "file" }, "PROXMOX_MCP_SECRET_BACKEND"],
    ["for a public address", { PROXMOX_HOST: "203.0.113.9" }, "private"],
    ["for several hosts", { PROXMOX_HOST: "127.0.0.1,127.0.0.2" }, "2 hosts"],
    ["without a host", { PROXMOX_HOST: "" }, "PROXMOX_HOST"],
    ["without a password", { PROXMOX_BOOTSTRAP_SSH_PASSWORD: "" }, "PROXMOX_BOOTSTRAP_SSH_PASSWORD"],
    ["without a host key", { PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY: "" }, "EXPECTED_HOST_KEY"],
  ])("%s", async (_, change, says) => {
    lab.commands.length = 0;
    const server = launch({ ...env(), ...change });
    expect(await server.ended).toBe(78);
    expect(server.stderr()).toContain(says);
    expect(server.stderr()).not.toContain(lab.rootPassword);
    expect(lab.commands).toEqual([]);
  });

  test("and is off where the variable says so", async () => {
    const server = launch({ ...env(), PROXMOX_MCP_LOCAL_BOOTSTRAP: "0", PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY: "" });
    server.child.stdin.end();
    expect(await server.ended).toBe(0);
    expect(ours()).toEqual([]);
  });
});
