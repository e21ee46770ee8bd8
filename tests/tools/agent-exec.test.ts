import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { insideOf } from "../../src/lab/guests/agent-inside.ts";
import type { Lab } from "../../src/lab/index.ts";
import { argvFor } from "../../src/tools/agent/guest-command.ts";
import { bytesOf, clip, textOf, wholeCharacters } from "../../src/tools/agent/guest-text.ts";
import { freeEscape } from "../support/free-escape.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { writesOf } from "./rows.ts";

const free = freeEscape();

let session: Session & { lab: Lab };
let lab: Lab;
const guest = (vmid: number) => lab.state.guests.get(vmid)!;

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 40, agentMs: 1 }, free.env);
  lab = session.lab;
});
afterEach(() => lab.faults.clear());
afterAll(async () => {
  await session?.close();
  free.remove();
});

const exec = (args: Record<string, unknown>) => session.call("proxmox_vm_guest_exec", { vmid: 100, ...args });
const sent = () => lab.requests.findLast(({ path }) => path.endsWith("/agent/exec"))!;

/** What a tool that runs a line in VM 100 is called with. */
const ways: [string, (line: string, more?: object) => ReturnType<Session["call"]>][] = [
  ["proxmox_vm_guest_exec", (shell, more) => exec({ shell, ...more })],
  [
    "proxmox_shell_run",
    (command, more) => session.call("proxmox_shell_run", { targetKind: "vm", target: "web01", command, ...more }),
  ],
];

