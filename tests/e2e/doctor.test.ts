import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { TokenAuth } from "../../src/config/cluster-config.ts";
import type { Check } from "../../src/doctor/check.ts";
import type { Report } from "../../src/doctor/render.ts";
import { type Lab, startLab, type TokenIdentity } from "../../src/lab/index.ts";
import { connectCluster } from "../../src/pve/client.ts";
import { openFileStore } from "../../src/secrets/file/file-store.ts";
import { BIN, labEnvironment, openSession } from "../support/session.ts";

let lab: Lab;
let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "proxmox-mcp-doctor-"));
  lab = await startLab({ seed: "medium", authDelayMs: 0, taskMs: 100 });
});
afterEach(() => lab.faults.clear());
afterAll(async () => {
  await lab?.close();
  await rm(home, { recursive: true, force: true });
});

interface Visit extends Report {
  code: number;
  text: string;
  stderr: string;
  /** The checks of one kind. */
  of(check: string): Check[];
}

async function run(env: Record<string, string>, args: readonly string[]) {
  const child = spawn(process.execPath, [BIN, "doctor", ...args], {
    env: { PATH: process.env.PATH ?? "", XDG_STATE_HOME: home, ...env },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const [code] = await once(child, "close");
  return { code: code as number, stdout, stderr };
}

/** Runs the doctor for machines. */
async function visit(env: Record<string, string>, ...args: string[]): Promise<Visit> {
  const { code, stdout, stderr } = await run(env, ["--json", ...args]);
  const report = JSON.parse(stdout) as Report;
  expect(code).toBe(report.exitCode);
  return { ...report, code, text: stdout, stderr, of: (name) => report.checks.filter(({ check }) => check === name) };
}

const failures = ({ checks }: Report) => checks.filter(({ status }) => status === "fail").map(({ check }) => check);

describe("with a good token", () => {
  test("nothing fails, and a reader is told so", async () => {
    const { code, stdout, stderr } = await run(labEnvironment(lab), []);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^proxmox-mcp \d/);
    expect(stdout).toContain("This server\n");
    expect(stdout).toContain("Cluster default\n");
    expect(stdout).toMatch(/All \d+ ok\.\n$/);
    expect(stdout).not.toContain(lab.token.secret);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(130);
  });

  test("every check is ok", async () => {
    const report = await visit(labEnvironment(lab));
    expect(report.summary).toMatchObject({ warn: 0, fail: 0 });
    expect(new Set(report.checks.map(({ check }) => check))).toEqual(
      new Set(
        "configuration access policy state-directory audit-log reachable certificate token clock quorum nodes version privileges".split(
          " ",
        ),
      ),
    );
    expect(report.of("certificate")[0]!.data).toMatchObject({ fingerprint: lab.fingerprint });
    expect(report.of("configuration")[0]!.data).toMatchObject({ set: expect.arrayContaining(["PROXMOX_HOST"]) });
    expect(report.text).not.toContain(lab.token.secret);
  });

  test("only reads go out, through the gate and under the name doctor", async () => {
    lab.requests.length = 0;
    const stateHome = await mkdtemp(join(home, "state-"));
    await visit({ ...labEnvironment(lab), XDG_STATE_HOME: stateHome });
    expect(new Set(lab.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
    const log = await readFile(join(stateHome, "proxmox-mcp", "audit.jsonl"), "utf8");
    const lines = log
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { tool: string; class: string; phase: string });
    expect(new Set(lines.map(({ tool }) => tool))).toEqual(new Set(["doctor"]));
    expect(new Set(lines.map((line) => line.class))).toEqual(new Set(["read"]));
    expect(lines.filter(({ phase }) => phase === "before").length).toBe(lab.requests.length);
  });
});

/** Does what the lines say, as root@pam would on a node. */
async function carryOut(commands: readonly string[]): Promise<void> {
  const root = connectCluster(
    {
      name: "lab",
      endpoints: [lab.url],
      token: lab.token,
      tls: { verify: true, fingerprints: [lab.fingerprint] },
      requestTimeoutMs: 5000,
      defaults: {},
    },
    { enter: async () => async () => {} },
  );
  const send = root.send({ principal: "test", tool: "test", requestId: "1" });
  for (const line of commands) {
    const role = /^pveum role add (\S+) --privs "([^"]+)"$/.exec(line);
    const acl = /^pveum acl modify (\S+) --(users|tokens) '?([^' ]+)'? --roles (\S+)( --propagate 0)?$/.exec(line);
    if (role) await send("POST /access/roles", { roleid: role[1], privs: role[2] });
    else if (acl) {
      const [, path, kind, who, roles, once] = acl;
      await send("PUT /access/acl", { path, [kind!]: who, roles, propagate: once ? 0 : 1 });
    } else throw new Error(`not a line of pveum: ${line}`);
  }
  await root.close();
}

