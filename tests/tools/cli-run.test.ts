import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { argvOf, guestNumbers, hiddenFailure, readOutput, terminalCommand } from "../../src/tools/hosts/cli-outcome.ts";
import { freeEscape } from "../support/free-escape.ts";
import { openLabSession, type Session } from "../support/session.ts";

const free = freeEscape();
let session: Session & { lab: Lab };
let lab: Lab;

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 20, ssh: true }, free.env);
  lab = session.lab;
});
afterAll(async () => {
  await session?.close();
  free.remove();
});
beforeEach(() => {
  lab.faults.clear();
  lab.ssh!.commands.length = 0;
});

/** A call, with the facts of its answer where a failure has them too. */
async function cli(args: Record<string, unknown>) {
  const outcome = await session.call("proxmox_cli_run", args);
  return { ...outcome, data: outcome.error?.data ?? outcome.data };
}

describe("proxmox_cli_run", () => {
  test("parses what pvesh answers, and says what was run", async () => {
    const { data, error } = await cli({ family: "pvesh", node: "pve1", args: ["get", "/version"] });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({
      node: "pve1",
      way: "ssh",
      exitcode: 0,
      argv: ["pvesh", "get", "/version", "--output-format", "json"],
      data: { release: expect.any(String) },
    });
    expect(data).not.toHaveProperty("stdout");
    expect(data).not.toHaveProperty("job");
  });

  test("keeps a worker's log apart from the task, and says how the task really ended", async () => {
    const { data, error } = await cli({
      family: "pvesh",
      node: "pve1",
      args: ["create", "/nodes/pve1/qemu/100/status/reboot"],
    });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({
      exitcode: 0,
      data: expect.stringMatching(/^UPID:pve1:/),
      job: { type: "qmreboot", state: "ok" },
    });
  });

  test("finds the failed task behind exit code 0", async () => {
    lab.faults.add({ fault: "task-ends", text: "unable to reboot" });
    const { data, error } = await cli({
      family: "pvesh",
      node: "pve1",
      args: ["create", "/nodes/pve1/qemu/100/status/reboot"],
    });
    expect(error).toMatchObject({ code: "task-failed" });
    expect(error!.message).toContain("unable to reboot");
    expect(data).toMatchObject({ exitcode: 0, job: { state: "failed", exitstatus: "unable to reboot" } });
  });

  test("finds it through another node's pvesh, too", async () => {
    lab.faults.add({ fault: "task-ends", text: "unable to reboot" });
    const args = ["create", "/nodes/pve1/qemu/100/status/reboot"];
    const { error } = await cli({ family: "pvesh", node: "pve2", args });
    expect(error).toMatchObject({ code: "task-failed" });
  });

  test("finds the failure that qm resize tells on stderr only", async () => {
    lab.faults.add({ fault: "task-ends", text: "no space left" });
    const { data, error } = await cli({ family: "qm", args: ["disk", "resize", "100", "scsi0", "+1G"] });
    expect(data).toMatchObject({ exitcode: 0, stderr: expect.stringContaining("no space left") });
    expect(error).toMatchObject({ code: "task-failed" });
  });

  test("goes to the node that has the guest, and refuses another one", async () => {
    const other = [...lab.state.guests.values()].find((one) => one.type === "qemu" && one.node === "pve2")!;
    const { data } = await cli({ family: "qm", args: ["status", String(other.vmid)] });
    expect(data).toMatchObject({ node: "pve2", exitcode: 0, stdout: expect.stringContaining("status: ") });
    lab.ssh!.commands.length = 0;
    const { error } = await cli({ family: "qm", node: "pve1", args: ["status", String(other.vmid)] });
    expect(error).toMatchObject({ code: "invalid-argument" });
    expect(error!.message).toContain("pve2");
    expect((await cli({ family: "pvesh", args: ["get", "/version"] })).error).toMatchObject({
      code: "invalid-argument",
      message: expect.stringContaining("node"),
    });
    expect(lab.ssh!.commands).toEqual([]);
  });

  test("passes each argument on as it is", async () => {
    const name = 'it\'s; $(id) `id` "x"\n* ü';
    const { error } = await cli({ family: "qm", args: ["set", "100", "--description", name] });
    expect(error).toBeUndefined();
    expect(lab.state.guests.get(100)!.config.description).toBe(name);
  });

  test("a dry run shows the exact arguments and runs nothing", async () => {
    const { data } = await cli({ family: "qm", args: ["reboot", "100"], dryRun: true });
    expect(data).toMatchObject({
      argv: ["qm", "reboot", "100"],
      plan: {
        class: "escape",
        requests: [{ operation: "RUN /nodes/{node}/cli/{family}", params: { family: "qm", argv: ["reboot", "100"] } }],
      },
    });
    expect(lab.ssh!.commands).toEqual([]);
  });

  test.each([
    ["qm", ["terminal", "100"]],
    ["qm", ["mon", "100"]],
    ["pct", ["enter", "103"]],
    ["pct", ["cons", "103"]],
  ])("refuses %s %j, which needs a terminal", async (family, args) => {
    expect((await cli({ family, args })).error).toMatchObject({ code: "invalid-argument" });
    expect(lab.ssh!.commands).toEqual([]);
  });

  test("an exit code, a signal and a lost connection are failures that keep what was seen", async () => {
    const failed = await cli({ family: "qm", node: "pve1", args: ["status", "99999"] });
    expect(failed.error).toMatchObject({ code: "command-failed" });
    expect(failed.data).toMatchObject({ stderr: expect.stringContaining("does not exist") });
    expect(failed.data.exitcode).toBeGreaterThan(0);

    lab.faults.add({ fault: "command-killed" });
    const killed = await cli({ family: "qm", args: ["status", "100"] });
    expect(killed.error).toMatchObject({ code: "command-failed", message: expect.stringContaining("KILL") });
    expect(killed.data).toMatchObject({ signal: 9 });
    expect(killed.data).not.toHaveProperty("exitcode");

    lab.faults.clear();
    lab.faults.add({ fault: "ssh-dropped" });
    const lost = await cli({ family: "qm", args: ["status", "100"] });
    expect(lost.error).toMatchObject({ code: "host-connection-lost" });
    expect(lost.data).toMatchObject({ node: "pve1", argv: ["qm", "status", "100"] });
  });

  test("keeps a long answer within bounds, and the whole aside", async () => {
    const { data, links } = await cli({ family: "pvesh", node: "pve1", args: ["get", "/cluster/resources"] });
    expect(data.truncated).toEqual([expect.stringMatching(/^data: the first \d+ of \d+ rows/)]);
    expect(JSON.stringify(data).length).toBeLessThan(20_000);
    expect(links).toHaveLength(1);
  });

  test("says what a guest's command ended with, which qm does not", async () => {
    const { data, error } = await cli({
      family: "qm",
      args: ["guest", "exec", "100", "--", "/bin/sh", "-c", "exit 3"],
    });
    expect(error).toMatchObject({ code: "command-failed", message: expect.stringContaining("code 3") });
    expect(data).toMatchObject({ exitcode: 0, data: { exitcode: 3 } });
  });

  test("hands standard input on", async () => {
    const { data } = await cli({ family: "pct", args: ["exec", "103", "--", "cat"], stdin: "é\n" });
    expect(data).toMatchObject({ exitcode: 0, stdout: "é\n" });
  });
});

