import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { openFileStore } from "../../src/secrets/file/file-store.ts";
import { footprint, runAdmin } from "../support/admin.ts";
import { fileEnvironment } from "../support/enrolling.ts";
import { BIN, openSession } from "../support/session.ts";

let lab: Lab;
let folder: string;
let env: Record<string, string>;
let before: object;

beforeAll(async () => {
  lab = await startLab({ seed: "medium", ssh: true, authDelayMs: 0, taskMs: 60 });
  before = footprint(lab);
});
afterAll(() => lab?.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "proxmox-mcp-admin-"));
  env = fileEnvironment(lab, folder);
  lab.requests.length = 0;
  lab.commands.length = 0;
});
afterEach(async () => {
  lab.faults.clear();
  await rm(folder, { recursive: true, force: true });
});

const store = () => openFileStore({ backend: "file", path: env.PROXMOX_MCP_SECRET_FILE_PATH! });
const at = (node: string) => {
  const { host, port, hostKey } = lab.ssh!.nodes[node]!;
  return ["--host", `${host}:${port}`, "--host-key", hostKey];
};
const stdin = () => ({ stdin: `${lab.rootPassword}\n` });
const admin = (args: readonly string[], given = env) => runAdmin([...args], given, stdin());
const bare = () => ({
  PROXMOX_HOST: env.PROXMOX_HOST!,
  PROXMOX_TLS_FINGERPRINT: env.PROXMOX_TLS_FINGERPRINT!,
  XDG_STATE_HOME: env.XDG_STATE_HOME!,
});
const changes = () => lab.requests.filter(({ method, path }) => method !== "GET" && !/ticket$/.test(path));

describe("a dry run", () => {
  test("prints every remote command, with the rules of sudo, and changes nothing", async () => {
    const run = await admin([
      "enroll",
      ...at("pve1"),
      "--password-stdin",
      "--toolsets",
      "backup",
      "--access",
      "mutate",
      "--dry-run",
    ]);
    expect(run.code, run.all).toBe(0);
    for (const line of [
      "pveum role add proxmox-mcp-vms --privs VM.Audit,VM.Backup",
      "pveum user add proxmox-mcp@pve --comment 'made by proxmox-mcp admin enroll'",
      "pveum user token add proxmox-mcp@pve server --privsep 1",
      "pveum acl modify /vms --roles proxmox-mcp-vms --users proxmox-mcp@pve --tokens 'proxmox-mcp@pve!server' --propagate 1",
      "useradd --create-home --shell /bin/sh",
      "write /home/proxmox-mcp/.ssh/authorized_keys (mode 0600): the public key",
      "visudo -cf /etc/sudoers.d/proxmox-mcp.new",
      "proxmox-mcp ALL=(root) NOPASSWD: /usr/bin/timeout ^-k 2 [0-9.]+ (",
      "store default/token in",
    ]) {
      expect(run.stdout).toContain(line);
    }
    expect(run.stdout).not.toMatch(/VM\.(PowerMgmt|Allocate|Config)/);
    expect(footprint(lab)).toEqual(before);
    expect(await store().list()).toEqual([]);
  });

  test("over the API prints the requests; the role follows what the token is for", async () => {
    const privileges = async (...more: string[]) => {
      const run = await admin(["enroll", "--via", "api", "--password-stdin", "--dry-run", "--json", ...more]);
      expect(run.code, run.all).toBe(0);
      const steps = run.json().steps as { what: string; lines: string[] }[];
      return steps
        .flatMap(({ lines }) => lines)
        .filter((line) => line.startsWith("POST /access/roles"))
        .join("\n");
    };
    const read = await privileges("--access", "read");
    expect(read).toContain("POST /access/roles roleid=proxmox-mcp-vms privs=VM.Audit,VM.GuestAgent.Audit");
    expect(read).not.toMatch(/PowerMgmt|Allocate|Config|Modify|Unrestricted/);
    expect(await privileges("--access", "mutate", "--tools", "proxmox_vm_create")).toMatch(/VM\.Config\.Disk.*\n?.*/);
    expect(await privileges("--access", "escape", "--tools", "proxmox_vm_guest_exec")).toContain(
      "VM.GuestAgent.Unrestricted",
    );
    expect(await privileges("--access", "read", "--tools", "proxmox_user_list")).not.toContain("VM.");
    expect(changes()).toEqual([]);
  });

  test("of rotate and deprovision", async () => {
    expect((await admin(["enroll", "--via", "api", "--password-stdin"])).code).toBe(0);
    const there = footprint(lab);
    const rotate = await admin(["rotate", "--via", "api", "--password-stdin", "--dry-run"]);
    expect(rotate.stdout).toContain("POST /access/users/proxmox-mcp@pve/token/server-2 privsep=1");
    expect(rotate.stdout).toContain("DELETE /access/users/proxmox-mcp@pve/token/server");
    const remove = await admin(["deprovision", "--via", "api", "--password-stdin", "--dry-run"]);
    expect(remove.stdout).toContain("DELETE /access/users/proxmox-mcp@pve\n");
    expect(remove.stdout).toContain("DELETE /access/roles/proxmox-mcp-vms");
    expect(footprint(lab)).toEqual(there);
    expect((await admin(["deprovision", "--via", "api", "--password-stdin", "--yes"])).code).toBe(0);
    expect(footprint(lab)).toEqual(before);
  });
});

