import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CLI_OPERATION } from "../../src/schema/operation.ts";
import { quoteArgv } from "../../src/ssh/index.ts";
import { CALLER, hostsOn, type Opened, shell } from "./support/hosts.ts";
import { isAlive, putCommand, recordArgv, type SshTarget, sshdMissing, startSshd } from "./support/sshd.ts";

const missing = sshdMissing();
if (missing) console.warn(`skipped: ${missing}`);

describe.skipIf(missing)("commands on a host", () => {
  let target: SshTarget;
  let hosts: Opened;
  const run = (command: string, more: Partial<Parameters<Opened["exec"]>[1]> = {}) =>
    hosts.exec(CALLER, { ...shell(command), ...more });

  beforeAll(async () => {
    target = await startSshd();
    hosts = hostsOn(target);
  });
  afterAll(async () => {
    await hosts?.close();
    await target?.close();
  });

  test.each([0, 1, 2, 25, 124, 137, 255])("exit code %i is told as it is", async (code) => {
    const result = await run(`echo out; echo err >&2; exit ${code}`);
    expect(result).toMatchObject({ code, stdout: "out\n", stderr: "err\n", timedOut: false });
    expect(result.signal).toBeUndefined();
  });

  test("a command that ends by a signal has no exit code of 0", async () => {
    const result = await run("kill -KILL $$");
    expect(result.code === 0).toBe(false);
    expect(result.signal ?? result.code).toSatisfy((how) => how === "KILL" || how === 137);
  });

  test("standard input arrives as it is, and its end does too", async () => {
    const result = await run("cat", { stdin: "a\nü€😀\n'$(x)'" });
    expect(result.stdout).toBe("a\nü€😀\n'$(x)'");
    const bytes = Buffer.from([0, 255, 10, 13, 128]);
    expect(Buffer.from((await run("cat", { stdin: bytes })).stdoutBytes)).toEqual(bytes);
    expect((await run("cat")).stdout).toBe("");
  });

  test("input that nobody reads is no failure", async () => {
    expect((await run("exit 3", { stdin: Buffer.alloc(4_000_000) })).code).toBe(3);
  });

  test("a character that comes in two packets is one character", async () => {
    const result = await run(
      "printf '\\342\\202'; sleep 0.3; printf '\\254|\\360\\237'; sleep 0.3; printf '\\230\\200'",
    );
    expect(result.stdout).toBe("€|😀");
  });

  test("10 MB of output arrive whole", async () => {
    const result = await run("head -c 10000000 /dev/zero | tr '\\0' x", { maxBytes: 20_000_000 });
    expect(result.stdoutBytes.length).toBe(10_000_000);
    expect(result.truncated).toEqual({ stdout: false, stderr: false });
    expect(/^x+$/.test(result.stdout)).toBe(true);
  });

  test("output beyond the limit is dropped and said to be, and the command ends as it would", async () => {
    const result = await run("head -c 3000000 /dev/zero | tr '\\0' x; exit 4", { maxBytes: 1000 });
    expect(result.stdout).toBe("x".repeat(1000));
    expect(result).toMatchObject({ code: 4, truncated: { stdout: true, stderr: false } });
    // The limit cuts the second € in two.
    expect((await run("printf '€€€'", { maxBytes: 5 })).stdout).toBe("€");
  });

  test("its environment has sbin in the path, and speaks plain English", async () => {
    const { stdout } = await run('echo "$LC_ALL $PATH"');
    expect(stdout).toMatch(/^C\.UTF-8 .*:\/usr\/sbin:/);
  });

  describe("a timeout", () => {
    test.each([
      ["", "a plain command"],
      ["trap '' TERM; ", "one that does not listen"],
    ])("%s ends the command, its children too (%s)", async (before) => {
      const pids = join(target.folder, `pids${before.length}`);
      const command = `${before}sh -c 'echo $$ >> ${pids}; sleep 300' & sleep 300 & echo $! $$ >> ${pids}; echo begun; wait; wait; sleep 300`;
      const result = await run(command, { timeoutMs: 1500 });
      expect(result).toMatchObject({ timedOut: true, stdout: "begun\n", code: undefined });
      const all = readFileSync(pids, "utf8").split(/\s+/).filter(Boolean).map(Number);
      expect(all.length).toBe(3);
      await expect.poll(() => all.filter(isAlive)).toEqual([]);
      expect(hosts.gate.left.at(-1)).toMatchObject({ outcome: "unknown", detail: "timeout" });
    });

    test("is kept by the host itself when the connection is gone", async () => {
      const own = hostsOn(target);
      const pid = join(target.folder, "orphan");
      const running = own.exec(CALLER, { ...shell(`echo $$ > ${pid}; sleep 300`), timeoutMs: 3000 });
      const failed = expect(running).rejects.toMatchObject({ code: "host-connection-lost" });
      await expect.poll(() => readFileSync(pid, { encoding: "utf8", flag: "a+" })).toMatch(/\d/);
      target.drop();
      await failed;
      await expect.poll(() => isAlive(Number(readFileSync(pid, "utf8")))).toBe(false);
      await own.close();
    });
  });

  test("a call that is given up ends the command", async () => {
    const pid = join(target.folder, "given-up");
    const controller = new AbortController();
    const running = run(`echo $$ > ${pid}; sleep 300`, { signal: controller.signal });
    const failed = expect(running).rejects.toThrow("enough");
    await expect.poll(() => readFileSync(pid, { encoding: "utf8", flag: "a+" })).toMatch(/\d/);
    controller.abort(new Error("enough"));
    await failed;
    await expect.poll(() => isAlive(Number(readFileSync(pid, "utf8")))).toBe(false);
    expect(hosts.gate.left.at(-1)).toMatchObject({ outcome: "unknown", detail: "aborted" });
  });

  test("many at once share one connection, and each gets its own answer", async () => {
    const before = (await run("echo $SSH_CONNECTION")).stdout;
    const all = await Promise.all(Array.from({ length: 25 }, (_, n) => run(`echo ${n} $SSH_CONNECTION; exit ${n}`)));
    expect(all.map(({ code }) => code)).toEqual(Array.from({ length: 25 }, (_, n) => n));
    expect(all.map(({ stdout }) => stdout)).toEqual(Array.from({ length: 25 }, (_, n) => `${n} ${before}`));
  });

  describe("arguments", () => {
    const AWKWARD = [
      "",
      " ",
      "two words",
      "a'b",
      "''",
      '"',
      "$(id)",
      "`id`",
      `$\{HOME}`,
      "$HOME",
      "a\nb",
      "\n",
      "line\r\n",
      "-x",
      "--",
      "--delete=x",
      "ü€😀",
      "\\",
      "\\n",
      "a\\",
      "*",
      "?",
      "[a]",
      "~",
      "#x",
      "!x",
      "a;b",
      "a&b",
      "a|b",
      "<x>",
      "a=b",
      "\t",
      "{a,b}",
      "(",
      "%s",
      "\u00a0",
      "\u202e",
      "x".repeat(20_000),
    ];

    test.each(["qm", "pct", "pvesh", "pveum"])("each awkward one arrives at %s as it was sent", async (family) => {
      const stub = recordArgv(target, family);
      const params = { node: "pve1", family, argv: AWKWARD };
      const call = { node: "pve1", operation: CLI_OPERATION, params, timeoutMs: 60_000 };
      await hosts.exec(CALLER, { ...call, command: quoteArgv([family, ...AWKWARD]) });
      expect(stub.argv()).toEqual(AWKWARD);
      await hosts.exec(CALLER, { ...call, command: [family, ...AWKWARD], stdin: "in" });
      expect(stub.argv()).toEqual(AWKWARD);
      expect(stub.stdin()).toBe("in");
    });

    test.each(["a\0b", "\ud800"])("%j is refused, as no argument can hold it", (argument) => {
      expect(() => quoteArgv(["qm", argument])).toThrow(/Nothing was sent/);
    });
  });

  describe("as root by sudo", () => {
    test("runs the command in root's way, each argument as it was", async () => {
      putCommand(target, "sudo", '[ "$1 $2" = "-n --" ] || exit 9; shift 2; SUDO=1 exec "$@"');
      expect(await run('echo "$SUDO $LC_ALL $PATH"', { sudo: true })).toMatchObject({
        stdout: expect.stringMatching(/^1 C\.UTF-8 .*:\/usr\/sbin:/),
      });
    });

    test.each([
      ["sudo: a password is required", 1],
      ["sudo: a terminal is required to read the password", 1],
      ["mcp is not in the sudoers file.", 1],
      ["env: 'sudo': No such file or directory", 127],
    ])("%s: says what to do", async (said, code) => {
      putCommand(target, "sudo", `echo "${said}" >&2; exit ${code}`);
      await expect(run("id", { sudo: true })).rejects.toMatchObject({
        code: "sudo-refused",
        next: expect.stringContaining("NOPASSWD"),
      });
    });
  });
});
