import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGate, loadPolicy, openRecord } from "../../src/access/index.ts";
import { CLI_OPERATION, type OperationId } from "../../src/schema/operation.ts";
import type { HostCall, Hosts } from "../../src/ssh/index.ts";
import { CALLER, hostsOn, shell } from "./support/hosts.ts";
import { recordArgv, type SshTarget, sshdMissing, startSshd } from "./support/sshd.ts";

/** A node that nobody can reach: what gets to it would fail otherwise than it is refused. */
const NOWHERE: SshTarget = {
  address: "127.0.0.1",
  port: 1,
  username: "root",
  privateKey: "none",
  userKey: "",
  hostKeyLines: [],
  publicKeys: [],
  folder: "/",
  commands: "/",
  drop() {},
  async close() {},
};

const on = (operation: OperationId, params: object = {}): HostCall => ({
  node: "pve1",
  operation,
  params: { node: "pve1", ...params },
});
const exec = { command: "id", timeoutMs: 1000 };
const bytes = Buffer.from("x");

describe("every way to a host passes the gate first", () => {
  const WAYS: [string, (hosts: Hosts) => Promise<unknown>][] = [
    ["exec", (hosts) => hosts.exec(CALLER, shell("id"))],
    [
      "readFile",
      (hosts) =>
        hosts.readFile(CALLER, { ...on("RUN /nodes/{node}/file/read", { path: "/x" }), path: "/x", maxBytes: 1 }),
    ],
    [
      "writeFile",
      (hosts) => hosts.writeFile(CALLER, { ...on("RUN /nodes/{node}/file/write", { path: "/x" }), path: "/x", bytes }),
    ],
    [
      "within",
      (hosts) => hosts.within(CALLER, on("RUN /nodes/{node}/shell", { command: "id" }), (host) => host.exec(exec)),
    ],
    ["reach", (hosts) => hosts.reach(CALLER, "pve1")],
  ];

  test("there is no other", () => {
    expect(Object.keys(hostsOn(NOWHERE)).sort()).toEqual(
      [...WAYS.map(([name]) => name), "survey", "close", "gate"].sort(),
    );
  });

  test.each(WAYS)("%s: nothing is even looked up when it refuses", async (_, way) => {
    let asked = 0;
    const count = async () => {
      asked++;
      return undefined;
    };
    const hosts = hostsOn(NOWHERE, {
      identity: count,
      discover: async () => new Map([["pve1", String(await count())]]),
    });
    hosts.gate.refuse = new Error("no entry");
    await expect(way(hosts)).rejects.toThrow("no entry");
    expect(asked).toBe(0);
    expect(hosts.gate.left).toEqual([]);
    hosts.gate.refuse = undefined;
    await expect(way(hosts)).rejects.toMatchObject({ code: "no-ssh-identity" });
    expect(hosts.gate.left).toMatchObject([{ outcome: "error", detail: "no-ssh-identity" }]);
  });
});

test("a survey reaches each node past the gate, and tells why one cannot be", async () => {
  const hosts = hostsOn(NOWHERE, { identity: async () => undefined });
  hosts.gate.refuse = new Error("no entry");
  expect(await hosts.survey(CALLER)).toEqual([{ node: "pve1", problem: hosts.gate.refuse }]);
  hosts.gate.refuse = undefined;
  expect(await hosts.survey(CALLER)).toMatchObject([{ node: "pve1", problem: { code: "no-ssh-identity" } }]);
});

