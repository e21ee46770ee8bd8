import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../../src/lab/index.ts";
import { connect, openSftp, run } from "./client.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ ssh: true, taskMs: 30, taskVisibleMs: 0, authDelayMs: 0 });
});
afterEach(() => lab.faults.clear());
afterAll(() => lab.close());

const publicKey = () => lab.ssh!.publicKey;

describe("users", () => {
  it("are made with a home, log in with a key of theirs, and are gone with all that they had", async () => {
    expect((await run(lab, "getent passwd ops")).code).toBe(2);
    expect((await run(lab, "useradd --create-home --shell /bin/sh --comment 'a b' ops")).code).toBe(0);
    expect((await run(lab, "getent passwd ops")).out).toBe("ops:x:1001:1001:a b:/home/ops:/bin/sh\n");
    await expect(connect(lab, "pve1", { username: "ops" })).rejects.toThrow(/authentication/i);
    await run(lab, `install -d -o ops -g ops -m 0700 /home/ops/.ssh; tee /home/ops/.ssh/authorized_keys`, {
      stdin: `restrict ${publicKey()}\n`,
    });
    expect((await run(lab, "whoami", { username: "ops" })).out).toBe("ops\n");
    expect(await run(lab, "useradd ops")).toMatchObject({ code: 9, err: "useradd: user 'ops' already exists\n" });
    expect((await run(lab, "userdel --force --remove ops")).code).toBe(0);
    await expect(connect(lab, "pve1", { username: "ops" })).rejects.toThrow(/authentication/i);
    expect((await run(lab, "test -e /home/ops")).code).toBe(1);
    expect(await run(lab, "userdel ops")).toMatchObject({ code: 6, err: "userdel: user 'ops' does not exist\n" });
  });

  it.each([
    ["useradd Ops", 3],
    ["useradd", 2],
    ["install -d -o nobody1 /tmp/x", 1],
  ])("%s ends with %i", async (command, code) => {
    expect((await run(lab, command)).code).toBe(code);
  });

  it("are root's to make", async () => {
    expect(await run(lab, "/usr/sbin/useradd ops", { username: "admin" })).toMatchObject({ code: 1 });
  });

  it("root logs in by the password of root@pam, and by no other", async () => {
    const config = { privateKey: undefined as never };
    expect((await run(lab, "whoami", { ...config, password: lab.rootPassword })).out).toBe("root\n");
    await expect(connect(lab, "pve1", { ...config, password: "no" })).rejects.toThrow(/authentication/i);
    await expect(connect(lab, "pve1", { ...config, username: "admin", password: lab.rootPassword })).rejects.toThrow();
  });
});