describe("a token that is accepted", () => {
  afterEach(async () => {
    // The next token gets roles of the same names.
    for (const role of [...lab.state.access.roles.keys()]) {
      if (role.startsWith("ProxmoxMCP-")) lab.state.access.roles.delete(role);
    }
  });
  const as = (token: TokenIdentity) => labEnvironment(lab, token);
  const commandsOf = (report: Visit) => report.checks.flatMap(({ commands }) => commands ?? []);

  test("and has no right at all is told the lines that give it all that the tools need, and they do", async () => {
    const before = await visit(as(lab.powerless));
    expect(before.code).toBe(1);
    expect(failures(before)).toEqual(["privileges"]);
    expect(before.of("token")[0]!.status).toBe("ok");
    const commands = commandsOf(before);
    expect(commands).toContainEqual(
      expect.stringMatching(/^pveum role add ProxmoxMCP-vms --privs "VM\.Allocate VM\.Audit .*VM\.PowerMgmt"$/),
    );
    expect(commands).toContain("pveum acl modify /vms --tokens 'nobody@pve!powerless' --roles ProxmoxMCP-vms");
    await carryOut(commands);
    const after = await visit(as(lab.powerless));
    expect([after.code, after.summary.warn, commandsOf(after)]).toEqual([0, 0, []]);
  });

  test("and can only read is told what its toolsets lack, and keeps what it has", async () => {
    const token = lab.addToken(
      { user: "audit", realm: "pve", id: "ro" },
      { "/": ["VM.Audit", "VM.GuestAgent.Audit", "Sys.Audit", "Datastore.Audit"] },
    );
    const before = await visit(as(token));
    expect([before.code, failures(before)]).toEqual([0, []]);
    const [guests] = before.of("privileges").filter(({ status }) => status === "warn");
    expect(guests!.message).toMatch(/^\w+: \d+ of \d+ operations are refused: lacks /);
    expect(before.of("privileges").map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^guests: \d+ of \d+ operations are refused: lacks .*VM\.PowerMgmt on \/vms/),
    );
    const commands = commandsOf(before);
    // An entry on /vms hides the one on /, so it has to hold what was there.
    const vms = commands.find((line) => line.startsWith("pveum role add ProxmoxMCP-vms "))!;
    for (const kept of ["VM.Audit", "VM.GuestAgent.Audit", "VM.PowerMgmt"]) expect(vms).toContain(kept);
    await carryOut(commands);
    expect((await visit(as(token))).summary).toMatchObject({ warn: 0, fail: 0 });
  });

  test("and can only read lacks nothing where nothing may be changed", async () => {
    const token = lab.addToken({ user: "audit", realm: "pve", id: "ro2" }, { "/": [...READING] });
    const report = await visit({ ...as(token), PROXMOX_MCP_ACCESS: "read" });
    expect(report.summary).toMatchObject({ warn: 0, fail: 0 });
  });

  test("and is meant for some guests is not asked to get more", async () => {
    const token = lab.addToken(
      { user: "some", realm: "pve", id: "two" },
      {
        "/": READING.filter((one) => !one.startsWith("VM.")),
        "/vms/100": READING,
        "/vms/101": READING,
      },
    );
    const report = await visit({ ...as(token), PROXMOX_MCP_ACCESS: "read" });
    expect([report.summary.warn, report.summary.fail]).toEqual([0, 0]);
    expect(report.of("privileges").find(({ message }) => message.startsWith("guests"))!.message).toContain(
      "on /vms/100, /vms/101 only",
    );
  });
});

