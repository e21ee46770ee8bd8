import { execFileSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SUDO_REACHES, sudoRules } from "../../src/provision/sudo-rules.ts";
import { CLI_OPERATION } from "../../src/schema/operation.ts";
import { CALLER, hostsOn, type Opened, shell } from "./support/hosts.ts";
import { isAlive, privateUserMissing, type SshTarget, sshdMissing, startSshd } from "./support/sshd.ts";

const missing = sshdMissing() ?? privateUserMissing();
if (missing) console.warn(`skipped: ${missing}`);

/** What docs/security.md says to put into sudoers for a user of the command-line families. */
function documentedRules(user: string): string {
  const text = readFileSync("docs/security.md", "utf8");
  const block = /```sudoers\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
  return block.replaceAll("mcp ", `${user} `).replaceAll(":mcp", `:${user}`);
}

/** Stands in the place of apt: what it is told, and processes that live on. */
const PROGRAM = `
case "$1" in
  deaf) trap '' TERM HUP INT ;;
  obey) ;;
  *) id -un; echo "$LC_ALL $PATH"; for a; do printf '%s\\0' "$a"; done; exec cat ;;
esac
echo $$ >> "$2"
sh -c 'echo $$ >> "$0"; exec sleep 300' "$2" &
sleep 300 & echo $! >> "$2"
wait; wait; sleep 300`;

test("the documented rules are the ones that enrolling writes", () => {
  const [, ...written] = sudoRules("mcp", "cli").trim().split("\n");
  expect(documentedRules("mcp").trim().split("\n")).toEqual(written);
});

describe.skipIf(missing)("a user who is not root", () => {
  let target: SshTarget;
  let hosts: Opened;
  const apt = (argv: readonly string[], more: Partial<Parameters<Opened["exec"]>[1]> = {}) =>
    hosts.exec(CALLER, {
      node: "pve1",
      operation: CLI_OPERATION,
      params: { node: "pve1", family: "apt", argv },
      command: ["apt", ...argv],
      timeoutMs: 60_000,
      ...more,
    });

  beforeAll(async () => {
    const rules = documentedRules("mcp");
    expect(rules).toContain("timeout");
    target = await startSshd({ as: { name: "mcp", sudoers: rules, programs: { "/usr/bin/apt": PROGRAM } } });
    hosts = hostsOn(target);
  });
  afterAll(async () => {
    await hosts?.close();
    await target?.close();
  });

  test("runs a command-line family as root by the rules of the documentation, each argument as it was sent", async () => {
    const argv = [
      "list",
      "",
      " ",
      "a b",
      "a'b",
      '"',
      "$(id)",
      "a\nb",
      "-x",
      "--",
      "\\",
      "*",
      "ü€😀",
      "^a$",
      "x".repeat(9000),
    ];
    const { code, stdout } = await apt(argv, { stdin: "typed" });
    expect(code).toBe(0);
    const [user, environment, ...rest] = stdout.split("\n");
    expect([user, environment]).toEqual(["root", expect.stringMatching(/^C\.UTF-8 .*:\/usr\/sbin:/)]);
    expect(rest.join("\n").split("\0")).toEqual([...argv, "typed"]);
  });

  test.each(["obey", "deaf"])("a timeout ends one that is %s, and its children", async (how) => {
    const pids = join(target.folder, how);
    writeFileSync(pids, "");
    const result = await apt([how, pids], { timeoutMs: 1500 });
    expect(result).toMatchObject({ timedOut: true, code: undefined });
    const all = readFileSync(pids, "utf8").trim().split(/\s+/).map(Number);
    expect(all.length).toBe(3);
    await expect.poll(() => all.filter(isAlive), { timeout: 10_000 }).toEqual([]);
  });

  test("one that is given up ends too", async () => {
    const pids = join(target.folder, "given-up");
    writeFileSync(pids, "");
    const controller = new AbortController();
    const running = apt(["obey", pids], { signal: controller.signal });
    const failed = expect(running).rejects.toThrow("enough");
    const all = () => readFileSync(pids, "utf8").trim().split(/\s+/).filter(Boolean).map(Number);
    await expect.poll(() => all().length, { timeout: 10_000 }).toBe(3);
    controller.abort(new Error("enough"));
    await failed;
    await expect.poll(() => all().filter(isAlive), { timeout: 10_000 }).toEqual([]);
  });

  test("is told what to do where the rules do not reach", async () => {
    await expect(hosts.exec(CALLER, shell("id"))).rejects.toMatchObject({
      code: "sudo-refused",
      next: expect.stringContaining("NOPASSWD: ALL"),
    });
    const call = { node: "pve1", operation: "RUN /nodes/{node}/file/read" as const };
    const path = "/etc/shadow";
    await expect(
      hosts.readFile(CALLER, { ...call, params: { node: "pve1", path }, path, maxBytes: 9 }),
    ).rejects.toMatchObject({ code: "sudo-refused" });
  });

  test("runs what needs no root as itself", async () => {
    expect((await hosts.exec(CALLER, { ...shell("id -un"), sudo: false })).stdout).toBe("mcp\n");
  });

  test.each(SUDO_REACHES)("visudo reads the rules for %s", (reach) => {
    const visudo = () => execFileSync("visudo", ["-cf", "-"], { input: sudoRules("mcp", reach), encoding: "utf8" });
    expect(visudo()).toMatch(/parsed OK/);
  });

  test.each([
    ["timeout", "-k 2 61 /usr/bin/apt", "/bin/sh"],
    ["timeout", "-k", "2 61 /usr/bin/apt", "5", "/bin/sh"],
    ["timeout", "-k", "2", "61 /usr/bin/apt", "/bin/sh"],
    ["timeout", "-k", "2", "61", "/usr/bin/apt /../../bin/sh"],
    ["timeout", "-k", "2", "61", "apt"],
    ["timeout", "-k", "2", "61", "/usr/bin/aptx"],
    ["pkill", "-KILL", "-f", "^timeout -k 2 61"],
    ["pkill", "-TERM", "-f", "sshd"],
    ["/usr/lib/openssh/sftp-server"],
    ["sh", "-c", "id"],
  ])("gets nothing else by the rules: %j", async (...words) => {
    const quoted = words.map((word) => `'${word}'`).join(" ");
    const { code, stdout } = await hosts.exec(CALLER, { ...shell(`sudo -n -- ${quoted}`), sudo: false });
    expect(code).not.toBe(0);
    expect(stdout).toBe("");
  });

  test("reads and writes files as root where sudo lets the SFTP server run", async () => {
    const more = 'mcp ALL=(root) NOPASSWD: /usr/lib/openssh/sftp-server ""\n';
    const other = await startSshd({ as: { name: "mcp", sudoers: documentedRules("mcp") + more } });
    const own = hostsOn(other);
    const path = join(other.folder, "roots.txt");
    const params = { node: "pve1", path };
    await own.writeFile(CALLER, {
      node: "pve1",
      operation: "RUN /nodes/{node}/file/write",
      params,
      path,
      bytes: Buffer.from("ü"),
      mode: 0o600,
    });
    expect([statSync(path).uid, readFileSync(path, "utf8")]).toEqual([0, "ü"]);
    const read = { node: "pve1", operation: "RUN /nodes/{node}/file/read" as const, params, path, maxBytes: 9 };
    expect(Buffer.from((await own.readFile(CALLER, read)).bytes).toString()).toBe("ü");
    await own.close();
    await other.close();
  });
});