describe("what is done is what the gate was asked for", () => {
  const off = { code: "off-the-record" };
  const path = "/var/lib/vz/snippets/a.yaml";
  const run = (call: HostCall, command: string | string[] = "id") =>
    hostsOn(NOWHERE).exec(CALLER, { ...call, command, timeoutMs: 1000 });
  const read = (call: HostCall, at: string) => hostsOn(NOWHERE).readFile(CALLER, { ...call, path: at, maxBytes: 9 });
  const write = (call: HostCall, at: string) => hostsOn(NOWHERE).writeFile(CALLER, { ...call, path: at, bytes });

  test.each<[string, () => Promise<unknown>]>([
    ["a command as a call of the API", () => run(on("GET /version"))],
    ["a command as reading a snippet", () => run(on("RUN /nodes/{node}/snippets/read"))],
    ["a command as writing a snippet", () => run(on("RUN /nodes/{node}/snippets/write"))],
    ["a command as reaching", () => run(on("RUN /nodes/{node}/reach"))],
    ["a command as reading a file", () => run(on("RUN /nodes/{node}/file/read", { path: "/x" }))],
    ["another node", () => run({ ...on("RUN /nodes/{node}/shell", { command: "id" }), node: "pve2" })],
    ["no node", () => run({ ...on("RUN /nodes/{node}/shell"), params: {} })],
    ["another command", () => run(on("RUN /nodes/{node}/shell", { command: "ls" }))],
    ["a line for another shell", () => run(on("RUN /nodes/{node}/shell", { command: "id" }), ["bash", "-c", "id"])],
    [
      "a program before the line",
      () => run(on("RUN /nodes/{node}/shell", { command: "id" }), ["env", "A=1", "rm", "/bin/sh", "-c", "id"]),
    ],
    [
      "another container",
      () =>
        run(on("RUN /nodes/{node}/lxc/{vmid}/shell", { vmid: 100, command: "id" }), [
          ..."pct exec 101 -- /bin/sh -c id".split(" "),
        ]),
    ],
    [
      "the node for its container",
      () => run(on("RUN /nodes/{node}/lxc/{vmid}/shell", { vmid: 100, command: "id" }), "id"),
    ],
    ["other arguments", () => run(on(CLI_OPERATION, { family: "qm", argv: ["list"] }), ["qm", "destroy", "100"])],
    ["more arguments", () => run(on(CLI_OPERATION, { family: "qm", argv: ["list"] }), "qm list; id")],
    [
      "a form of output with more behind it",
      () => run(on(CLI_OPERATION, { family: "pvesh", argv: ["ls"] }), "pvesh ls --output-format json; id"),
    ],
    [
      "a form of output that is none",
      () => run(on(CLI_OPERATION, { family: "pvesh", argv: ["ls"] }), ["pvesh", "ls", "--output-format", "--x"]),
    ],
    [
      "a form of output and another argument",
      () => run(on(CLI_OPERATION, { family: "pvesh", argv: ["ls"] }), ["pvesh", "ls", "--output-format", "json", "x"]),
    ],
    ["another family", () => run(on(CLI_OPERATION, { family: "qm", argv: ["list"] }), "pct list")],
    ["another file", () => read(on("RUN /nodes/{node}/file/read", { path: "/x" }), "/y")],
    ["writing as reading", () => write(on("RUN /nodes/{node}/file/read", { path: "/x" }), "/x")],
    ["writing as reading a snippet", () => write(on("RUN /nodes/{node}/snippets/read", { path }), path)],
    ["a file that is no snippet", () => read(on("RUN /nodes/{node}/snippets/read"), "/etc/shadow")],
    ["a way out of snippets", () => read(on("RUN /nodes/{node}/snippets/read"), "/var/snippets/../shadow")],
    ["a directory below snippets", () => read(on("RUN /nodes/{node}/snippets/read"), "/var/snippets/a/b")],
    ["a path from nowhere", () => read(on("RUN /nodes/{node}/snippets/read"), "snippets/a")],
    ["other bytes", () => write(on("RUN /nodes/{node}/file/write", { path: "/x", sha256: "00" }), "/x")],
    ["more bytes", () => write(on("RUN /nodes/{node}/file/write", { path: "/x", bytes: 7 }), "/x")],
    ["another mode", () => write(on("RUN /nodes/{node}/file/write", { path: "/x", mode: 0o600 }), "/x")],
  ])("%s is refused", async (_, act) => {
    await expect(act()).rejects.toMatchObject(off);
  });

  test.each<[HostCall, string | string[]]>([
    [on("RUN /nodes/{node}/shell", { command: "id" }), "id"],
    [on("RUN /nodes/{node}/shell", { command: "id" }), ["/bin/sh", "-c", "id"]],
    [on("RUN /nodes/{node}/shell", { command: "id" }), ["env", "A=1", "B=", "/bin/sh", "-c", "id"]],
    [
      on("RUN /nodes/{node}/lxc/{vmid}/shell", { vmid: 100, command: "id" }),
      ["pct", "exec", "100", "--", "env", "A=1", "/bin/sh", "-c", "id"],
    ],
  ])("the same in other words is not: %j %j", async (call, command) => {
    const hosts = hostsOn(NOWHERE, { identity: async () => undefined });
    await expect(hosts.exec(CALLER, { ...call, command, timeoutMs: 1000 })).rejects.toMatchObject({
      code: "no-ssh-identity",
    });
  });

  test("so is each step of several", async () => {
    const hosts = hostsOn(NOWHERE);
    const call = on("RUN /nodes/{node}/snippets/read", { path });
    await expect(hosts.within(CALLER, call, (host) => host.exec(exec))).rejects.toMatchObject(off);
    await expect(
      hosts.within(CALLER, call, (host) => host.readFile({ path: "/etc/shadow", maxBytes: 9 })),
    ).rejects.toMatchObject(off);
  });
});