test("is confirmed by the node's name, and with other input it is another plan", async () => {
  const asking = await openLabSession({ seed: "small", taskMs: 20, ssh: true });
  try {
    const call = { family: "pvesh", args: ["get", "/version"], stdin: "one" };
    const { error } = await asking.call("proxmox_cli_run", call);
    expect(error).toMatchObject({ code: "confirmation-required" });
    const { planId, confirm, warnings } = (error!.data as { plan: Record<string, string> }).plan;
    expect(warnings).toEqual(['Its standard input is "one".']);
    const other = await asking.call("proxmox_cli_run", { ...call, stdin: "two", planId, confirm });
    expect(other.error).toBeDefined();
    expect(asking.lab.ssh!.commands).toEqual([]);
    expect((await asking.call("proxmox_cli_run", { ...call, planId, confirm })).data).toMatchObject({ exitcode: 0 });
  } finally {
    await asking.close();
  }
});

test("without an identity, and without the right to use a console, it says what is missing", async () => {
  const plain = await openLabSession({ seed: "small" });
  try {
    const { error } = await plain.call("proxmox_cli_run", { family: "pvesh", args: ["get", "/version"] });
    expect(error).toMatchObject({ code: "needs-ssh", next: expect.stringContaining("PROXMOX_SHELL_SSH_") });
  } finally {
    await plain.close();
  }
});

