import { createHash, randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { insideOf } from "../../src/lab/guests/agent-inside.ts";
import type { Lab, LabOptions } from "../../src/lab/index.ts";
import { freeEscape } from "../support/free-escape.ts";
import { labEnvironment, openLabSession, openSession, type Session } from "../support/session.ts";
import { requestsOf, writesOf } from "./rows.ts";

const free = freeEscape();
let session: Session & { lab: Lab };
let lab: Lab;
const guest = (vmid: number) => lab.state.guests.get(vmid)!;
const files = (vmid = 100) => insideOf(lab.state, guest(vmid)).files;

beforeAll(async () => {
  session = await openLabSession({ taskMs: 40, agentMs: 1 }, free.env);
  lab = session.lab;
});
afterEach(() => lab.faults.clear());
afterAll(async () => {
  await session?.close();
  free.remove();
});

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");
const VM = { targetKind: "vm", target: 100 };
const read = (args: object, on: Session = session) => on.call("proxmox_file_read", { ...VM, ...args });
const write = (args: object, on: Session = session) => on.call("proxmox_file_write", { ...VM, ...args });
/** All that a guest has below a folder. */
const below = (folder: string, vmid = 100) =>
  files(vmid)
    .paths()
    .filter((path) => path.startsWith(folder));

async function withLab(options: LabOptions, work: (on: Session & { lab: Lab }) => Promise<void>): Promise<void> {
  const other = await openLabSession({ taskMs: 40, agentMs: 1, ...options }, free.env);
  try {
    await work(other);
  } finally {
    await other.close();
  }
}

describe.each(["proxmox_shell_run", "proxmox_file_read", "proxmox_file_write"])("%s", (tool) => {
  const args = { command: "id", path: "/etc/motd", content: "x" };
  const wants = {
    proxmox_shell_run: ["command"],
    proxmox_file_read: ["path"],
    proxmox_file_write: ["path", "content"],
  };
  const own = Object.fromEntries(
    Object.entries(args).filter(([key]) => wants[tool as keyof typeof wants].includes(key)),
  );

  test.each([
    ["node", "pve1", /SSH to it/],
    ["container", 103, /SSH to its node.*pct /s],
  ])("of a %s needs SSH, or for commands a console, and says so", async (targetKind, target, says) => {
    const isCommand = tool === "proxmox_shell_run";
    const plain = isCommand ? await openSession(labEnvironment(lab)) : session;
    const { result, requests } = await requestsOf(lab, () => plain.call(tool, { ...own, targetKind, target }));
    expect(result.error).toMatchObject({ code: "needs-ssh", data: { targetKind, target } });
    expect(`${result.error?.message} ${result.error?.next}`).toMatch(says);
    if (isCommand) expect(result.error?.next).toContain("PROXMOX_MCP_ACCESS=escape");
    expect(requests).toEqual([]);
    if (isCommand) await plain.close();
  });

  test.each([
    [{ target: "dns01" }, "invalid-argument", /targetKind is vm.*Set it to container/],
    [{ target: "nobody" }, "unknown-guest", /nobody/],
    [{ target: 102 }, "agent-unavailable", /Start the VM/],
    [{ targetKind: "lxc" }, "invalid-arguments", /targetKind/],
  ])("%j: %s", async (given, code, says) => {
    const { error } = await session.call(tool, { ...own, ...VM, ...given });
    expect(error?.code).toBe(code);
    expect(`${error?.message} ${error?.next}`).toMatch(says);
  });

  test("is refused by a server that does not let commands through", async () => {
    const plain = await openSession(labEnvironment(lab));
    const before = writesOf(lab).length;
    const { error } = await plain.call(tool, { ...own, ...VM });
    expect(error?.code).toBe("access-ceiling");
    expect(writesOf(lab)).toHaveLength(before);
    await plain.close();
  });
});

test("proxmox_shell_run runs a line in a VM", async () => {
  const { data } = await session.call("proxmox_shell_run", {
    ...VM,
    target: "web01",
    command: "hostname; cat",
    stdin: "é",
  });
  expect(data).toMatchObject({ cluster: "default", vmid: 100, node: "pve1", exitcode: 0, stdout: "web01\né" });
  const { error } = await session.call("proxmox_shell_run", { ...VM, command: "exit 9" });
  expect(error).toMatchObject({ code: "command-failed", data: { exitcode: 9 } });
});

describe("proxmox_file_read", () => {
  test("answers with text, its size and its sum, in both forms", async () => {
    const answer = await read({ path: "/etc/motd" });
    const bytes = Buffer.from("Welcome to the café.\n");
    expect(answer.data).toMatchObject({
      vmid: 100,
      path: "/etc/motd",
      encoding: "text",
      content: "Welcome to the café.\n",
      bytes: bytes.length,
      size: bytes.length,
      sha256: sha256(bytes),
    });
    expect(answer.data).not.toHaveProperty("nextOffset");
    expect(answer.data).not.toHaveProperty("note");
    expect(JSON.parse(answer.text)).toEqual(answer.data);
  });

  test.each([
    ["bytes that are no text", Buffer.from([0xff, 0x00, 0x61, 0x0a])],
    ["text whose end is cut", Buffer.from("grüße").subarray(0, 3)],
  ])("gives %s as base64", async (_, bytes) => {
    files().plant("/tmp/bytes", bytes);
    const { data } = await read({ path: "/tmp/bytes" });
    expect(data).toMatchObject({ encoding: "base64", content: bytes.toString("base64"), sha256: sha256(bytes) });
  });

  test("reads an empty file", async () => {
    files().plant("/tmp/empty", "");
    const { data } = await read({ path: "/tmp/empty" });
    expect(data).toMatchObject({ encoding: "text", content: "", bytes: 0, size: 0, sha256: sha256("") });
  });

  test("says when it shows less than the bytes, and gives them on demand", async () => {
    const text = "\ufeffa\u200bb\u001b[31m❤\ufe0f";
    files().plant("/tmp/hidden", text);
    const { data } = await read({ path: "/tmp/hidden" });
    expect(data).toMatchObject({ content: "ab❤", sha256: sha256(text), note: expect.stringMatching(/invisible/) });
    const exact = await read({ path: "/tmp/hidden", encoding: "base64" });
    expect(Buffer.from(exact.data.content, "base64").toString()).toBe(text);
  });

  test("never shows the server's own secret", async () => {
    files().plant("/tmp/secret", `token: ${lab.token.secret}\n`);
    const { text, data } = await read({ path: "/tmp/secret" });
    expect(text).not.toContain(lab.token.secret);
    expect(data.note).toMatch(/secrets/);
  });

  const LONG = Array.from({ length: 4000 }, (_, index) => `Zeile ${index}: größer €\n`).join("");

  test.each<[string, LabOptions]>([
    ["9.2", {}],
    ["8.4", { version: "8.4" }],
    ["7.4", { version: "7.4" }],
  ])("pages through a long file of %s without losing a byte", async (_, options) => {
    await withLab(options, async (other) => {
      const there = insideOf(other.lab.state, other.lab.state.guests.get(100)!).files;
      there.plant("/tmp/long", LONG);
      let text = "";
      let offset: number | undefined = 0;
      for (let pages = 0; offset !== undefined && pages < 20; pages++) {
        const { data }: { data: Record<string, never> } = await read(
          { path: "/tmp/long", offset, length: 11_999 },
          other,
        );
        expect(data.content).not.toMatch(/\ufffd/);
        text += data.content;
        offset = data.nextOffset;
      }
      expect(text).toBe(LONG);
      const behind = await read({ path: "/tmp/long", offset: 999_999 }, other);
      expect(behind.error).toMatchObject({ code: "invalid-argument", message: expect.stringMatching(/offset lies/) });
    });
  });

  test("reads what the version reads at most, and says what it leaves", async () => {
    await withLab({ version: "8.4" }, async (other) => {
      const { traits } = other.lab.state.guests.get(100)!;
      traits.agentKeeps = 30;
      insideOf(other.lab.state, other.lab.state.guests.get(100)!).files.plant("/tmp/long", LONG);
      const { data } = await read({ path: "/tmp/long" }, other);
      expect(data).toMatchObject({ bytes: 30, note: expect.stringMatching(/no more than the first 30 bytes/) });
      expect(data).not.toHaveProperty("size");
      const { error } = await read({ path: "/tmp/long", offset: 30 }, other);
      expect(error?.message).toMatch(/offset is too far: this version reads no more than the first 30/);
    });
  });

  test("reads whole where an early 9.1 knows no parts", async () => {
    lab.faults.add({
      match: { path: /file-read$/, when: ({ params }) => params.count !== undefined },
      status: 400,
      errors: { count: "property is not defined in schema and the schema does not allow additional properties" },
    });
    expect((await read({ path: "/etc/motd" })).data).toMatchObject({ content: "Welcome to the café.\n" });
  });

  test.each([
    ["text", Buffer.from(LONG)],
    ["bytes", randomBytes(50_000)],
  ])("keeps all %s that were read as an artifact", async (_, bytes) => {
    files().plant("/tmp/much", bytes);
    const { data, text } = await read({ path: "/tmp/much", length: 200_000 });
    expect(data).toMatchObject({
      size: bytes.length,
      sha256: sha256(bytes),
      nextOffset: data.bytes,
      artifact: { uri: expect.stringMatching(/^proxmox:/), size: bytes.length, sha256: sha256(bytes) },
    });
    expect(text.length).toBeLessThan(18_000);
    const decoded = Buffer.from(data.content, data.encoding === "text" ? "utf8" : "base64");
    expect(decoded.equals(bytes.subarray(0, data.bytes))).toBe(true);
  });

  test.each([
    ["/none", "guest-file-not-found"],
    ["/etc", "guest-file-failed"],
    ["etc/motd", "invalid-argument"],
    ["/etc/", "invalid-argument"],
    ["/etc/\0", "invalid-argument"],
    ["", "invalid-arguments"],
  ])("of %j: %s", async (path, code) => {
    const { error } = await read({ path });
    expect(error?.code).toBe(code);
    expect(error?.next).toBeTruthy();
  });

  test("is asked about, and read once as planned", async () => {
    const careful = await openSession({ ...labEnvironment(lab), PROXMOX_MCP_ACCESS: "escape" });
    const asked = await read({ path: "/etc/motd" }, careful);
    expect(asked.error?.code).toBe("confirmation-required");
    const { planId } = asked.error!.data!.plan as { planId: string };
    const other = await read({ path: "/etc/passwd", planId, confirm: "web01" }, careful);
    expect(other.error?.code).toBe("plan-refused");
    const { data } = await read({ path: "/etc/motd", planId, confirm: "web01" }, careful);
    expect(data.content).toBe("Welcome to the café.\n");
    await careful.close();
  });
});

describe("proxmox_file_write", () => {
  const AWKWARD = Buffer.from([0, 1, 2, 255, 254, 13, 10, 0xef, 0xbb, 0xbf, ...Buffer.from("€ü\u0000")]);

  const inBase64 = (bytes: Buffer) => ({ content: bytes.toString("base64"), encoding: "base64" });
  const EVERY = Buffer.from(Array.from({ length: 256 }, (_, index) => index));

  test.each<[string, Buffer, object]>([
    ["text", Buffer.from("größer €\n\ttab\r\n"), { content: "größer €\n\ttab\r\n" }],
    ["awkward bytes", AWKWARD, inBase64(AWKWARD)],
    ["every byte", EVERY, inBase64(EVERY)],
    ["nothing", Buffer.alloc(0), { content: "" }],
  ])("writes %s exactly, and reads it back the same", async (_, bytes, given) => {
    const { data, error } = await write({ path: "/tmp/written", ...given });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ bytes: bytes.length, sha256: sha256(bytes), verified: true });
    expect(Buffer.from(files().read("/tmp/written").bytes).equals(bytes)).toBe(true);
    const back = await read({ path: "/tmp/written", encoding: "base64" });
    expect(back.data).toMatchObject({ sha256: sha256(bytes), content: bytes.toString("base64") });
    expect(below("/tmp/written")).toEqual(["/tmp/written"]);
  });

  test("makes a new file that root alone may change, and keeps mode and owner of an old one", async () => {
    files().plant("/etc/old", "old", { mode: 0o600, owner: "debian:debian" });
    for (const path of ["/etc/new", "/etc/old"]) expect((await write({ path, content: "x" })).error).toBeUndefined();
    expect(files().read("/etc/new")).toMatchObject({ mode: 0o644, owner: "root:root" });
    expect(files().read("/etc/old")).toMatchObject({ mode: 0o600, owner: "debian:debian" });
    await write({ path: "/etc/old", content: "y", mode: "0640", owner: "root:debian" });
    expect(files().read("/etc/old")).toMatchObject({ mode: 0o640, owner: "root:debian" });
  });

  test("writes where a link leads", async () => {
    files().plant("/tmp/real", "old");
    files().plant("/tmp/link", "", { link: "/tmp/real" });
    await write({ path: "/tmp/link", content: "new" });
    expect([files().isLink("/tmp/link"), Buffer.from(files().read("/tmp/real").bytes).toString()]).toEqual([
      true,
      "new",
    ]);
  });

  const big = Buffer.concat([AWKWARD, randomBytes(120_000)]);
  const bigArgs = { path: "/tmp/big", ...inBase64(big) };

  test("brings a large file in by parts, and leaves none of them", async () => {
    files().plant("/tmp/big", "old", { mode: 0o700 });
    const { result, requests } = await requestsOf(lab, () => write(bigArgs));
    expect(result.data).toMatchObject({ bytes: big.length, sha256: sha256(big), verified: true });
    expect(Buffer.from(files().read("/tmp/big").bytes).equals(big)).toBe(true);
    expect(files().read("/tmp/big").mode).toBe(0o700);
    expect(below("/tmp/big")).toEqual(["/tmp/big"]);
    expect(requests.filter((request) => request.startsWith("POST"))).toEqual([
      ...Array(3).fill("POST /nodes/pve1/qemu/100/agent/file-write"),
      "POST /nodes/pve1/qemu/100/agent/exec",
    ]);
    files().remove("/tmp/big");
  });

  test("writes 1 MiB, and names the way for more", async () => {
    const bytes = randomBytes(1_048_576);
    const { data, error } = await write({ path: "/tmp/most", ...inBase64(bytes) });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ bytes: bytes.length, sha256: sha256(bytes), verified: true });
    expect(Buffer.from(files().read("/tmp/most").bytes).equals(bytes)).toBe(true);
    const more = await write({ path: "/tmp/most", ...inBase64(Buffer.alloc(5_000_000)) });
    expect(more.error).toMatchObject({
      code: "invalid-argument",
      message: expect.stringContaining("1048576 at most are written at a time by a guest agent"),
      next: expect.stringContaining("linux_guest"),
    });
    files().remove("/tmp/most");
  });

  test("reads 5 MB in parts, byte for byte", async () => {
    const bytes = randomBytes(5_000_000);
    files().plant("/tmp/five", bytes);
    for (const [offset, length] of [
      [0, 4_194_304],
      [4_194_304, 805_696],
    ] as const) {
      const { data, error } = await read({ path: "/tmp/five", offset, length: 4_194_304 });
      expect(error).toBeUndefined();
      expect(data.sha256).toBe(sha256(bytes.subarray(offset, offset + length)));
    }
    files().remove("/tmp/five");
  });

  test.each<[string, LabOptions]>([
    ["8.0", { version: "8.0" }],
    ["7.4", { version: "7.4" }],
  ])("keeps under the small bodies of %s, whatever the bytes", async (_, options) => {
    await withLab(options, async (other) => {
      const there = insideOf(other.lab.state, other.lab.state.guests.get(100)!).files;
      // All of its base64 is signs that take three bytes in a form.
      const worst = Buffer.alloc(47_000, Buffer.from([0xfb, 0xef, 0xbe]));
      const { data, error } = await write({ path: "/tmp/w", ...inBase64(worst) }, other);
      expect(error).toBeUndefined();
      expect(data).toMatchObject({ verified: true, sha256: sha256(worst) });
      expect(Buffer.from(there.read("/tmp/w").bytes).equals(worst)).toBe(true);
    });
  });

  test("plans all of it in one plan, which says what it replaces, and writes nothing", async () => {
    const before = writesOf(lab).length;
    const { data } = await write({ ...bigArgs, dryRun: true });
    expect(writesOf(lab)).toHaveLength(before);
    expect(data.plan.requests.map(({ operation }: { operation: string }) => operation.split("/").at(-1))).toEqual([
      "file-write",
      "file-write",
      "file-write",
      "exec",
    ]);
    expect(data.plan).toMatchObject({
      class: "escape",
      diff: [{ key: "/tmp/big", to: expect.stringContaining(sha256(big)) }],
      warnings: [expect.stringMatching(/A file that is at \/tmp\/big is replaced/), expect.stringMatching(/parts lie/)],
    });
    expect(data).not.toHaveProperty("verified");
    expect(below("/tmp/big")).toEqual([]);
  });

  test("carries exactly the plan out that a person has agreed to", async () => {
    const careful = await openSession({ ...labEnvironment(lab), PROXMOX_MCP_ACCESS: "escape" });
    const asked = await write(bigArgs, careful);
    expect(asked.error).toMatchObject({ code: "confirmation-required" });
    const plan = asked.error!.data!.plan as { planId: string; warnings: string[] };
    expect(plan.warnings).toContainEqual(expect.stringContaining("is replaced"));
    const consent = { planId: plan.planId, confirm: "web01" };
    expect((await write({ ...bigArgs, path: "/etc/passwd", ...consent }, careful)).error?.code).toBe("plan-refused");
    expect(below("/tmp/big")).toEqual([]);
    const { data } = await write({ ...bigArgs, ...consent }, careful);
    expect(data).toMatchObject({ verified: true });
    expect(below("/tmp/big")).toEqual(["/tmp/big"]);
    files().remove("/tmp/big");
    await careful.close();
  });

  test("shows the person what the file will hold, also where it is piped in", async () => {
    const questions: string[] = [];
    const asked = await openSession(
      { ...labEnvironment(lab), PROXMOX_MCP_ACCESS: "escape" },
      {
        elicit: (question) => {
          questions.push(question);
          return { action: "accept", content: { name: "web01" } };
        },
      },
    );
    const { data } = await write({ path: "/etc/job", content: "* * * * * root reboot\n- forged" }, asked);
    expect(data).toMatchObject({ verified: true });
    expect(questions).toEqual([expect.stringContaining('begins with "* * * * * root reboot\\n- forged"')]);
    expect(questions[0]).toContain("/etc/job is replaced");
    await asked.close();
  });

  test("takes its parts away when one of them cannot be written", async () => {
    files().plant("/tmp/big", "old");
    lab.faults.add({ match: { path: /file-write$/ }, skip: 1, status: 500, reason: "Agent error: No space left" });
    const { error } = await write(bigArgs);
    expect(error).toMatchObject({
      message: expect.stringMatching(/No space left\. The file is as it was\.$/),
      next: expect.stringMatching(/Nothing temporary is left/),
    });
    expect(below("/tmp/big")).toEqual(["/tmp/big"]);
    expect(Buffer.from(files().read("/tmp/big").bytes).toString()).toBe("old");
  });

  test("names the parts that it cannot take away", async () => {
    lab.faults.add({ match: { path: /agent\/exec$/ }, status: 500, reason: "QEMU guest agent is not running" });
    const { error } = await write(bigArgs);
    expect(error).toMatchObject({ code: "agent-unavailable", next: expect.stringMatching(/Parts may be left/) });
    const [first, last] = error!.data!.left as string[];
    expect(below("/tmp/big.")).toEqual(expect.arrayContaining([first, last]));
    for (const path of below("/tmp/big.")) files().remove(path);
  });

  test("finishes what an agent that was away for a moment refused", async () => {
    lab.faults.add({
      match: { path: /agent\/exec$/ },
      status: 500,
      reason: "QEMU guest agent is not running",
      times: 1,
    });
    expect((await write(bigArgs)).data).toMatchObject({ verified: true });
    expect(below("/tmp/big")).toEqual(["/tmp/big"]);
  });

  test.each([/agent\/exec$/, /exec-status$/])("does not guess when the answer of %s is lost", async (path) => {
    lab.faults.add({ match: { path }, cutBeforeAnswer: true, times: 1 });
    const { error } = await write({ path: "/tmp/lost", content: "new" });
    expect(error).toMatchObject({
      code: "write-unknown",
      next: expect.stringMatching(/compare its sha256/),
      data: { sha256: sha256("new"), verified: false },
    });
  });

  test("does not put damaged content into place", async () => {
    files().plant("/tmp/sound", "old");
    // What arrives is another text than what was sent.
    lab.faults.add({
      match: { path: /agent\/exec$/ },
      before: ({ params }) => Object.assign(params, { "input-data": Buffer.from("other").toString("base64") }),
    });
    const { error } = await write({ path: "/tmp/sound", content: "new" });
    expect(error).toMatchObject({ code: "write-failed", message: expect.stringMatching(/damaged/) });
    expect(below("/tmp/sound")).toEqual(["/tmp/sound"]);
    expect(Buffer.from(files().read("/tmp/sound").bytes).toString()).toBe("old");
  });

  test.each([
    [{ path: "/etc", content: "x" }, /not a regular file/],
    [{ path: "/none/file", content: "x" }, /was not written/],
    [{ path: "/tmp/x", content: "x", owner: "nobody-here" }, /invalid user/],
  ])("%j fails with the guest's words", async (args, says) => {
    const { error } = await write(args);
    expect(error).toMatchObject({ code: "write-failed", message: expect.stringMatching(says) });
    expect(below("/tmp/x")).toEqual([]);
  });

  test.each([
    [{ content: "x", path: "relative" }, /path is not absolute/],
    [{ content: "x", mode: "rwx" }, /mode is not octal/],
    [{ content: "x", mode: "01777" }, /mode is not octal/],
    [{ content: "x", owner: "--reference=/etc/shadow" }, /owner is not user/],
    [{ content: "x%", encoding: "base64" }, /content is not base64/],
    [{ content: "eA", encoding: "base64" }, /content is not base64/],
    [{ content: "\ud83d" }, /content holds half a character/],
    [{ content: "x".repeat(1_048_577) }, /content has 1048577 bytes/],
  ])("refuses %# before anything is sent", async (args, says) => {
    const { result, requests } = await requestsOf(lab, () => write({ path: "/tmp/y", ...args }));
    expect(result.error).toMatchObject({ code: "invalid-argument", message: expect.stringMatching(says) });
    expect(requests).toEqual([]);
  });

  test("keeps the content out of the record", async () => {
    await write({ path: "/tmp/private", content: "s3cret content" });
    await write({ path: "/tmp/private", content: "s3cret content ".repeat(5000) });
    const text = JSON.stringify(await session.record());
    expect(text).toContain("file-write");
    expect(text).not.toContain("s3cret");
    expect(text).not.toContain(Buffer.from("s3cret content ".repeat(3)).toString("base64").slice(0, 24));
  });

  describe("where no command runs", () => {
    test("writes in place, as the agent has commands disabled", async () => {
      guest(100).traits.agentRefuses = ["guest-exec"];
      files().plant("/tmp/place", "old", { mode: 0o600 });
      const { data, error } = await write({ path: "/tmp/place", content: "größer\u0000€" });
      expect(error).toBeUndefined();
      expect(data).toMatchObject({ verified: true, warnings: [expect.stringMatching(/0666/)] });
      expect(Buffer.from(files().read("/tmp/place").bytes).toString()).toBe("größer\u0000€");
      expect(files().read("/tmp/place").mode).toBe(0o600);
      const planned = await write({ path: "/tmp/place", content: "", dryRun: true });
      expect(planned.data.plan.warnings).toContainEqual(expect.stringMatching(/in place, not at once/));
      for (const more of [{ mode: "600" }, { owner: "root" }, { content: "x".repeat(46_081) }]) {
        const refused = await write({ path: "/tmp/place", content: "", ...more });
        expect(refused.error?.message).toMatch(/guest-exec disabled/);
        expect(refused.error?.code).toBe("invalid-argument");
      }
      expect((await write({ path: "/tmp/place", content: "" })).data).toMatchObject({ bytes: 0, verified: true });
      delete guest(100).traits.agentRefuses;
    });

    test("sees that something else stands there than what was written", async () => {
      guest(100).traits.agentRefuses = ["guest-exec"];
      lab.faults.add({ match: { path: /file-read$/ }, before: () => files().plant("/tmp/race", "another's") });
      const { error } = await write({ path: "/tmp/race", content: "mine" });
      delete guest(100).traits.agentRefuses;
      expect(error).toMatchObject({ code: "write-failed", data: { verified: false } });
    });

    test.each([
      [["VM.GuestAgent.FileWrite", "VM.GuestAgent.FileRead", "VM.GuestAgent.Audit", "VM.Audit"], true],
      [["VM.GuestAgent.FileWrite", "VM.GuestAgent.Audit", "VM.Audit"], false],
    ])("as the token has only %j", async (privileges, verified) => {
      const token = lab.addToken(
        { user: "files", realm: "pve", id: verified ? "both" : "one" },
        { "/vms/100": privileges },
      );
      const weak = await openSession({ ...labEnvironment(lab, token), ...free.env });
      const { data, error } = await write({ path: "/tmp/weak", content: "text" }, weak);
      expect(error).toBeUndefined();
      expect(data).toMatchObject({ verified });
      if (!verified) expect(data.warnings[0]).toMatch(/could not be read back.*FileRead/);
      expect(Buffer.from(files().read("/tmp/weak").bytes).toString()).toBe("text");
      const { error: refused } = await write({ path: "/tmp/weak", content: "", mode: "600" }, weak);
      expect(refused?.message).toMatch(/lacks VM\.GuestAgent\.Unrestricted/);
      await weak.close();
    });

    test("in a Windows guest", async () => {
      Object.assign(guest(102), { running: true, agent: "running" });
      Object.assign(guest(102).config, { ostype: "win11" });
      const windows = { target: 102, path: "C:\\Windows\\Temp\\note.txt" };
      const { data } = await write({ ...windows, content: "Zeile\r\n" });
      expect(data).toMatchObject({ verified: true });
      expect(data).not.toHaveProperty("warnings");
      expect((await read({ ...windows })).data).toMatchObject({ content: "Zeile\r\n" });
      expect((await write({ ...windows, content: "x".repeat(50_000) })).error?.message).toMatch(/Windows guest has no/);
      const missing = await write({ ...windows, path: "C:\\none\\x", content: "x" });
      expect(missing.error?.code).toBe("guest-file-not-found");
    });
  });
});
