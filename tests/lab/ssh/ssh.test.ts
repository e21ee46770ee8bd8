import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../../src/lab/index.ts";
import { call } from "../support.ts";
import { connect, openSftp, run } from "./client.ts";

let lab: Lab;
const folder = mkdtempSync(join(tmpdir(), "lab-ssh-"));
beforeAll(async () => {
  lab = await startLab({ seed: "medium", ssh: true, taskMs: 30, taskVisibleMs: 0, agentMs: 0, authDelayMs: 0 });
});
afterEach(() => lab.faults.clear());
afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("logging in", () => {
  it("has a host key of its own on every node, as its fingerprint says", async () => {
    const keys = new Set(Object.values(lab.ssh!.nodes).map(({ hostKey }) => hostKey));
    expect(keys.size).toBe(3);
    let seen = "";
    const client = await connect(lab, "pve2", {
      hostHash: "sha256",
      hostVerifier: (hash: string) => {
        seen = `SHA256:${Buffer.from(hash, "hex").toString("base64").replace(/=+$/, "")}`;
        return true;
      },
    });
    client.end();
    expect(seen).toBe(lab.ssh!.nodes.pve2!.hostKey);
  });

  it("refuses other keys, other users and passwords", async () => {
    const { default: ssh2 } = await import("ssh2");
    const other = ssh2.utils.generateKeyPairSync("ed25519").private;
    await expect(connect(lab, "pve1", { privateKey: other })).rejects.toThrow(/authentication/i);
    await expect(connect(lab, "pve1", { username: "nobody" })).rejects.toThrow(/authentication/i);
    const { host, port } = lab.ssh!.nodes.pve1!;
    const byPassword = { host, port, password: "secret", privateKey: undefined as unknown as string };
    await expect(connect(lab, "pve1", byPassword)).rejects.toThrow(/authentication/i);
  });

  it("takes a key as soon as it stands in authorized_keys, on every node of the cluster", async () => {
    const { default: ssh2 } = await import("ssh2");
    const own = ssh2.utils.generateKeyPairSync("ed25519", { comment: "new" });
    await run(lab, "cat >> /root/.ssh/authorized_keys", { stdin: `${own.public}\n` });
    const client = await connect(lab, "pve3", { privateKey: own.private });
    client.end();
  });

  it("takes nobody on a node that is down", async () => {
    lab.state.setNodeOnline("pve3", false);
    await expect(connect(lab, "pve3")).rejects.toThrow();
    lab.state.setNodeOnline("pve3", true);
  });
});

describe("the shell", () => {
  it.each([
    ["echo 'a  b' \"c d\" e\\ f", "a  b c d e f\n"],
    ["echo 'it'\\''s'", "it's\n"],
    ["false || echo no; true && echo yes", "no\nyes\n"],
    ["echo one | cat | head -c 2", "on"],
    ["printf 'a\\nb\\nc\\n' | tail -n 1", "c\n"],
    ["env LC_ALL=C.UTF-8 sh -c 'echo $LC_ALL'", "C.UTF-8\n"],
    ["X=1 Y='2 3' sh -c 'echo $X-$Y'", "1-2 3\n"],
    ['echo $(hostname) "$(echo a; echo b)"', "pve1 a\nb\n"],
    ["cd /tmp && pwd", "/tmp\n"],
    ["echo hello > /tmp/x && cat < /tmp/x; cat /tmp/missing 2>/dev/null; rm /tmp/x", "hello\n"],
    ["sudo -n whoami", "root\n"],
    ["cat", "from stdin"],
    [
      "head -n 1 /etc/pve/qemu-server/100.conf | grep -c x >/dev/null; ls -d /etc/pve/qemu-server/10[0].conf",
      undefined,
    ],
    ["ls /etc/pve/nodes", "pve1\npve2\npve3\n"],
  ])("%s", async (command, out) => {
    const ran = await run(lab, command, { stdin: "from stdin" });
    if (out !== undefined) expect(ran).toMatchObject({ out, code: 0 });
  });

  it.each([
    ["exit 7", 7],
    ["nonsense", 127],
    ["echo 'open", 2],
    ["timeout 0.01 sleep 30", 124],
    ["cat /etc/nothing", 1],
  ])("%s ends with %i", async (command, code) => {
    expect((await run(lab, command)).code).toBe(code);
  });

  it("tells a signal from an exit code", async () => {
    expect(await run(lab, "kill -9 $$")).toMatchObject({ code: undefined, signal: "SIGKILL" });
  });

  it("reads the guests' files by wildcard", async () => {
    const { out } = await run(lab, "ls /etc/pve/nodes/*/qemu-server/*.conf");
    const vms = [...lab.state.guests.values()].filter(({ type }) => type === "qemu");
    expect(out.trim().split("\n")).toHaveLength(vms.length);
  });

  it("lets admin be nobody without sudo", async () => {
    const username = "admin";
    expect((await run(lab, "qm list", { username })).code).toBe(127);
    expect((await run(lab, "pvesh get /version", { username })).err).toContain("please run as root");
    expect((await run(lab, "cat /etc/pve/qemu-server/100.conf", { username })).err).toContain("Permission denied");
    expect((await run(lab, "echo x > /var/lib/vz/snippets/x", { username })).err).toContain("Permission denied");
    expect((await run(lab, "sudo -n qm status 100", { username })).out).toBe("status: running\n");
  });
});