const UPID = "UPID:pve1:0000A1B2:00C0FFEE:67890ABC:qmstart:100:root@pam:";

describe("what a command wrote", () => {
  test.each([
    [
      "pvesh",
      ["create", "/x", "--output-format", "json"],
      `log 1\nlog 2\n"${UPID}"\n`,
      { data: UPID, log: ["log 1", "log 2"], upids: [UPID] },
    ],
    [
      "pvesh",
      ["create", "/x", "--output-format=json"],
      JSON.stringify(`log"${UPID}"`),
      { data: UPID, log: ["log"], upids: [UPID] },
    ],
    ["pvesh", ["cr", "/x", "--output-format", "json"], `"${UPID}"`, { data: UPID, upids: [UPID] }],
    ["pvesh", ["get", "/x", "--output-format", "json"], `["${UPID}"]`, { data: [UPID], upids: [] }],
    ["pvesh", ["get", "/x", "--output-format", "json"], `"${UPID}"`, { data: UPID, upids: [] }],
    ["qm", ["list"], "100\n", { upids: [] }],
    ["qm", ["x"], `${UPID}\n`, { upids: [UPID] }],
    ["qm", ["guest", "cmd"], '{"a":1}', { data: { a: 1 }, upids: [] }],
  ] as const)("%s %j", (family, argv, stdout, expected) => {
    expect(readOutput(family, argv, stdout)).toEqual(expected);
  });

  test.each([
    ["qm", ["template", "100"], { stderr: "cannot\n" }, "task-failed"],
    ["pct", ["resi", "100", "rootfs", "+1G"], { stderr: "cannot\n" }, "task-failed"],
    ["pvesm", ["free", "local:x"], { stderr: "cannot\n" }, "task-failed"],
    ["qm", ["template", "100"], { stderr: 'perl: warning: Setting locale failed.\n\tLANG = "de"\n' }, undefined],
    ["qm", ["status", "100"], { stderr: "hint\n" }, undefined],
    ["vzdump", ["100"], {}, "nothing-backed-up"],
    ["vzdump", ["100"], { stdout: "INFO: Finished Backup of VM 100 (00:00:01)\n" }, undefined],
    ["vzdump", ["100", "--stdout"], {}, undefined],
    ["qm", ["guest", "exec"], { data: { exitcode: 3 } }, "command-failed"],
    ["qm", ["guest", "exec"], { data: { exitcode: 0 } }, undefined],
  ] as const)("%s %j %j ends as %s", (family, argv, said, code) => {
    expect(hiddenFailure(family, argv, { stdout: "", stderr: "", ...said })?.code).toBe(code);
  });

  test("arguments", () => {
    expect(argvOf("pvesh", ["get", "/x", "--output-format", "yaml"])).toEqual(["get", "/x", "--output-format", "yaml"]);
    expect(argvOf("pvesh", ["ls", "/x"])).toEqual(["ls", "/x"]);
    expect(argvOf("pvesh", ["cr", "/x"])).toEqual(["cr", "/x", "--output-format", "json"]);
    expect(guestNumbers("qm", ["set", "--memory", "4096", "100"])).toEqual([100, 4096]);
    expect(guestNumbers("qm", ["guest", "exec", "100", "--", "kill", "4711"])).toEqual([100]);
    expect(guestNumbers("pvesh", ["get", "/nodes/pve1/qemu/100"])).toEqual([]);
    expect(terminalCommand("qm", ["template", "100"])).toBeUndefined();
    expect(terminalCommand("pct", ["exec", "100"])).toBeUndefined();
  });
});