describe.each(ways)("%s", (_, line) => {
  test("answers with what was written, as text", async () => {
    const { data, error, text } = await line("echo grüße €; echo oops >&2");
    expect(error).toBeUndefined();
    expect(data).toMatchObject({
      vmid: 100,
      exitcode: 0,
      stdout: "grüße €\n",
      stderr: "oops\n",
      pid: expect.any(Number),
    });
    expect(data).not.toHaveProperty("truncated");
    expect(JSON.parse(text)).toEqual(data);
  });

  test("calls any exit code but 0 a failure that carries everything", async () => {
    const { error, text } = await line("echo out; echo err >&2; exit 3");
    expect(error).toMatchObject({
      code: "command-failed",
      message: expect.stringContaining("exit code 3"),
      data: { exitcode: 3, stdout: "out\n", stderr: "err\n" },
    });
    expect(text).toContain("exit code 3");
  });

  test("tells a signal", async () => {
    const { error } = await line("kill -9 $$");
    expect(error).toMatchObject({
      code: "command-failed",
      message: "Signal 9 ended the command.",
      data: { signal: 9 },
    });
  });

  test("passes standard input and variables without reading them", async () => {
    const { data } = await line("cat; printenv A", { stdin: "Zeile €\n", env: { A: "$(reboot) 'x' \"y\"" } });
    expect(data.stdout).toBe("Zeile €\n$(reboot) 'x' \"y\"\n");
  });

  test("ends a command when its time is up", async () => {
    const { error } = await line("echo begun; sleep 2", { timeoutSeconds: 1 });
    expect(error).toMatchObject({ code: "command-timeout", data: { exitcode: 124, stdout: "begun\n" } });
  });

  test.each([
    [{ signal: 15 }, "command-timeout"],
    [{ signal: 9 }, "command-timeout"],
    [{ exitcode: 143 }, "command-timeout"],
    [{ exitcode: 2 }, "command-failed"],
  ])("knows the ends of a command whose time is up: %j", async (end, code) => {
    lab.faults.add({ match: { path: /exec-status$/ }, delayMs: 1000, data: { exited: 1, ...end } });
    expect((await line("sleep 9", { timeoutSeconds: 1 })).error).toMatchObject({ code, data: end });
  });

  test("says what it leaves out", async () => {
    const { data, text } = await line("seq 20000");
    expect(data.stdout).toMatch(/^1\n2\n.*characters left out\] …\n.*20000\n$/s);
    expect(data.truncated).toEqual([expect.stringMatching(/^stdout: \d+ of 108894 characters, in its middle$/)]);
    expect(text.length).toBeLessThan(20_000);
    guest(100).traits.agentKeeps = 6;
    const cut = await line("echo grüße");
    delete guest(100).traits.agentKeeps;
    expect(cut.data).toMatchObject({
      stdout: "grüß",
      truncated: ["stdout: the guest agent kept the first 6 bytes only"],
    });
  });

  test("gives as base64 what is no text", async () => {
    insideOf(lab.state, guest(100)).files.plant("/tmp/bytes", Buffer.from([0x61, 0xff, 0x00]));
    const { data } = await line("cat /tmp/bytes");
    expect(data).toMatchObject({ stdoutBase64: Buffer.from([0x61, 0xff, 0x00]).toString("base64") });
    expect(data).not.toHaveProperty("stdout");
  });

  test("plans without running anything", async () => {
    const before = writesOf(lab).length;
    const { data } = await line("rm /etc/motd", { dryRun: true });
    expect(writesOf(lab)).toHaveLength(before);
    expect(data.plan).toMatchObject({
      class: "escape",
      allowed: true,
      requests: [{ operation: "POST /nodes/{node}/qemu/{vmid}/agent/exec" }],
    });
    expect(data).not.toHaveProperty("pid");
    expect(insideOf(lab.state, guest(100)).files.find("/etc/motd")).toBeDefined();
  });

  test("says that a lost answer lost the output", async () => {
    lab.faults.add({ fault: "agent-exec-lost", times: 1 });
    const { error } = await line("echo gone");
    expect(error).toMatchObject({
      code: "output-lost",
      next: expect.stringMatching(/once.*run it again only if that does no harm/),
      data: { pid: expect.any(Number) },
    });
  });

  test("does not guess whether a command was started whose answer is lost", async () => {
    lab.faults.add({ match: { path: /\/agent\/exec$/ }, cutBeforeAnswer: true });
    const { error } = await line("touch /tmp/once");
    expect(error).toMatchObject({
      code: "outcome-unknown",
      message: expect.stringMatching(/may have been started, and what it writes is lost/),
    });
    expect(sent().path).toMatch(/agent\/exec$/);
  });

  test("looks again while the agent is away for a moment", async () => {
    lab.faults.add({
      match: { path: /\/agent\/exec-status$/ },
      status: 500,
      reason: "QEMU guest agent is not running",
      times: 2,
    });
    expect((await line("echo there")).data).toMatchObject({ exitcode: 0, stdout: "there\n" });
  });
});