/** What the reading tools want. */
const READING = [
  "VM.Audit",
  "VM.GuestAgent.Audit",
  "Sys.Audit",
  "Sys.Syslog",
  "Datastore.Audit",
  "Mapping.Audit",
  "SDN.Audit",
  "Pool.Audit",
];

describe("a token that is refused:", () => {
  const WRONG = "aaaaaaaa-1111-2222-3333-444455556666";
  test.each<[string, Record<string, string>, RegExp]>([
    ["a wrong secret", { PROXMOX_API_TOKEN_SECRET: WRONG }, /secret/],
    ["a secret that is a password", { PROXMOX_API_TOKEN_SECRET: "hunter22" }, /PROXMOX_API_TOKEN_SECRET is not a UUID/],
    ["a secret with its token's name", { PROXMOX_API_TOKEN_SECRET: `lab=${WRONG}` }, /only the UUID/],
    ["a whole name as the id", { PROXMOX_API_TOKEN_ID: "root@pam!lab" }, /after the exclamation mark/],
    ["a secret in the id", { PROXMOX_API_TOKEN_ID: `lab=${WRONG}` }, /after the exclamation mark/],
    ["another realm", { PROXMOX_API_TOKEN_REALM: "pve" }, /root@pve/],
  ])("%s", async (_, env, next) => {
    const report = await visit({ ...labEnvironment(lab), ...env });
    expect([report.code, failures(report)]).toEqual([1, ["token"]]);
    expect(report.of("token")[0]!.next).toMatch(next);
    expect(report.text).not.toContain(WRONG);
    expect(report.text).not.toContain("hunter22");
    expect(report.text).not.toContain(lab.token.secret);
  });
});

describe("on the way to the host:", () => {
  test("a pin that does not fit stops everything, and the line to set is there", async () => {
    lab.requests.length = 0;
    const report = await visit({ ...labEnvironment(lab), PROXMOX_TLS_FINGERPRINT: "AA".repeat(32) });
    expect([report.code, failures(report)]).toEqual([1, ["certificate"]]);
    expect(report.of("certificate")[0]!.commands).toEqual([`PROXMOX_TLS_FINGERPRINT=${lab.fingerprint}`]);
    expect(lab.requests).toEqual([]);
  });

  test("no pin and no CA", async () => {
    const report = await visit({ ...labEnvironment(lab), PROXMOX_TLS_FINGERPRINT: "" });
    expect([report.code, failures(report)]).toEqual([1, ["certificate"]]);
    expect(report.of("certificate")[0]!.message).toContain("SELF_SIGNED");
  });

  test("the certificate as the CA", async () => {
    const file = join(home, "ca.pem");
    await writeFile(file, lab.certificate);
    const report = await visit({ ...labEnvironment(lab), PROXMOX_TLS_FINGERPRINT: "", PROXMOX_TLS_CA_FILE: file });
    expect([report.code, report.summary.warn]).toEqual([0, 0]);
  });

  test("a certificate that is not verified", async () => {
    const env = { PROXMOX_TLS_FINGERPRINT: "", PROXMOX_TLS_REJECT_UNAUTHORIZED: "false" };
    const report = await visit({ ...labEnvironment(lab), ...env });
    expect([report.code, report.of("certificate")[0]!.status]).toEqual([0, "warn"]);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ["nothing listens", { PROXMOX_HOST: "127.0.0.1:9" }, /8006/],
    ["no such name", { PROXMOX_HOST: "no-such-host.invalid" }, /host name/],
  ])("%s", async (_, env, next) => {
    const report = await visit({ ...labEnvironment(lab), ...env });
    expect([report.code, failures(report)]).toEqual([1, ["reachable"]]);
    expect(report.of("reachable")[0]!.next).toMatch(next);
  });

  test("one endpoint of two that is away is no failure", async () => {
    const report = await visit({ ...labEnvironment(lab), PROXMOX_HOST: `127.0.0.1:9,127.0.0.1:${lab.port}` });
    expect(report.code).toBe(0);
    expect(report.of("reachable").map(({ status }) => status)).toEqual(["warn", "ok"]);
  });

  test("a host that lets this machine not in", async () => {
    lab.faults.add({ fault: "allow-from" });
    const report = await visit(labEnvironment(lab));
    expect(failures(report)).toEqual(["reachable"]);
    expect(report.of("reachable")[0]!.next).toContain("/etc/default/pveproxy");
  });
});