describe("files", () => {
  it("lists a snippet that SFTP wrote by REST, and gives one that REST lists by SFTP", async () => {
    const { sftp, end } = await openSftp(lab);
    const path = "/var/lib/vz/snippets/user.yaml";
    await promisify(sftp.writeFile.bind(sftp) as never as (p: string, b: string) => Promise<void>)(
      `${path}.tmp`,
      "a: 1\n",
    );
    await new Promise<void>((resolve, reject) =>
      sftp.ext_openssh_rename(`${path}.tmp`, path, (error) => (error ? reject(error) : resolve())),
    );
    const list = await call(lab, "GET", "/nodes/pve1/storage/local/content?content=snippets");
    expect(list.data).toContainEqual(expect.objectContaining({ volid: "local:snippets/user.yaml", size: 5 }));
    expect((await run(lab, `cat ${path}; stat -c %a ${path}`)).out).toMatch(/^a: 1\n/);
    const away = await call(lab, "DELETE", "/nodes/pve1/storage/local/content/local:snippets/user.yaml");
    expect(away.status).toBe(200);
    await expect.poll(async () => (await run(lab, `test -e ${path}`)).code).toBe(1);
    end();
  });

  it("refuses an old rename onto a file, exclusive creation, and what a user may not write", async () => {
    const { sftp, end } = await openSftp(lab);
    const done = (start: (cb: (error: unknown) => void) => void): Promise<unknown> =>
      new Promise((resolve) => start(resolve));
    for (const name of ["/tmp/a", "/tmp/b"]) await done((cb) => sftp.writeFile(name, "x", cb));
    expect(await done((cb) => sftp.rename("/tmp/a", "/tmp/b", cb))).toBeInstanceOf(Error);
    expect(await done((cb) => sftp.open("/tmp/a", "wx", cb))).toBeInstanceOf(Error);
    expect(await done((cb) => sftp.stat("/tmp/c", cb))).toMatchObject({ message: "No such file" });
    end();
    const admin = await openSftp(lab, { username: "admin" });
    expect(await done((cb) => admin.sftp.writeFile("/etc/x", "x", cb))).toMatchObject({ message: "Permission denied" });
    expect(await done((cb) => admin.sftp.writeFile("/home/admin/x", "x", cb))).toBeUndefined();
    admin.end();
  });
});

describe("the OpenSSH client", () => {
  const { status } = { status: () => ["/usr/bin/ssh", "/usr/bin/sftp"].every((path) => readable(path)) };

  it.runIf(status())("runs commands and copies files", async () => {
    const { host, port, knownHosts } = lab.ssh!.nodes.pve1!;
    writeFileSync(join(folder, "key"), lab.ssh!.privateKey, { mode: 0o600 });
    writeFileSync(join(folder, "known"), `${knownHosts}\n`);
    writeFileSync(
      join(folder, "batch"),
      `put ${folder}/known /var/lib/vz/snippets/by-sftp\nls -l /var/lib/vz/snippets\nrename /var/lib/vz/snippets/by-sftp /var/lib/vz/snippets/renamed\nget /var/lib/vz/snippets/renamed ${folder}/back\n`,
    );
    const options = ["-F", "none", "-i", join(folder, "key"), "-o", `UserKnownHostsFile=${join(folder, "known")}`];
    options.push("-o", "StrictHostKeyChecking=yes", "-o", "BatchMode=yes");
    const exec = promisify(execFile);
    const shell = exec("/usr/bin/ssh", [...options, "-p", String(port), `root@${host}`, "qm", "status", "100"]);
    shell.child.stdin?.end();
    expect((await shell).stdout).toBe("status: running\n");
    await exec("/usr/bin/sftp", [...options, "-P", String(port), "-b", join(folder, "batch"), `root@${host}`]);
    expect(readFileSync(join(folder, "back"), "utf8")).toBe(`${knownHosts}\n`);
    expect(lab.state.volumes.has("local:snippets/renamed")).toBe(true);
  });
});

function readable(path: string): boolean {
  try {
    return readFileSync(path).length > 0;
  } catch {
    return false;
  }
}