describe("proxmox_vm_guest_exec", () => {
  test("passes arguments as they are", async () => {
    const { data } = await exec({ command: ["echo", "a b", "$HOME", "*", "'"] });
    expect(data.stdout).toBe("a b $HOME * '\n");
  });

  test.each([
    [{}, /command is missing/],
    [{ command: ["id"], shell: "id" }, /both given/],
    [{ shell: "id", env: { "A-B": "x" } }, /env\.A-B is no name/],
    [{ command: ["a=b"], env: { A: "x" } }, /names a program with =/],
    [{ shell: "id\0" }, /NUL/],
    [{ shell: "cat", stdin: "é".repeat(32_769) }, /stdin has 65538 bytes/],
  ])("refuses %# before anything is sent", async (args, says) => {
    const before = writesOf(lab).length;
    const { error } = await exec(args);
    expect(error).toMatchObject({ code: "invalid-argument", message: expect.stringMatching(says) });
    expect(writesOf(lab)).toHaveLength(before);
  });

  test.each([
    [{ command: [] }, "command"],
    [{ shell: "id", timeoutSeconds: 0 }, "timeoutSeconds"],
    [{ shell: "id", timeout: 3 }, "timeout"],
    [{ shell: "id", env: { A: 1 } }, "env.A"],
  ])("refuses %j by its schema", async (args, name) => {
    const { error } = await exec(args);
    expect(error).toMatchObject({ code: "invalid-arguments" });
    expect(Object.keys(error?.data?.errors as object)).toEqual([name]);
  });

  test.each([
    ["no-agent", "agent-unavailable", "not-configured"],
    ["build01", "agent-unavailable", "vm-stopped"],
    ["agent-dead", "agent-unavailable", "not-answering"],
    ["twin", "ambiguous-guest", undefined],
    ["dns01", "wrong-guest-kind", undefined],
  ])("of %s: %s", async (vmid, code, cause) => {
    const { error } = await exec({ vmid, shell: "id" });
    expect(error?.code).toBe(code);
    if (cause) expect(error?.data).toMatchObject({ cause });
  });

  test("tells that the agent refuses to run commands", async () => {
    guest(100).traits.agentRefuses = ["guest-exec"];
    const { error } = await exec({ shell: "id" });
    delete guest(100).traits.agentRefuses;
    expect(error).toMatchObject({ code: "agent-refused", next: expect.stringContaining("block-rpcs") });
  });

  test("takes the configuration's word for the system when the agent does not tell", async () => {
    guest(100).traits.agentRefuses = ["guest-get-osinfo"];
    const { data } = await exec({ shell: "echo yes" });
    delete guest(100).traits.agentRefuses;
    expect(data.stdout).toBe("yes\n");
  });

  test("says what a guest lacks that cannot end commands", async () => {
    const reason = "Agent error: Guest agent command failed, error was 'Failed to execute child process “timeout”'";
    lab.faults.add({ match: { path: /\/agent\/exec$/ }, status: 500, reason: reason.replace(/[“”]/g, "") });
    const { error } = await exec({ shell: "id" });
    expect(error).toMatchObject({ code: "guest-program-failed", next: expect.stringMatching(/coreutils or busybox/) });
  });

  test("says that there is no such program", async () => {
    const { error } = await exec({ command: ["frobnicate"] });
    expect(error).toMatchObject({ code: "command-failed", next: expect.stringContaining("no such program") });
  });

  test("keeps the command out of the record, and puts it before a person", async () => {
    await exec({ shell: "echo s3cret-in-command", stdin: "s3cret-in-stdin", env: { S: "s3cret-in-env" } });
    const lines = (await session.record()).filter(({ tool }) => tool === "proxmox_vm_guest_exec");
    expect(lines.some(({ operation }) => String(operation).endsWith("/agent/exec"))).toBe(true);
    expect(JSON.stringify(lines)).not.toContain("s3cret");
  });

  test("is put to a person, who sees the command, and is carried out once as planned", async () => {
    const careful = await openLabSession({ taskMs: 40 }, { PROXMOX_MCP_ACCESS: "escape" });
    const script = await careful.call("proxmox_vm_guest_exec", { vmid: 100, command: ["sh"], stdin: "reboot\n" });
    expect(script.error!.data!.plan).toMatchObject({ warnings: ['Its standard input is "reboot\\n".'] });
    const args = { vmid: 100, shell: "echo done > /tmp/mark" };
    const { error } = await careful.call("proxmox_vm_guest_exec", args);
    expect(error).toMatchObject({ code: "confirmation-required", data: { plan: { confirm: "web01" } } });
    expect(JSON.stringify(error!.data!.plan)).toContain("echo done > /tmp/mark");
    expect(writesOf(careful.lab)).toEqual([]);
    const { planId } = error!.data!.plan as { planId: string };
    const consent = { planId, confirm: "web01" };
    expect((await careful.call("proxmox_vm_guest_exec", { ...args, shell: "reboot", ...consent })).error?.code).toBe(
      "plan-refused",
    );
    const done = await careful.call("proxmox_vm_guest_exec", { ...args, ...consent });
    expect(done.data).toMatchObject({ exitcode: 0 });
    expect((await careful.call("proxmox_vm_guest_exec", { ...args, ...consent })).error?.code).toBe("plan-refused");
    await careful.close();
    const questions: string[] = [];
    const asked = await openLabSession({ taskMs: 40 }, { PROXMOX_MCP_ACCESS: "escape" }, "2026-07-28", {
      elicit: (question) => {
        questions.push(question);
        return { action: "accept", content: { name: "web01" } };
      },
    });
    expect((await asked.call("proxmox_vm_guest_exec", args)).data).toMatchObject({ exitcode: 0 });
    expect(questions).toEqual([expect.stringContaining("echo done > /tmp/mark")]);
    await asked.close();
  });

  test("is refused by a server that does not let commands through", async () => {
    const plain = await openLabSession({}, {});
    const { error } = await plain.call("proxmox_vm_guest_exec", { vmid: 100, shell: "id" });
    expect(error).toMatchObject({ code: "access-ceiling" });
    expect(writesOf(plain.lab)).toEqual([]);
    await plain.close();
  });

  describe("in a Windows guest", () => {
    beforeAll(() => {
      Object.assign(guest(102), { running: true, agent: "running" });
      Object.assign(guest(102).config, { ostype: "win11" });
    });
    const shell = (line: string, more = {}) => exec({ vmid: 102, shell: line, ...more });

    test("runs PowerShell", async () => {
      const { data } = await shell("Write-Output 'grüße'\nWrite-Output $env:A", { env: { A: "it's; $x" } });
      expect(data).toMatchObject({ exitcode: 0, stdout: "grüße\r\nit's; $x\r\n" });
      expect(data.warnings).toEqual([expect.stringContaining("runs on")]);
      expect(sent().params?.command).toContain("-EncodedCommand");
    });

    test.each([
      ["cmd /c exit 7", 7],
      ["Get-Nothing", 1],
      ["exit 4", 4],
    ])("passes the exit code of %s on", async (line, exitcode) => {
      expect((await shell(line)).error).toMatchObject({ code: "command-failed", data: { exitcode } });
    });

    test("runs a program as it is, and takes no variables for it", async () => {
      expect((await exec({ vmid: 102, command: ["hostname"] })).data).toMatchObject({ stdout: "build01\r\n" });
      expect((await exec({ vmid: 102, command: ["nothing"] })).error?.code).toBe("guest-program-failed");
      expect((await exec({ vmid: 102, command: ["x"], env: { A: "1" } })).error?.message).toMatch(/env needs shell/);
      expect((await shell("x".repeat(12_000))).error?.message).toMatch(/too long/);
    });
  });
});