describe("in the cluster:", () => {
  test("a node that is offline", async () => {
    lab.faults.add({ fault: "node-down", node: "pve3" });
    const report = await visit(labEnvironment(lab));
    expect([report.code, report.summary.warn]).toEqual([0, 1]);
    expect(report.of("nodes")[0]).toMatchObject({ status: "warn", data: { offline: ["pve3"] } });
    expect(report.of("version")[0]!.message).not.toContain("pve3");
  });

  test("no quorum", async () => {
    lab.faults.add({ fault: "quorum-lost" });
    const report = await visit(labEnvironment(lab));
    expect([report.code, failures(report)]).toEqual([1, ["quorum"]]);
  });

  test("a node of an older version", async () => {
    lab.faults.add({ fault: "node-version", node: "pve2", version: "8.4" });
    const [version] = (await visit(labEnvironment(lab))).of("version");
    expect(version!.status).toBe("warn");
    expect(version!.message).toMatch(/8\.4\S* on pve2; 9\.2\S* on pve1, pve3/);
  });

  test.each([
    [30_000, "ok", 0],
    [120_000, "warn", 0],
    [-200_000, "warn", 0],
    [400_000, "fail", 1],
  ])("a clock that is %i ms off", async (ms, status, code) => {
    lab.faults.add({ fault: "time-skew", ms });
    const report = await visit(labEnvironment(lab));
    expect([report.of("clock")[0]!.status, report.code]).toEqual([status, code]);
  });
});