describe("a password", () => {
  test("is never taken from the command line, and not repeated", async () => {
    for (const form of [["--password", lab.rootPassword], [`--password=${lab.rootPassword}`]]) {
      const run = await runAdmin(["enroll", ...at("pve1"), ...form], env);
      expect(run.code).toBe(1);
      expect(run.stderr).toContain("never taken from the command line");
      expect(run.all).not.toContain(lab.rootPassword);
    }
    expect(lab.commands).toEqual([]);
  });

  test("that is wrong, or missing, is told; nothing goes to a host of which nobody vouches", async () => {
    const wrong = await runAdmin(["enroll", ...at("pve1"), "--password-stdin", "--json"], env, {
      stdin: "wrong-one\n",
    });
    expect(wrong.json().error.code).toBe("ssh-login-refused");
    const api = await runAdmin(["enroll", "--via", "api", "--password-stdin", "--json"], env, { stdin: "wrong-one\n" });
    expect(api.json().error.code).toBe("login-refused");
    const none = await runAdmin(["enroll", ...at("pve1"), "--json"], env);
    expect(none.json().error.code).toBe("password-missing");
    const [, host] = at("pve1");
    const unknown = await runAdmin(["enroll", "--host", host!, "--password-stdin", "--json"], env, stdin());
    expect(unknown.json().error).toMatchObject({
      code: "host-key-unpinned",
      next: expect.stringContaining(lab.ssh!.nodes.pve1!.hostKey),
    });
    const other = await runAdmin(
      ["enroll", "--host", host!, "--host-key", lab.ssh!.nodes.pve2!.hostKey, "--password-stdin", "--json"],
      env,
      stdin(),
    );
    expect(other.json().error.code).toMatch(/^host-key/);
    for (const run of [wrong, api, none, unknown, other]) expect(run.all).not.toMatch(/wrong-one/);
    expect(lab.commands).toEqual([]);
    expect(footprint(lab)).toEqual(before);
  });

  test.skipIf(spawnSync("script", ["--version"]).status !== 0)(
    "is asked for at a terminal, without an echo",
    async () => {
      const { host, port } = lab.ssh!.nodes.pve1!;
      const command = `'${process.execPath}' '${BIN}' admin enroll --host ${host}:${port} --dry-run`;
      const child = spawn("script", ["-qec", command, "/dev/null"], { env: { PATH: process.env.PATH ?? "", ...env } });
      let text = "";
      let step = 0;
      child.stdout.on("data", (chunk: Buffer) => {
        text += chunk.toString();
        if (step === 0 && text.includes("[yes/no]")) {
          step = 1;
          child.stdin.write("yes\n");
        } else if (step === 1 && /Password of root at [^\n]*: $/.test(text)) {
          step = 2;
          child.stdin.write(`${lab.rootPassword}\n`);
        }
      });
      const code = await new Promise((resolve) => child.once("close", resolve));
      expect(text).toContain(lab.ssh!.nodes.pve1!.hostKey);
      expect(text).toContain("pveum user add");
      expect(text.includes(lab.rootPassword)).toBe(false);
      expect(code).toBe(0);
    },
  );
});