describe("a command line", () => {
  test("for sh stands in one argument, behind the time limit and the variables", () => {
    expect(argvFor({ line: "a; b", env: { A: "1 2" }, timeoutSeconds: 9 }, "unix")).toEqual({
      argv: ["timeout", "-k", "5", "9", "env", "A=1 2", "/bin/sh", "-c", "a; b"],
      warnings: [],
    });
  });
});

describe("the text of bytes", () => {
  test.each<[string, string | undefined]>([
    ["cafÃ©", "café"],
    ["plain", "plain"],
    ["\u00ff\u00fe", undefined],
    ["schon €", "schon €"],
    ["", ""],
    ["\u00ef\u00bb\u00bfx", "\ufeffx"],
  ])("%j", (given, text) => expect(textOf(bytesOf(given))).toBe(text));

  test.each([
    ["grüße", 4, "grü"],
    ["grüße", 3, "gr"],
    ["a€", 3, "a"],
    ["a€", 2, "a"],
    ["a€", 4, "a€"],
    ["😀", 3, ""],
    ["abc", 2, "ab"],
  ])("%s cut at %i", (text, at, whole) =>
    expect(Buffer.from(wholeCharacters(Buffer.from(text).subarray(0, at))).toString()).toBe(whole),
  );

  test("clips without halving a character", () => {
    for (let most = 8; most < 14; most++) expect(clip("😀".repeat(20), most).text).not.toMatch(/\p{Surrogate}/u);
    expect(clip("short", 9)).toEqual({ text: "short", leftOut: 0 });
  });
});