describe("the settings", () => {
  test("without any, it says which ones", async () => {
    const report = await visit({});
    expect([report.code, failures(report)]).toEqual([78, ["configuration"]]);
    expect(report.of("configuration")[0]!.next).toContain("PROXMOX_HOST");
  });

  test("with a part of the token only", async () => {
    const { PROXMOX_API_TOKEN_SECRET: _, ...rest } = labEnvironment(lab);
    const report = await visit(rest);
    expect(report.code).toBe(78);
    expect(report.of("configuration")[0]!.message).toContain("PROXMOX_API_TOKEN_SECRET");
  });

  test("with a host only", async () => {
    const report = await visit({ PROXMOX_HOST: "pve1" });
    expect(report.code).toBe(78);
    expect(report.of("configuration")[0]!.message).toMatch(/^Set: PROXMOX_HOST\. Missing: PROXMOX_API_TOKEN_USER/);
  });

  test.each([
    ["PROXMOX_MCP_ACCESS", "all"],
    ["PROXMOX_MCP_POLICY_FILE", "/nowhere/policy.yaml"],
    ["PROXMOX_MCP_CLUSTERS_FILE", "/nowhere/clusters.json"],
  ])("with a wrong %s nothing is asked", async (name, value) => {
    lab.requests.length = 0;
    const { PROXMOX_HOST: host, ...rest } = labEnvironment(lab);
    const report = await visit({
      ...rest,
      ...(name.includes("CLUSTERS") ? {} : { PROXMOX_HOST: host! }),
      [name]: value,
    });
    expect(report.code).toBe(78);
    expect(report.text).toContain(name);
    expect(lab.requests).toEqual([]);
  });

  test("guests with SSH of their own are looked up, and not connected to", async () => {
    const [good, open] = ["good", "open"].map((name) => join(home, `${name}.key`)) as [string, string];
    const key = "-----BEGIN OPENSSH PRIVATE KEY-----\nbm90LWEta2V5\n-----END OPENSSH PRIVATE KEY-----\n";
    await writeFile(good, key, { mode: 0o600 });
    await writeFile(open, key, { mode: 0o644 });
    await chmod(open, 0o644);
    const file = join(home, "guests.json");
    const hostKeys = `SHA256:${"A".repeat(43)}`;
    const guests = [
      { vmid: 101, keyFile: good, passphraseEnv: "PROXMOX_GUEST_PHRASE", hostKeys },
      { vmid: 102, keyFile: good },
      { name: "web", keyFile: open, hostKeys },
      { tag: "prod", hostKeys },
    ];
    await writeFile(file, JSON.stringify({ guests }));
    const more = { PROXMOX_SHELL_SSH_GUESTS_FILE: file, PROXMOX_GUEST_PHRASE: "s3cr3t-phrase" };
    const report = await visit({ ...labEnvironment(lab), ...more });
    expect(report.of("guests").map(({ status, message }) => ({ status, message }))).toEqual([
      { status: "warn", message: expect.stringContaining("No host key is configured for guests[1] (vmid 102)") },
      { status: "warn", message: expect.stringContaining(open) },
      { status: "warn", message: expect.stringContaining("No SSH identity is configured for guests[3] (tag prod)") },
      { status: "ok", message: expect.stringContaining("1 entry has") },
    ]);
    expect(report.of("variable")).toEqual([]);
    expect(report.text).not.toMatch(/s3cr3t-phrase|bm90LWEta2V5/);
    await writeFile(file, JSON.stringify({ guests: [{ hostKeys }] }));
    const broken = await visit({ ...labEnvironment(lab), ...more });
    expect(broken.code).toBe(78);
    expect(broken.text).toContain("guests[0]: needs exactly one of vmid, name and tag");
  });

  test("a misspelt variable is named, not its value", async () => {
    const report = await visit({ ...labEnvironment(lab), PROXMOX_TOKEN_SECRET: "s3cr3t-value" });
    expect(report.of("variable")[0]).toMatchObject({
      status: "warn",
      next: expect.stringContaining("PROXMOX_API_TOKEN_SECRET"),
    });
    expect(report.text).not.toContain("s3cr3t-value");
  });

  test("a policy that denies the doctor is what it says", async () => {
    const file = join(home, "policy.yaml");
    await writeFile(file, "version: 1\nrules:\n  - name: nobody\n    effect: deny\n");
    const report = await visit({ ...labEnvironment(lab), PROXMOX_MCP_POLICY_FILE: file });
    expect(report.code).toBe(1);
    expect(JSON.stringify(report.of("api"))).toContain("policy");
  });

  test("a state directory that cannot be made", async () => {
    const file = join(home, "a-file");
    await writeFile(file, "");
    const report = await visit({ ...labEnvironment(lab), XDG_STATE_HOME: file });
    expect(report.code).toBe(1);
    expect(failures(report)).toContain("state-directory");
    expect(report.stderr).toBe("");
  });

  test.skipIf(process.platform === "win32")("a key that others can read", async () => {
    const stateHome = await mkdtemp(join(home, "open-"));
    await mkdir(join(stateHome, "proxmox-mcp"));
    await writeFile(join(stateHome, "proxmox-mcp", "state.key"), Buffer.alloc(32, 7).toString("base64"));
    await chmod(join(stateHome, "proxmox-mcp", "state.key"), 0o644);
    const report = await visit({ ...labEnvironment(lab), XDG_STATE_HOME: stateHome });
    expect(report.of("state-directory")[0]!.status).toBe("warn");
  });
});

