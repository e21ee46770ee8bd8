import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { insideOf } from "../../src/lab/guests/agent-inside.ts";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { send } from "./qemu-steps.ts";

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ taskMs: 4, taskVisibleMs: 0, authDelayMs: 0, agentMs: 1, workers: 8 });
});
afterAll(() => lab.close());

const agent = "/100/agent";

describe("an agent", () => {
  it.each(
    "get-fsinfo get-host-name get-memory-block-info get-memory-blocks get-osinfo get-time get-timezone get-users get-vcpus info network-get-interfaces".split(
      " ",
    ),
  )("answers %s", async (name) => {
    const { status, data } = await send(lab, `GET ${agent}/${name}`);
    expect([status, data.result === undefined]).toEqual([200, false]);
  });

  it("that is not there is missed in three ways", async () => {
    lab.state.guests.get(102)!.agent = "stopped";
    expect((await send(lab, "POST /102/agent/ping")).reason).toBe("VM 102 is not running");
    await send(lab, "PUT /102/config", "delete=agent");
    expect((await send(lab, "POST /102/agent/ping")).reason).toBe("No QEMU guest agent configured");
    const guest = lab.state.guests.get(100)!;
    guest.agent = "stopped";
    expect((await send(lab, `POST ${agent}/ping`)).reason).toBe("QEMU guest agent is not running");
    guest.agent = "running";
    expect((await send(lab, `POST ${agent}`, "command=ping")).data).toEqual({ result: {} });
  });

  it("comes and goes", async () => {
    const guest = lab.state.guests.get(100)!;
    guest.traits.agentFlaps = 2;
    const seen = new Set<number>();
    for (let i = 0; i < 8; i += 1) seen.add((await send(lab, `POST ${agent}/ping`)).status);
    delete guest.traits.agentFlaps;
    expect([...seen].sort()).toEqual([200, 500]);
  });

  it("tells the end of a command once", async () => {
    const { data } = await send(
      lab,
      `POST ${agent}/exec`,
      "command=%2Fbin%2Fsh&command=-c&command=echo+caf%C3%A9+%3B+nope",
    );
    const end = await send(lab, `GET ${agent}/exec-status`, `pid=${data.pid}`);
    expect(end.data).toEqual({
      exited: 1,
      exitcode: 127,
      "out-data": "cafÃ©\n",
      "err-data": "sh: 1: nope: not found\n",
    });
    expect((await send(lab, `GET ${agent}/exec-status`, `pid=${data.pid}`)).reason).toBe(
      `Agent error: PID ${data.pid} does not exist`,
    );
    const slow = await send(lab, `POST ${agent}/exec`, "command=sleep&command=30");
    expect((await send(lab, `GET ${agent}/exec-status`, `pid=${slow.data.pid}`)).data).toEqual({ exited: 0 });
  });

  it("writes and reads files byte by byte", async () => {
    const encoded = Buffer.from("Grüße\n").toString("base64");
    const written = await send(
      lab,
      `POST ${agent}/file-write`,
      `file=%2Ftmp%2Fa&encode=0&content=${encodeURIComponent(encoded)}`,
    );
    expect([written.status, written.data]).toEqual([200, null]);
    expect((await send(lab, `GET ${agent}/file-read`, "file=%2Ftmp%2Fa")).data.content).toBe("GrÃ¼Ã\u009fe\n");
    expect((await send(lab, `GET ${agent}/file-read`, "file=%2Ftmp%2Fa&decode=0")).data.content).toBe(encoded);
    const part = (await send(lab, `GET ${agent}/file-read`, "file=%2Ftmp%2Fa&count=2")).data;
    expect(part).toMatchObject({ content: "Gr", truncated: 1 });
    expect((await send(lab, `POST ${agent}/file-write`, "file=%2Ftmp%2Fb&content=%E2%82%AC")).reason).toMatch(
      /^Wide character/,
    );
    expect((await send(lab, `GET ${agent}/file-read`, "file=%2Fnone")).reason).toMatch(/No such file or directory$/);
  });

  it("refuses what it was told to, in an answer or in a refusal", async () => {
    const guest = lab.state.guests.get(100)!;
    guest.traits.agentRefuses = ["guest-exec", "guest-get-users"];
    expect((await send(lab, `POST ${agent}/exec`, "command=id")).reason).toBe(
      "Agent error: Command guest-exec has been disabled",
    );
    expect((await send(lab, `GET ${agent}/get-users`)).data).toEqual({
      result: { error: { class: "CommandNotFound", desc: "Command guest-get-users has been disabled" } },
    });
    delete guest.traits.agentRefuses;
  });

  /** Runs argv in a guest and gives how it ended. */
  const run = async (vmid: number, command: readonly string[], input?: string) => {
    const form = new URLSearchParams([
      ...command.map((word) => ["command", word] as [string, string]),
      ...(input === undefined ? [] : [["input-data", input] as [string, string]]),
    ]);
    const { data, reason } = await send(lab, `POST /${vmid}/agent/exec`, form.toString().replaceAll("+", "%20"));
    if (data === null) return { reason };
    return (await send(lab, `GET /${vmid}/agent/exec-status`, `pid=${data.pid}`)).data;
  };

  it.each<[string, readonly string[], Record<string, unknown>]>([
    [
      "positional parameters",
      ["-c", 'echo "$1-$2-$#"; shift; echo "$@"', "sh", "a b", "c"],
      { "out-data": "a b-c-2\nc\n" },
    ],
    ["variables and quotes", ["-c", "x='a  b'; echo \"$x\" $x; echo '$x'"], { "out-data": "a  b a b\n$x\n" }],
    ["commands in words", ["-c", 'echo "$(echo inner)" "$(exit 3)$?"'], { "out-data": "inner 3\n" }],
    [
      "conditions",
      ["-c", "if [ -e /none ]; then echo a; elif test -f /etc/hosts; then echo b; else echo c; fi"],
      { "out-data": "b\n" },
    ],
    ["groups and joints", ["-c", "false && echo a || { echo b; echo c; } && echo d"], { "out-data": "b\nc\nd\n" }],
    ["pipes", ["-c", "echo secret | cat | sha256sum"], { "out-data": expect.stringMatching(/^[0-9a-f]{64} {2}-\n$/) }],
    [
      "standard error",
      ["-c", "echo bad >&2; echo none 2>/dev/null; exit 5"],
      { exitcode: 5, "err-data": "bad\n", "out-data": "none\n" },
    ],
    [
      "what is no shell line",
      ["-c", "if true; then"],
      { exitcode: 2, "err-data": expect.stringMatching(/Syntax error/) },
    ],
    [
      "a missing directory",
      ["-c", "echo x > /none/file"],
      { exitcode: 2, "err-data": expect.stringMatching(/cannot create \/none\/file/) },
    ],
    ["a signal", ["-c", "kill -9 $$"], { signal: 9 }],
  ])("runs a shell with %s", async (_, args, end) => {
    expect(await run(100, ["/bin/sh", ...args])).toMatchObject({ exited: 1, ...end });
  });

  it("runs env and timeout around a program", async () => {
    expect(await run(100, ["env", "A=$HOME b", "printenv", "A"])).toMatchObject({ "out-data": "$HOME b\n" });
    expect(await run(100, ["timeout", "-k", "5", "30", "sleep", "60"])).toEqual({ exited: 0 });
    expect(await run(100, ["timeout", "5", "none"])).toMatchObject({ exitcode: 127 });
  });

  it("passes bytes to standard input, one for each character", async () => {
    expect(await run(100, ["cat"], Buffer.from("é€").toString("latin1"))).toMatchObject({ "out-data": "Ã©â\u0082¬" });
    expect(await run(100, ["cat"], "€")).toEqual({ reason: expect.stringMatching(/^Wide character/) });
  });

  it("keeps the mode of a file that it writes over, and makes new ones for everybody", async () => {
    const write = (file: string) =>
      send(lab, `POST ${agent}/file-write`, `file=${encodeURIComponent(file)}&encode=0&content=eA==`);
    await write("/etc/motd");
    await write("/etc/fresh");
    expect(await run(100, ["stat", "-c", "%a %U:%G %s", "/etc/motd", "/etc/fresh"])).toMatchObject({
      "out-data": "644 root:root 1\n666 root:root 1\n",
    });
    expect((await write("/none/file")).reason).toMatch(
      /failed to open file '\/none\/file' \(mode: 'wb'\): No such file/,
    );
    expect((await write("/etc")).reason).toMatch(/Is a directory/);
  });

  it("follows links, and replaces them by a move", async () => {
    await run(100, ["/bin/sh", "-c", "echo new > /tmp/new; echo target > /tmp/target"]);
    insideOf(lab.state, lab.state.guests.get(100)!).files.plant("/tmp/link", "", { link: "target" });
    expect(await run(100, ["cat", "/tmp/link"])).toMatchObject({ "out-data": "target\n" });
    expect(await run(100, ["readlink", "-f", "/tmp/link"])).toMatchObject({ "out-data": "/tmp/target\n" });
    await run(100, ["mv", "-f", "/tmp/new", "/tmp/link"]);
    expect(await run(100, ["/bin/sh", "-c", "[ ! -L /tmp/link ] && cat /tmp/link /tmp/target"])).toMatchObject({
      "out-data": "new\ntarget\n",
    });
  });

  it("keeps no more than its limit of what a process writes, and of a file", async () => {
    const { traits } = lab.state.guests.get(100)!;
    traits.agentKeeps = 5;
    expect(await run(100, ["seq", "9"])).toMatchObject({ "out-data": "1\n2\n3", "out-truncated": 1 });
    expect((await send(lab, `GET ${agent}/file-read`, "file=%2Fetc%2Fhosts")).data).toMatchObject({ truncated: 1 });
    delete traits.agentKeeps;
  });

  it("is a Windows one where the configuration says so", async () => {
    const guest = lab.state.guests.get(102)!;
    Object.assign(guest, { running: true, agent: "running" });
    Object.assign(guest.config, { agent: "1", ostype: "win11" });
    const encoded = (script: string) => Buffer.from(script, "utf16le").toString("base64");
    const shell = (script: string) => run(102, ["powershell.exe", "-EncodedCommand", encoded(script)]);
    expect((await send(lab, "GET /102/agent/get-osinfo")).data.result.id).toBe("mswindows");
    expect(await shell("$env:A = 'it''s'\nWrite-Output $env:A")).toMatchObject({ exitcode: 0, "out-data": "it's\r\n" });
    expect(await shell("cmd /c exit 7\nif (-not $?) { exit $LASTEXITCODE }")).toMatchObject({ exitcode: 7 });
    expect(await shell("Get-Nothing")).toMatchObject({
      exitcode: 1,
      "err-data": expect.stringMatching(/not recognized/),
    });
    expect(await run(102, ["/bin/sh", "-c", "true"])).toEqual({
      reason: expect.stringMatching(/Failed to execute child/),
    });
  });

  it("freezes and thaws, sets passwords, and shuts down", async () => {
    expect((await send(lab, `POST ${agent}/fsfreeze-freeze`)).data).toEqual({ result: 1 });
    expect((await send(lab, `POST ${agent}/fsfreeze-status`)).data).toEqual({ result: "frozen" });
    expect((await send(lab, `POST ${agent}/fsfreeze-thaw`)).data).toEqual({ result: 1 });
    expect((await send(lab, `POST ${agent}/set-user-password`, "username=debian&password=abcde")).data).toEqual({
      result: {},
    });
    await send(lab, `POST ${agent}/shutdown`);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(lab.state.guests.get(100)?.running).toBe(false);
  });
});