test("a key of the operator's own does as well as a password", async () => {
  const key = join(folder, "id");
  await writeFile(key, lab.ssh!.privateKey, { mode: 0o600 });
  const run = await runAdmin(["enroll", ...at("pve2"), "--key", key, "--only", "ssh", "--sudo", "all"], env);
  expect(run.code, run.all).toBe(0);
  expect(run.stdout).toContain("PROXMOX_MCP_ACCESS=escape");
  expect((await store().list()).map(({ kind, node }) => [kind, node])).toEqual([["ssh", "pve2"]]);
  expect((await runAdmin(["deprovision", ...at("pve2"), "--key", key, "--yes"], env)).code).toBe(0);
  expect(footprint(lab)).toEqual(before);
});

test("an SSH user for a server that only reads does not raise what it may do", async () => {
  const run = await admin(["enroll", ...at("pve2"), "--password-stdin", "--only", "ssh", "--access", "read"]);
  expect(run.code, run.all).toBe(0);
  expect(run.stdout).toContain("PROXMOX_MCP_ACCESS=read");
  expect((await admin(["deprovision", ...at("pve2"), "--password-stdin", "--yes"])).code).toBe(0);
});

test("several nodes and clusters share a store, and none overwrites another", async () => {
  const other = await startLab({ seed: "small", nodePrefix: "ber", ssh: true, authDelayMs: 0, taskMs: 60 });
  const clusters = [lab, other].map((one, index) => ({
    name: ["ams", "ber"][index],
    host: `${one.host}:${one.port}`,
    fingerprint: one.fingerprint,
  }));
  const file = join(folder, "clusters.json");
  await writeFile(file, JSON.stringify({ clusters }));
  const { PROXMOX_HOST: _, PROXMOX_TLS_FINGERPRINT: __, ...rest } = env;
  const many = { ...rest, PROXMOX_MCP_CLUSTERS_FILE: file };
  const { host, port, hostKey } = other.ssh!.nodes.ber1!;
  const berlin = ["--cluster", "ber", "--host", `${host}:${port}`, "--host-key", hostKey, "--password-stdin"];
  const otherPassword = { stdin: `${other.rootPassword}\n` };
  try {
    for (const run of [
      await admin(["enroll", "--cluster", "ams", ...at("pve1"), "--password-stdin"], many),
      await admin(["enroll", "--cluster", "ams", ...at("pve2"), "--password-stdin", "--only", "ssh"], many),
      await runAdmin(["enroll", ...berlin], many, otherPassword),
    ]) {
      expect(run.code, run.all).toBe(0);
    }
    expect((await store().list()).map(({ cluster, kind, node }) => [cluster, kind, node ?? ""].join("/"))).toEqual([
      "ams/ssh/pve1",
      "ams/ssh/pve2",
      "ams/token/",
      "ber/ssh/ber1",
      "ber/token/",
    ]);
    const again = await admin(
      ["enroll", "--cluster", "ams", "--name", "second", "--via", "api", "--password-stdin", "--json"],
      many,
    );
    expect(again.json().error).toMatchObject({ code: "already-there", message: expect.stringContaining("ams/token") });
    const hosts = [...Object.entries(lab.ssh!.nodes), ...Object.entries(other.ssh!.nodes)]
      .map(([node, one]) => `${node}=${one.host}:${one.port}`)
      .join(",");
    const state = await runAdmin(["status", "--json"], { ...many, PROXMOX_SHELL_SSH_HOSTS: hosts });
    expect(state.code, state.all).toBe(0);
    expect(state.json().findings).toHaveLength(5);
    for (const run of [
      await admin(
        ["deprovision", "--cluster", "ams", ...at("pve2"), "--password-stdin", "--only", "ssh", "--yes"],
        many,
      ),
      await admin(["deprovision", "--cluster", "ams", ...at("pve1"), "--password-stdin", "--yes"], many),
    ]) {
      expect(run.code, run.all).toBe(0);
    }
    expect((await store().list()).map(({ cluster }) => cluster)).toEqual(["ber", "ber"]);
    expect(footprint(lab)).toEqual(before);
  } finally {
    await other.close();
  }
}, 120_000);