test("several clusters are looked at one by one, each by its own settings", async () => {
  const file = join(home, "clusters.json");
  const { user, realm, id } = lab.token;
  const one = {
    name: "one",
    host: `127.0.0.1:${lab.port}`,
    fingerprint: lab.fingerprint,
    token: { user, realm, id, secretEnv: "PROXMOX_ONE_SECRET" },
  };
  await writeFile(file, JSON.stringify({ clusters: [one, { ...one, name: "two", fingerprint: "BB".repeat(32) }] }));
  const report = await visit({ PROXMOX_MCP_CLUSTERS_FILE: file, PROXMOX_ONE_SECRET: lab.token.secret });
  expect(report.code).toBe(1);
  expect(report.checks.filter(({ status }) => status !== "ok").map(({ area, check }) => [area, check])).toEqual([
    ["two", "certificate"],
  ]);
  expect(report.of("certificate")[1]!.commands![0]).toContain(`"fingerprint": "${lab.fingerprint}"`);
  expect(report.text).not.toContain(lab.token.secret);
});

test("the lines of the README give a token enough", async () => {
  const token = lab.addToken({ user: "readme", realm: "pve", id: "server" }, {});
  const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  const lines = [...readme.matchAll(/^ *# (pveum (?:role|acl) .*)$/gm)].map(([, line]) =>
    line!.replace("mcp@pve", "readme@pve"),
  );
  expect(lines.length).toBeGreaterThan(2);
  await carryOut(lines);
  const report = await visit(labEnvironment(lab, token));
  expect(report.summary).toMatchObject({ warn: 0, fail: 0 });
});

test("proxmox_capabilities says the same to a model", async () => {
  const token = lab.addToken(
    { user: "model", realm: "pve", id: "ro" },
    { "/": ["VM.Audit", "Sys.Audit", "Datastore.Audit"] },
  );
  lab.faults.add({ fault: "time-skew" });
  const session = await openSession(labEnvironment(lab, token));
  const { data } = await session.call("proxmox_capabilities");
  await session.close();
  const [clock, lacks, ...more] = data.clusters[0].warnings;
  expect(clock).toMatch(/clock is (39\d|40\d) s ahead/);
  expect(lacks).toMatch(/VM\.PowerMgmt on \/vms \(refused: .*proxmox_vm_action/);
  expect(lacks).toContain("proxmox-mcp doctor");
  expect(more).toEqual([]);
});

describe("secrets from a store", () => {
  const secrets = () => join(home, "secrets.json");
  const env = () => {
    const { PROXMOX_HOST, PROXMOX_TLS_FINGERPRINT } = labEnvironment(lab) as Record<string, string>;
    const backend = { PROXMOX_MCP_SECRET_BACKEND: "file", PROXMOX_MCP_SECRET_FILE_PATH: secrets() };
    return { PROXMOX_HOST: PROXMOX_HOST!, PROXMOX_TLS_FINGERPRINT: PROXMOX_TLS_FINGERPRINT!, ...backend };
  };
  const put = (token: object) =>
    openFileStore({ backend: "file", path: secrets() }).write(
      { cluster: "default", kind: "token" },
      token as TokenAuth,
    );

  test("are read, told where from, and never shown", async () => {
    await put(lab.token);
    const report = await visit(env());
    expect([report.code, report.summary.warn]).toEqual([0, 0]);
    expect(report.of("secrets")[0]).toMatchObject({ status: "ok", message: expect.stringContaining(secrets()) });
    expect(report.text).not.toContain(lab.token.secret);
  });

  test("that cannot be read fail, and the rest that needs none is looked at", async () => {
    await put(lab.token);
    await chmod(secrets(), 0o644);
    const report = await visit(env());
    expect(failures(report)).toEqual(["secrets"]);
    expect(report.of("secrets")[0]!.next).toContain(`chmod 600 ${secrets()}`);
    expect(report.of("certificate")[0]!.status).toBe("ok");
    await chmod(secrets(), 0o600);
  });

  test("that the host refuses are told by the secret's name", async () => {
    await put({ ...lab.token, secret: "not-a-uuid" });
    const report = await visit(env());
    expect(failures(report)).toEqual(["token"]);
    expect(report.of("token")[0]!.next).toContain("secret in the secret default/token is not a UUID");
  });

  test("and a misspelt name of a _FILE variable is told, a right one is not", async () => {
    await put(lab.token);
    const key = join(home, "state-key");
    await writeFile(key, "ab".repeat(32));
    const report = await visit({ ...env(), PROXMOX_MCP_STATE_KEY_FILE: key, PROXMOX_MCP_ACCESS_FILE: key });
    expect(report.of("variable").map(({ data }) => data)).toEqual([{ variable: "PROXMOX_MCP_ACCESS_FILE" }]);
    expect(report.text).not.toContain("ab".repeat(32));
  });
});

describe("a token that ends soon", () => {
  const soon = () => Math.floor(Date.now() / 1000) + 5 * 86_400 + 3600;

  test("is warned about by the doctor and in proxmox_capabilities, where it may look at itself", async () => {
    const { secret } = lab.state.access.addToken("root@pam", "soon", { privsep: false, expire: soon() });
    const token = { user: "root", realm: "pam", id: "soon", secret };
    const report = await visit(labEnvironment(lab, token));
    expect(report.of("token-expiry").map(({ message }) => message)).toEqual(["root@pam!soon expires in 5 days."]);
    const session = await openSession(labEnvironment(lab, token));
    const { data } = await session.call("proxmox_capabilities");
    await session.close();
    expect(data.clusters[0].warnings).toEqual([
      "root@pam!soon expires in 5 days. Let it live longer: pveum user token modify 'root@pam' soon --expire 0.",
    ]);
  });

  test("is warned about by what the store says, where it may not", async () => {
    const token = lab.addToken({ user: "ends", realm: "pve", id: "soon" }, { "/": ["Sys.Audit"] });
    const secrets = join(home, "ending.json");
    await openFileStore({ backend: "file", path: secrets }).write(
      { cluster: "default", kind: "token" },
      { ...token, expire: soon() },
    );
    const { PROXMOX_HOST, PROXMOX_TLS_FINGERPRINT } = labEnvironment(lab) as Record<string, string>;
    const env = {
      PROXMOX_HOST: PROXMOX_HOST!,
      PROXMOX_TLS_FINGERPRINT: PROXMOX_TLS_FINGERPRINT!,
      PROXMOX_MCP_SECRET_BACKEND: "file",
      PROXMOX_MCP_SECRET_FILE_PATH: secrets,
    };
    const session = await openSession(env);
    const { data } = await session.call("proxmox_capabilities");
    await session.close();
    expect(data.clusters[0].warnings[0]).toMatch(/^ends@pve!soon expires in 5 days\./);
    const report = await visit(env);
    expect(report.of("token-expiry")[0]!.message).toBe("ends@pve!soon expires in 5 days.");
  });
});

test("--schema compares what the host documents, operation by operation", async () => {
  const report = await visit(labEnvironment(lab), "--schema");
  expect([report.code, report.of("schema")[0]]).toEqual([
    0,
    expect.objectContaining({ status: "ok", message: expect.stringMatching(/same 661 operations/) }),
  ]);
});