const missing = sshdMissing();
if (missing) console.warn(`skipped: ${missing}`);

describe.skipIf(missing)("with the real gate", () => {
  let target: SshTarget;
  let home: string;
  let directory: string;
  beforeAll(async () => {
    target = await startSshd();
    home = mkdtempSync(join(tmpdir(), "ssh-gate-"));
  });
  afterAll(async () => {
    await target?.close();
    rmSync(home, { recursive: true, force: true });
  });
  const lines = () =>
    readFileSync(join(directory, "audit.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  const gateOf = async (ceiling: "read" | "mutate" | "escape") => {
    directory = mkdtempSync(join(home, "state-"));
    return createGate({
      ceiling,
      record: openRecord(directory),
      policy: await loadPolicy(undefined),
      cluster: () => ({
        tokenUser: "mcp@pve!server",
        guest: async () => undefined,
        send: () => (async () => ({ data: { groups: "ops" } })) as never,
      }),
    });
  };

  test("before and after are recorded, without the command and its output", async () => {
    const hosts = hostsOn(target, { gate: await gateOf("escape") });
    await hosts.exec(CALLER, shell("echo 5ecret-word; exit 7"));
    const [before, after] = lines().slice(-2);
    expect(before).toMatchObject({ phase: "before", class: "escape", target: { node: "pve1" }, tool: "tests" });
    expect(after).toMatchObject({ phase: "after", outcome: "error", status: 7, detail: "exit" });
    expect(JSON.stringify([before, after])).not.toContain("5ecret-word");
    await hosts.close();
  });

  test("arguments of a command are recorded, but for what looks like a secret", async () => {
    recordArgv(target, "qm");
    const hosts = hostsOn(target, { gate: await gateOf("escape") });
    const argv = [
      "set",
      "100",
      "--cipassword",
      "hun ter",
      "--password=pw1",
      "-secret",
      "pw2",
      "--memory",
      "512",
      "--name=a",
    ];
    const params = { node: "pve1", family: "qm", argv };
    await hosts.exec(CALLER, {
      node: "pve1",
      operation: CLI_OPERATION,
      params,
      command: ["qm", ...argv],
      timeoutMs: 30_000,
    });
    const hidden = "[redacted]";
    expect(lines().at(-2).params.argv).toEqual([
      "set",
      "100",
      "--cipassword",
      hidden,
      `--password=${hidden}`,
      "-secret",
      hidden,
      "--memory",
      "512",
      "--name=a",
    ]);
    await hosts.close();
  });

  test.each(["read", "mutate"] as const)(
    "under the ceiling %s no command runs, and a snippet as it says",
    async (ceiling) => {
      const hosts = hostsOn(target, { gate: await gateOf(ceiling) });
      const path = `${target.folder}/snippets/a`;
      await expect(hosts.exec(CALLER, shell("id"))).rejects.toMatchObject({ code: "access-ceiling" });
      expect(lines()).toMatchObject([{ phase: "denied", outcome: "access-ceiling" }]);
      await expect(hosts.reach(CALLER, "pve1")).resolves.toMatchObject({ address: "127.0.0.1" });
      const reading = hosts.readFile(CALLER, { ...on("RUN /nodes/{node}/snippets/read", { path }), path, maxBytes: 9 });
      await expect(reading).rejects.toMatchObject({ code: "file-not-found" });
      const writing = hosts.writeFile(CALLER, { ...on("RUN /nodes/{node}/snippets/write", { path }), path, bytes });
      await expect(writing).rejects.toMatchObject({ code: ceiling === "read" ? "access-ceiling" : "file-not-found" });
      await hosts.close();
    },
  );

  test.each<[string, string[]]>([
    ["pveum", ["user", "delete", "root@pam"]],
    ["pveum", ["user", "del", "ROOT@pam"]],
    ["pveum", ["userdel", "root@pam"]],
    ["pveum", ["user", "delete", "--userid", "mcp@pve"]],
    ["pveum", ["user", "modify", "mcp@pve", "--enable", "0"]],
    ["pveum", ["user", "modify", "--en=0", "mcp@pve"]],
    ["pveum", ["user", "modify", "root@pam", "-expire", "1"]],
    ["pveum", ["user", "token", "remove", "mcp@pve", "server"]],
    ["pveum", ["user", "token", "delete", "mcp@pve", "server"]],
    ["pveum", ["acl", "delete", "/", "--users", "mcp@pve", "--roles", "Administrator"]],
    ["pveum", ["aclmod", "/", "-tokens", "mcp@pve!server", "-role", "NoAccess"]],
    ["pveum", ["passwd", "root@pam"]],
    ["pveum", ["group", "delete", "ops"]],
    ["/usr/sbin/pveum", ["user", "delete", "root@pam"]],
    ["pvesh", ["delete", "/access/users/root@pam"]],
    ["pvesh", ["delete", "access/users/root@pam/"]],
    ["pvesh", ["--noproxy", "delete", "//access//users//mcp@pve"]],
    ["pvesh", ["set", "/access/users/mcp@pve", "--enable", "0"]],
    ["pvesh", ["delete", "/access/users/mcp@pve/token/server"]],
    ["pvesh", ["set", "/access/password", "--userid", "root@pam", "--password", "x"]],
    ["pvesh", ["set", "/access/acl", "--path", "/", "--users", "mcp@pve", "--roles", "NoAccess"]],
    ["pvesh", ["create", "/nodes/pve1/execute", "--commands", "[]"]],
  ])("%s %j is never run, whoever confirms it", async (family, argv) => {
    const gate = await gateOf("escape");
    const params = { node: "pve1", family, argv };
    const verdict = await gate.judge({ cluster: "lab", operation: CLI_OPERATION, params, caller: CALLER });
    expect(verdict.refusal?.code).toBe("self-protection");
  });

  test.each<[string, string[]]>([
    ["pveum", ["user", "delete", "joe@pve"]],
    ["pveum", ["user", "add", "joe@pve"]],
    ["pveum", ["user", "list"]],
    ["pveum", ["user", "permissions", "root@pam"]],
    ["pveum", ["user", "modify", "root@pam", "--comment", "x"]],
    ["pveum", ["group", "delete", "others"]],
    ["pveum", ["acl", "modify", "/", "--users", "joe@pve", "--roles", "PVEAdmin"]],
    ["pvesh", ["get", "/access/users/root@pam"]],
    ["pvesh", ["delete", "/access/users/joe@pve"]],
    ["qm", ["destroy", "100"]],
  ])("%s %j harms no account of ours", async (family, argv) => {
    const gate = await gateOf("escape");
    const params = { node: "pve1", family, argv };
    const verdict = await gate.judge({ cluster: "lab", operation: CLI_OPERATION, params, caller: CALLER });
    expect(verdict.refusal).toBeUndefined();
  });
});