describe("the backend env", () => {
  test("cannot be written: refused before anything is done", async () => {
    const run = await admin(["enroll", ...at("pve1"), "--password-stdin", "--secret-backend", "env", "--json"], bare());
    expect(run.json().error).toMatchObject({
      code: "secret-read-only",
      next: expect.stringContaining("--variables-file"),
    });
    expect(lab.commands).toEqual([]);
  });

  test("gets a file of variables, with which the server runs, or prints them when told to", async () => {
    const file = join(folder, "env");
    const run = await admin(
      ["enroll", ...at("pve1"), "--password-stdin", "--secret-backend", "env", "--variables-file", file],
      bare(),
    );
    expect(run.code, run.all).toBe(0);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const variables = Object.fromEntries(
      (await readFile(file, "utf8"))
        .trim()
        .split("\n")
        .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    );
    expect(run.all).not.toContain(variables.PROXMOX_API_TOKEN_SECRET);
    const places = Object.entries(lab.ssh!.nodes).map(([node, one]) => `${node}=${one.host}:${one.port}`);
    const serverEnv = { ...variables, PROXMOX_SHELL_SSH_HOSTS: places.join(",") };
    const session = await openSession(serverEnv, { stateHome: join(folder, "state") });
    expect((await session.call("proxmox_vm_list")).data.rows.length).toBeGreaterThan(0);
    await session.close();

    // The same from the checkout as from the package.
    for (const way of [undefined, ["npm", "run", "--silent", "admin", "--"]]) {
      const given = { ...bare(), ...serverEnv, HOME: process.env.HOME ?? "" };
      const status = await runAdmin(["status", "--secret-backend", "env"], given, way ? { way } : {});
      expect(status.stdout, status.all).toContain(
        "Secrets in the environment:\nok    default/token  proxmox-mcp@pve!server is taken by Proxmox VE 9.2",
      );
      expect(status.stdout).toMatch(/ok {4}default\/ssh {2}logs in on pve1 \(/);
      // The key is for one node of the three.
      expect(status.code).toBe(1);
    }
    expect(
      (
        await admin(
          [
            "enroll",
            "--name",
            "second",
            "--via",
            "api",
            "--password-stdin",
            "--secret-backend",
            "env",
            "--variables-file",
            file,
            "--json",
          ],
          bare(),
        )
      ).json().error.code,
    ).toBe("rolled-back");
    const out = await admin(["deprovision", ...at("pve1"), "--password-stdin", "--yes"], bare());
    expect(out.code, out.all).toBe(0);
    expect(footprint(lab)).toEqual(before);

    const printed = await admin(["enroll", "--via", "api", "--password-stdin", "--print-secrets"], bare());
    expect(printed.stdout).toMatch(/^PROXMOX_API_TOKEN_SECRET=[0-9a-f-]{36}$/m);
    expect((await admin(["deprovision", "--via", "api", "--password-stdin", "--yes"], bare())).code).toBe(0);
    expect(footprint(lab)).toEqual(before);
  }, 120_000);
});

describe("status", () => {
  test("ends with 1, and says why, when a credential does not work or is not there", async () => {
    const none = await runAdmin(["status"], env);
    expect(none.code).toBe(1);
    expect(none.stdout).toContain("fail  default/token  is not there");
    expect((await admin(["enroll", "--via", "api", "--password-stdin", "--expire", "10d"])).code).toBe(0);
    const soon = await runAdmin(["status", "--json"], env);
    expect(soon.code).toBe(0);
    expect(soon.json().findings).toMatchObject([
      { secret: "default/token", state: "warn", next: expect.stringContaining("rotate") },
    ]);
    lab.state.access.users.get("proxmox-mcp@pve")!.tokens.get("server")!.secret = "another";
    const refused = await runAdmin(["status"], env);
    expect(refused.code).toBe(1);
    expect(refused.stdout).toMatch(/fail {2}default\/token {2}Proxmox refused the API token/);
    const rotate = await admin(["rotate", "--via", "api", "--password-stdin", "--json"]);
    expect(rotate.json().error.code).toBe("expiry-needed");
    const renewed = await admin(["rotate", "--via", "api", "--password-stdin", "--expire", "never", "--json"]);
    expect(renewed.json(), renewed.all).toMatchObject({ ok: true, rotated: [{ to: "proxmox-mcp@pve!server-2" }] });
    expect((await runAdmin(["status"], env)).code).toBe(0);
    expect((await admin(["deprovision", "--via", "api", "--password-stdin", "--yes"])).code).toBe(0);
    expect(footprint(lab)).toEqual(before);
  }, 60_000);
});

describe("rekey", () => {
  test("encrypts, changes the key, and takes it away; the secrets stay", async () => {
    await store().write({ cluster: "default", kind: "token" }, lab.token);
    const keyFile = join(folder, "key");
    const made = await runAdmin(["rekey", "--generate", keyFile, "--json"], env);
    expect(made.json()).toMatchObject({ ok: true, encrypted: true, keyFile });
    expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
    const key = (await readFile(keyFile, "utf8")).trim();
    expect(made.all).not.toContain(key);
    expect((await runAdmin(["status"], env)).all).toContain("is encrypted");
    const withKey = { ...env, PROXMOX_MCP_SECRET_FILE_KEY_FILE: keyFile };
    expect((await runAdmin(["status"], withKey)).code).toBe(0);
    const next = randomBytes(32).toString("base64");
    expect((await runAdmin(["rekey", "--new-key-stdin"], withKey, { stdin: next })).code).toBe(0);
    expect((await runAdmin(["status"], withKey)).code).toBe(1);
    const withNext = { ...env, PROXMOX_MCP_SECRET_FILE_KEY: next };
    expect((await runAdmin(["status"], withNext)).code).toBe(0);
    expect((await runAdmin(["rekey", "--new-key-stdin"], withNext, { stdin: "short" })).code).toBe(1);
    expect((await runAdmin(["rekey", "--generate", keyFile], withNext)).stderr).toContain("never written over");
    expect((await runAdmin(["rekey", "--plain"], withNext)).code).toBe(0);
    expect((await store().read({ cluster: "default", kind: "token" }))!.value.secret).toBe(lab.token.secret);
  }, 60_000);
});

test("being called off takes back what was done", async () => {
  lab.faults.add({ fault: "command-slow", ms: 150 });
  const run = await runAdmin(["enroll", ...at("pve1"), "--password-stdin"], env, {
    ...stdin(),
    onStart: (kill) => {
      const look = setInterval(() => {
        if (!lab.state.access.users.has("proxmox-mcp@pve")) return;
        clearInterval(look);
        kill("SIGINT");
      }, 20);
    },
  });
  expect(run.code).toBe(1);
  expect(run.stderr).toContain("called off");
  expect(footprint(lab)).toEqual(before);
}, 60_000);

describe("deprovision", () => {
  test("leaves alone what it did not make, and is calm where nothing is", async () => {
    const none = await admin(["deprovision", "--via", "api", "--password-stdin", "--yes", "--json"]);
    expect(none.json()).toEqual({ ok: true, cluster: "default", removed: [] });
    lab.state.access.addUser("proxmox-mcp@pve", { comment: "somebody" });
    const theirs = await admin(["deprovision", "--via", "api", "--password-stdin", "--yes", "--json"]);
    expect(theirs.json().error.code).toBe("not-ours");
    expect(lab.state.access.users.has("proxmox-mcp@pve")).toBe(true);
    lab.state.access.removeUser("proxmox-mcp@pve");
  });
});

test("the commands of the documentation do what it says, in its order", async () => {
  const text = await readFile(new URL("../../docs/operations.md", import.meta.url), "utf8");
  const section = text.slice(text.indexOf("\n## Credentials"), text.indexOf("\n## The audit log"));
  const lines = [...section.matchAll(/^\$ proxmox-mcp admin (.+)$/gm)].map(([, line]) => line!);
  expect(lines.length).toBeGreaterThan(8);
  const places = Object.entries(lab.ssh!.nodes).map(([node, { host, port }]) => `${node}=${host}:${port}`);
  const given: Record<string, string> = { ...env, PROXMOX_SHELL_SSH_HOSTS: places.join(",") };
  for (const line of lines) {
    const words = line.split(" ").flatMap((word, index, all) => {
      if (word === "--host") return [];
      if (all[index - 1] === "--host") return [...at(word), "--password-stdin"];
      return [word.replace("/etc/proxmox-mcp", folder)];
    });
    if (words[0] === "deprovision") words.push("--yes");
    const run = await admin(words, given);
    expect(run.code, `${line}\n${run.all}`).toBe(0);
    if (words[0] === "rekey") given.PROXMOX_MCP_SECRET_FILE_KEY_FILE = join(folder, "key");
  }
  expect(footprint(lab)).toEqual(before);
}, 240_000);

test("help reads well, and every command has its own", async () => {
  const { stdout } = await runAdmin(["--help"], env);
  for (const name of ["enroll", "rotate", "status", "deprovision", "rekey", "approve", "policy", "audit"]) {
    expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b`, "m"));
    expect((await runAdmin([name, "--help"], env)).code).toBe(0);
  }
  expect(stdout).toContain("Examples:");
  const { stdout: enroll } = await runAdmin(["enroll", "--help"], env);
  expect(enroll).not.toMatch(/--password </);
});

describe("--json", () => {
  test.each<[string[], object]>([
    [["approve", "plan_x", "--json"], { ok: false, error: { code: "plan-refused" } }],
    [["audit", "verify", "--json"], { ok: true, message: /There is no audit log/ }],
    [["policy", "test", "--operation", "GET /version", "--json"], { ok: true, class: "read", effect: "allow" }],
    [["policy", "test", "--cli", "qm", "--argv", "list", "--json"], { ok: false, class: "escape", effect: "deny" }],
    [["policy", "test", "--json"], { ok: false, error: { message: /either/ } }],
    [
      ["rotate", "--via", "api", "--secret-backend", "env", "--json"],
      { ok: false, error: { code: "secret-read-only" } },
    ],
    [["enroll", "--name", "root", "--json"], { ok: false, error: { code: "invalid-argument" } }],
    [
      ["enroll", "--tools", "proxmox_vm_lst", "--json"],
      { ok: false, error: { code: "invalid-argument", next: /proxmox_vm_list/ } },
    ],
    [["enroll", "--cluster", "ams", "--json"], { ok: false, error: { code: "unknown-cluster" } }],
  ])("admin %j", async (args, fits) => {
    const given = { ...env };
    const run = await runAdmin(args, args.includes("env") ? bare() : given);
    const pattern = (value: unknown): unknown =>
      value instanceof RegExp
        ? expect.stringMatching(value)
        : typeof value === "object" && value !== null
          ? expect.objectContaining(Object.fromEntries(Object.entries(value).map(([key, one]) => [key, pattern(one)])))
          : value;
    expect(run.json()).toEqual(pattern(fits));
  });

  test("audit tail gives the lines as they stand", async () => {
    await admin(["enroll", "--via", "api", "--password-stdin", "--dry-run"]);
    const { stdout } = await runAdmin(["audit", "tail", "--json", "-n", "3"], env);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatchObject({ principal: "operator", tool: "admin-enroll" });
  });
});
