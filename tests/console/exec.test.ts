import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ConsoleRun } from "../../src/console/consoles.ts";
import {
  CALLER,
  line,
  loginProgram,
  ptyMissing,
  startTerminalNode,
  type TerminalNode,
  type TerminalNodeOptions,
  TICKET,
} from "./support/terminal-node.ts";

const missing = ptyMissing();
if (missing) console.warn(`skipped: ${missing}`);

const SHELLS = (
  [
    ["bash, as root has it", "bash -il"],
    ["dash", "dash -i"],
    ["busybox", "busybox sh -i"],
    ["fish", "fish -i"],
    ["zsh", "zsh -i"],
  ] as const
).filter(([name, shell]) => isThere(shell.split(" ")[0] ?? name));

function isThere(program: string): boolean {
  try {
    execFileSync("which", [program], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Whether a process that was given this word still runs. */
function runs(word: string): boolean {
  return readdirSync("/proc").some((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "latin1").split("\0").includes(word);
    } catch {
      return false;
    }
  });
}

const unique = (): string => String(100_000 + randomBytes(3).readUIntBE(0, 3));

describe.skipIf(missing)("a command behind a real terminal", () => {
  let node: TerminalNode;
  beforeAll(async () => {
    node = await startTerminalNode();
  });
  afterAll(() => node?.close());
  const run = (command: string, more: Partial<ConsoleRun> = {}) => node.consoles().exec(CALLER, line(command, more));

  test("gives its exit code and both streams, and leaves nothing behind", async () => {
    const result = await run("echo out; echo err >&2; exit 7");
    expect(result).toMatchObject({
      code: 7,
      stdout: "out\n",
      stderr: "err\n",
      truncated: { stdout: false, stderr: false },
      timedOut: false,
    });
    expect(readdirSync(node.temporary)).toEqual([]);
    expect(readdirSync(node.home)).toEqual([]);
  });

  test.each(SHELLS)("whatever the login shell is: %s", async (_, shell) => {
    const other = await startTerminalNode({ shell });
    try {
      expect(await other.consoles().exec(CALLER, line("echo a; exit 3"))).toMatchObject({ code: 3, stdout: "a\n" });
      expect(readdirSync(other.home).filter((name) => /hist/.test(name))).toEqual([]);
    } finally {
      await other.close();
    }
  });

  const AWKWARD = [
    "",
    " ",
    "two words",
    "'single' \"double\"",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell would expand it
    "$(id) `id` $HOME ${HOME}",
    "new\nline\n",
    "\r\n",
    "\t\x01\x03\x04\x0f\x11\x13\x15\x16\x17\x1a\x1b[31m\x7f",
    "-n",
    "--",
    "!! !x",
    "grüße € 😀 日本",
    "a\\b\\\\",
    "*?[a]~{1,2}",
    "&|;<>()#",
    "x".repeat(20_000),
    "%s%d\\n",
  ];

  test("each argument arrives as it was given", async () => {
    const argv = ["sh", "-c", 'for one; do printf "%s" "$one" | base64 -w0; echo; done', "sh", ...AWKWARD];
    const family = { operation: "RUN /nodes/{node}/reach-none" } as never as Pick<ConsoleRun, "operation">;
    const { stdout, code } = await node.consoles().exec(CALLER, {
      ...line(""),
      ...family,
      params: { node: "pve1" },
      command: argv,
    });
    expect(code).toBe(0);
    expect(
      stdout
        .split("\n")
        .slice(0, -1)
        .map((text) => Buffer.from(text, "base64").toString()),
    ).toEqual(AWKWARD);
  });

  test.each(AWKWARD.filter((text) => text !== ""))("so does a shell line: %j", async (text) => {
    const { stdout } = await run(`printf %s '${text.replaceAll("'", "'\\''")}'`);
    expect(stdout).toBe(text);
  });

  test("a megabyte comes back byte for byte, on both streams at once", async () => {
    const script = `head -c 1048576 /dev/urandom | tee /dev/stderr | sha256sum | cut -c1-64 >${node.home}/sum`;
    const { stdoutBytes, stderr, code } = await run(`(${script}) 2>&1 >/dev/null; seq 100000 >&2`, {
      maxBytes: 2 ** 21,
      timeoutMs: 60_000,
    });
    expect(code).toBe(0);
    expect(stdoutBytes.length).toBe(1_048_576);
    const sum = readFileSync(join(node.home, "sum"), "utf8").trim();
    expect(createHash("sha256").update(stdoutBytes).digest("hex")).toBe(sum);
    expect(stderr).toBe(Array.from({ length: 100_000 }, (_, at) => `${at + 1}\n`).join(""));
    rmSync(join(node.home, "sum"));
  }, 60_000);

  test("more than is kept is counted as truncated", async () => {
    const { stdout, truncated, code } = await run("printf äöü; echo x >&2", { maxBytes: 3 });
    expect({ stdout, truncated, code }).toEqual({ stdout: "ä", truncated: { stdout: true, stderr: false }, code: 0 });
  });

  test.each([
    ["nothing", "", ""],
    ["text", "größer\nzwei", "größer\nzwei"],
    ["bytes", Buffer.from([0, 1, 2, 255, 13, 10, 3, 4]), Buffer.from([0, 1, 2, 255, 13, 10, 3, 4])],
    ["much", "y".repeat(60_000), "y".repeat(60_000)],
  ])("standard input: %s", async (_, stdin, back) => {
    const { stdoutBytes, code } = await run("cat", { stdin });
    expect(code).toBe(0);
    expect(Buffer.from(stdoutBytes)).toEqual(Buffer.from(back));
  });

  test("has no terminal, and needs not read what it is given", async () => {
    expect(await run("tty; (: </dev/tty) 2>/dev/null || echo none", { stdin: "x".repeat(60_000) })).toMatchObject({
      code: 0,
      stdout: "not a tty\nnone\n",
    });
  });

  test.each([
    ["kill -TERM $$", 143],
    ["kill -KILL $$", 137],
    ["kill -INT $$", 130],
    ["exit 255", 255],
    ["no-such-program", 127],
    ["kill -KILL 0", undefined],
  ])("%s ends with %s, and never with 0", async (command, code) => {
    expect(await run(command)).toMatchObject({ code, timedOut: false });
  });

  test.each([
    ["which ends at once", (word: string) => `echo part; sleep ${word}`],
    ["with what it started", (word: string) => `echo part; sleep ${word} & sleep ${word}`],
    ["that does not want to", (word: string) => `trap "" TERM; echo part; sleep ${word}; sleep ${word}`],
    ["that has ended but for its child", (word: string) => `echo part; sleep ${word} &`],
  ])(
    "the timeout ends a command %s",
    async (_, command) => {
      const word = unique();
      const result = await run(command(word), { timeoutMs: 1000 });
      expect(result).toMatchObject({ code: undefined, stdout: "part\n", timedOut: true });
      await expect.poll(() => runs(word), { timeout: 15_000 }).toBe(false);
    },
    30_000,
  );

  test("what was put aside on purpose lives on", async () => {
    const word = unique();
    expect(await run(`nohup sleep ${word} >/dev/null 2>&1 & echo started`)).toMatchObject({ code: 0 });
    expect(runs(word)).toBe(true);
    execFileSync("pkill", ["-f", `sleep ${word}`]);
  });

  test("a caller who gives up ends the command", async () => {
    const word = unique();
    const giveUp = new AbortController();
    const ended = run(`sleep ${word}; echo >${node.home}/after`, { signal: giveUp.signal });
    await expect.poll(() => runs(word), { timeout: 15_000 }).toBe(true);
    giveUp.abort(new Error("enough"));
    await expect(ended).rejects.toThrow("enough");
    await expect.poll(() => runs(word), { timeout: 15_000 }).toBe(false);
    expect(existsSync(join(node.home, "after"))).toBe(false);
  }, 40_000);

  test("a connection that is lost leaves the outcome open, and ends the command", async () => {
    const word = unique();
    const consoles = node.consoles();
    const ended = consoles.exec(CALLER, line(`echo 0; sleep ${word}`));
    await expect.poll(() => runs(word), { timeout: 15_000 }).toBe(true);
    node.visits.at(-1)!.socket.terminate();
    await expect(ended).rejects.toMatchObject({ code: "console-connection-lost", data: { outcome: "unknown" } });
    expect(consoles.gate.outcomes).toMatchObject([{ outcome: "unknown", detail: "console-connection-lost" }]);
    await expect.poll(() => runs(word), { timeout: 15_000 }).toBe(false);
  }, 40_000);

  test("a connection that is lost while the command is typed ran nothing, and says so", async () => {
    const other = await startTerminalNode({
      onTyped: ({ typed, socket }) => {
        if (typed.length > 5000) socket.terminate();
      },
    });
    try {
      const ended = other.consoles().exec(CALLER, line("echo >after; cat", { stdin: "x".repeat(50_000) }));
      await expect(ended).rejects.toMatchObject({
        code: "console-unsuitable",
        message: expect.stringMatching(/before all of the command was there.*Nothing was run/),
      });
      expect(readdirSync(other.home)).toEqual([]);
    } finally {
      await other.close();
    }
  });

  test("says nothing of ticket or command to anybody but the console", async () => {
    const consoles = node.consoles();
    await consoles.exec(CALLER, line("echo hidden-words"));
    const recorded = JSON.stringify([consoles.gate.outcomes, consoles.requests.outcomes]);
    expect(recorded).not.toContain(TICKET);
    expect(recorded).not.toContain("hidden-words");
    // What is typed holds the command in base64 only, and no line is longer than a terminal takes.
    const { typed } = node.visits.at(-1)!;
    expect(typed).not.toContain("hidden-words");
    expect(Math.max(...typed.split("\r").map(({ length }) => length))).toBeLessThan(1200);
  });
});

describe.skipIf(missing)("the way to a shell", () => {
  const LOGIN = { username: "root", password: "s3cret pass" };
  const folder = mkdtempSync(join(tmpdir(), "console-login-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const on = async <T>(options: TerminalNodeOptions, act: (node: TerminalNode) => Promise<T>): Promise<T> => {
    const node = await startTerminalNode(options);
    try {
      return await act(node);
    } finally {
      await node.close();
    }
  };

  test("a login is told apart from a shell, and nothing is typed there", async () => {
    await on({ shell: loginProgram(folder) }, async (node) => {
      const consoles = node.consoles();
      await expect(consoles.exec(CALLER, line("id"))).rejects.toMatchObject({
        code: "console-login",
        next: expect.stringContaining("PROXMOX_SHELL_CONSOLE_PASSWORD"),
      });
      expect(node.visits[0]!.typed).toBe("");
      expect(consoles.gate.outcomes).toMatchObject([{ outcome: "error", detail: "console-login" }]);
    });
  });

  test("with a login it goes on to the shell behind", async () => {
    await on({ shell: loginProgram(folder) }, async (node) => {
      expect(await node.consoles({ login: LOGIN }).exec(CALLER, line("echo in"))).toMatchObject({
        code: 0,
        stdout: "in\n",
      });
    });
  });

  test("a login that is not taken is said, and tried once", async () => {
    await on({ shell: loginProgram(folder) }, async (node) => {
      const login = { ...LOGIN, password: "wr0ng-w0rd" };
      const failed = node.consoles({ login }).exec(CALLER, line("id"));
      await expect(failed).rejects.toMatchObject({ code: "console-login", data: { user: "root" } });
      await expect(failed).rejects.not.toThrow(/wr0ng/);
      expect(node.visits[0]!.typed.split("wr0ng").length).toBe(2);
    });
  }, 30_000);

  test("a user other than root becomes root by sudo, or is told that sudo refuses", async () => {
    const shell = loginProgram(folder, { user: "ops", shell: "bash -i" });
    const fake = (text: string) =>
      execFileSync("sh", ["-c", `printf '%s\\n' "$1" > ${folder}/sudo; chmod +x ${folder}/sudo`, "sh", text]);
    const login = { ...LOGIN, username: "ops" };
    fake('#!/bin/sh\nshift 2\nAS=root exec "$@"');
    await on({ shell: `env PATH=${folder}:/usr/bin:/bin ${shell}` }, async (node) => {
      expect(await node.consoles({ login }).exec(CALLER, line("echo $AS"))).toMatchObject({ stdout: "root\n" });
    });
    fake("#!/bin/sh\necho 'sudo: a password is required' >&2\nexit 1");
    await on({ shell: `env PATH=${folder}:/usr/bin:/bin ${shell}` }, async (node) => {
      await expect(node.consoles({ login }).exec(CALLER, line("id"))).rejects.toMatchObject({ code: "sudo-refused" });
    });
  }, 60_000);

  test.each<[string, TerminalNodeOptions, object]>([
    ["a version whose terminals know no tokens", { version: "9.0.11" }, { code: "console-refused" }],
    ["a ticket that is not taken", { refuse: 401 }, { code: "authentication-failed" }],
    [
      "a console that ends at once",
      { shell: "echo lxc-attach: 103: not running" },
      {
        code: "console-unsuitable",
        message: expect.stringContaining("not running"),
      },
    ],
    [
      "a container whose tools are missing",
      { shell: "env PATH=/nowhere /bin/bash -i" },
      { code: "console-unsuitable" },
    ],
  ])("%s", async (_, options, error) => {
    await on(options, async (node) => {
      await expect(node.consoles().exec(CALLER, line("id"))).rejects.toMatchObject(error);
    });
  });

  test("another certificate gets neither token nor ticket", async () => {
    await on({}, async (node) => {
      const consoles = node.consoles({ fingerprint: node.fingerprint.replaceAll(/[0-9A-F]{2}/g, "00") });
      await expect(consoles.exec(CALLER, line("id"))).rejects.toMatchObject({ code: "tls-mismatch" });
      expect(node.requests).toEqual([]);
    });
  });

  test.each([
    ["too long a command", { command: `: ${"x".repeat(100_000)}` }],
    ["too much input", { command: "cat", stdin: "x".repeat(70_000) }],
  ])("%s is refused before anything is sent", async (_, { command, ...more }) => {
    await on({}, async (node) => {
      await expect(node.consoles().exec(CALLER, line(command, more))).rejects.toMatchObject({
        code: "invalid-argument",
      });
      expect(node.requests).toEqual([]);
    });
  });

  const container = (command: string) => ({
    ...line(command),
    operation: "RUN /nodes/{node}/lxc/{vmid}/shell" as const,
    params: { node: "pve1", vmid: 103, command },
    command: ["pct", "exec", "103", "--", "/bin/sh", "-c", command],
  });

  test("a container whose console is a shell is reached by that", async () => {
    await on({ cmode: "shell" }, async (node) => {
      expect(await node.consoles({ login: LOGIN }).exec(CALLER, container("echo in"))).toMatchObject({
        stdout: "in\n",
      });
      expect(node.requests.map(({ url }) => url.split("?")[0])).toContain("/api2/json/nodes/pve1/lxc/103/vncwebsocket");
    });
  });

  test("any other by pct on its node, where there is a login, and else not at all", async () => {
    await on({ shell: loginProgram(folder) }, async (node) => {
      const ended = node.consoles({ login: LOGIN }).exec(CALLER, container("echo in"));
      expect(await ended).toMatchObject({ code: 127, stderr: expect.stringContaining("pct") });
      expect(node.requests.map(({ url }) => url.split("?")[0])).toContain("/api2/json/nodes/pve1/vncwebsocket");
      await expect(node.consoles().exec(CALLER, container("id"))).rejects.toMatchObject({ code: "console-no-shell" });
    });
  });
});