describe("sudo", () => {
  const put = async (text: string, { name = "ops", mode = "0440" } = {}) => {
    await run(lab, `rm -f /etc/sudoers.d/${name}; mkdir -p /etc/sudoers.d; tee /etc/sudoers.d/${name}`, {
      stdin: text,
    });
    await run(lab, `chmod ${mode} /etc/sudoers.d/${name}`);
  };
  const sudo = async (command: string) => (await run(lab, `sudo -n -- ${command}`, { username: "ops" })).code;

  beforeAll(async () => {
    await run(lab, "useradd --create-home ops");
    await run(lab, "install -d -o ops /home/ops/.ssh; tee /home/ops/.ssh/authorized_keys", {
      stdin: `${publicKey()}\n`,
    });
  });

  it("lets a user run what a file says, and nothing else", async () => {
    expect(await sudo("/usr/sbin/qm list")).toBe(1);
    await put("ops ALL=(root) NOPASSWD: /usr/sbin/qm, /usr/bin/pvesh get *, \\\n  /usr/sbin/pct list\n");
    expect(await sudo("/usr/sbin/qm list")).toBe(0);
    expect(await sudo("qm list")).toBe(0);
    expect(await sudo("pvesh get /version")).toBe(0);
    expect(await sudo("pct list")).toBe(0);
    for (const other of ["pvesh delete /pools/x", "pct config 103", "whoami", "/tmp/qm list", "sh -c 'qm list'"]) {
      expect(await sudo(other), other).toBe(1);
    }
  });

  it("takes a regular expression for the arguments, as a whole", async () => {
    await put("ops ALL=(root) NOPASSWD: /usr/bin/timeout ^-k 2 [0-9.]+ (/usr/sbin/(qm|pct)|/usr/bin/pvesh)( .*)?$\n");
    expect(await sudo("timeout -k 2 61.5 /usr/sbin/qm list")).toBe(0);
    for (const other of [
      "timeout -k 2 61 qm list",
      "timeout -k 2 61 /usr/bin/whoami",
      "timeout -k 2 61",
      "/usr/sbin/qm list",
    ]) {
      expect(await sudo(other), other).toBe(1);
    }
  });

  it("tells its version", async () => {
    expect((await run(lab, "sudo -V")).out).toMatch(/^Sudo version 1\.9\.\d/);
  });

  it("lets root's file server be used where a rule says so", async () => {
    const open = async () => {
      const client = await connect(lab, "pve1", { username: "ops" });
      try {
        return await new Promise<boolean>((done) =>
          client.exec("sudo -n -- /usr/lib/openssh/sftp-server", (error, channel) => {
            if (error) return done(false);
            channel.on("exit", () => done(false));
            channel.on("data", () => done(true));
            // SSH_FXP_INIT, version 3.
            channel.write(Buffer.from([0, 0, 0, 5, 1, 0, 0, 0, 3]));
          }),
        );
      } finally {
        client.end();
      }
    };
    expect(await open()).toBe(false);
    await put('ops ALL=(root) NOPASSWD: /usr/lib/openssh/sftp-server ""\n');
    expect(await open()).toBe(true);
  });

  it.each([
    ["a name with a dot", { name: "ops.new" }],
    ["a file that others may write", { mode: "0666" }],
  ])("passes over %s", async (_, where) => {
    await run(lab, "rm -f /etc/sudoers.d/ops");
    await put("ops ALL=(root) NOPASSWD: ALL\n", where);
    expect(await sudo("whoami")).toBe(1);
  });

  it.each([
    ["ops ALL=(root) NOPASSWD: /usr/sbin/qm\n", 0],
    ["# a comment\nDefaults:ops !requiretty\nops ALL=(root) NOPASSWD: ALL\n", 0],
    ["ops ALL=(root) NOPASSWD: qm\n", 1],
    ["ops ALL (root) NOPASSWD: ALL\n", 1],
    ["ops ALL=(root) NOPASSWD: ALL", 1],
  ])("visudo judges %j", async (text, code) => {
    await run(lab, "tee /tmp/sudoers", { stdin: text });
    expect((await run(lab, "visudo -cf /tmp/sudoers")).code).toBe(code);
  });
});

describe("a program that fails", () => {
  it("does nothing, or has done it", async () => {
    let off = lab.faults.add({ fault: "program-fails", text: "useradd" });
    expect((await run(lab, "useradd late")).code).toBe(1);
    expect((await run(lab, "getent passwd late")).code).toBe(2);
    off();
    off = lab.faults.add({ fault: "program-fails", text: "useradd late", count: 1 });
    expect((await run(lab, "useradd late")).code).toBe(1);
    expect((await run(lab, "getent passwd late")).code).toBe(0);
    off();
  });

  it("may be the writing of a file", async () => {
    lab.faults.add({ fault: "program-fails", text: "/tmp/b" });
    const { sftp, end } = await openSftp(lab);
    await run(lab, "tee /tmp/a", { stdin: "x" });
    await expect(
      new Promise<void>((done, fail) => sftp.rename("/tmp/a", "/tmp/b", (error) => (error ? fail(error) : done()))),
    ).rejects.toThrow();
    end();
    expect((await run(lab, "test -e /tmp/b")).code).toBe(1);
  });
});
