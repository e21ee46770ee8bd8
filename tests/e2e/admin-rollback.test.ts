import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { RolledBackError } from "../../src/provision/errors.ts";
import { openFileStore } from "../../src/secrets/file/file-store.ts";
import { footprint } from "../support/admin.ts";
import { enrollOn, fileEnvironment, heardReport } from "../support/enrolling.ts";
import { sampled } from "../support/exhaustive.ts";

let lab: Lab;
let folder: string;
let env: Record<string, string>;
let before: object;

beforeAll(async () => {
  lab = await startLab({ seed: "small", ssh: true, authDelayMs: 0, taskMs: 60 });
  before = footprint(lab);
});
afterAll(() => lab?.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "proxmox-mcp-admin-"));
  env = fileEnvironment(lab, folder);
  lab.requests.length = 0;
});
afterEach(async () => {
  lab.faults.clear();
  await rm(folder, { recursive: true, force: true });
});

const store = () => openFileStore({ backend: "file", path: env.PROXMOX_MCP_SECRET_FILE_PATH! });
const failure = async (options: Parameters<typeof enrollOn>[2] = {}, report = heardReport()) => {
  const error = await enrollOn(lab, env, options, report).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error as RolledBackError;
};

/** The first words of every command of an enrolment over SSH, and every file that it writes. */
const OVER_SSH = [
  "pveum role add proxmox-mcp-cluster",
  "pveum role add proxmox-mcp-storage",
  "pveum role add proxmox-mcp-vms",
  "pveum user add",
  "pveum user token add",
  "pveum acl modify /",
  "pveum acl modify /vms",
  "useradd",
  "install",
  "/home/proxmox-mcp/.ssh/authorized_keys",
  "chown",
  "/etc/sudoers.d/proxmox-mcp.new",
  "visudo",
  "mv -T",
  "/usr/bin/pvesh get /version",
];

describe("a failure at any step over SSH leaves nothing behind", () => {
  test("all steps are among those that are made to fail", async () => {
    const report = heardReport();
    await enrollOn(lab, env, { dryRun: true }, report);
    const steps = report.objects[0].steps as { what: string; lines: string[] }[];
    const commands = steps.flatMap(({ lines }) => lines).filter((line) => !/^(GET|store|write|pvesh get) /.test(line));
    expect(commands.length).toBeGreaterThan(15);
    for (const command of commands) {
      const covered = OVER_SSH.some((one) => command.startsWith(one)) || /^pveum (role add|acl modify)/.test(command);
      expect(covered, command).toBe(true);
    }
    expect(footprint(lab)).toEqual(before);
  });

  for (const [when, count] of [
    ["before", 0],
    ["after", 1],
  ] as const) {
    test.each(sampled(OVER_SSH, count === 0 ? 3 : 4))(`%s, failing ${when} it is done`, async (text) => {
      lab.faults.add({ fault: "program-fails", text, count });
      const error = await failure();
      expect(error).toBeInstanceOf(RolledBackError);
      expect(error.left).toEqual([]);
      expect(footprint(lab)).toEqual(before);
      expect(await store().list()).toEqual([]);
    });
  }

  test("the check of the token", async () => {
    lab.faults.add({ match: { path: /^\/access\/permissions$/ }, status: 500, reason: "no" });
    expect((await failure()).data.step).toBe("check of proxmox-mcp@pve!server");
    expect(footprint(lab)).toEqual(before);
  });

  test("the store, where somebody else's secret stays as it is", async () => {
    const theirs = { user: "x", realm: "pve", id: "y", secret: "zzzzzzzz" };
    for (const name of [
      { cluster: "default", kind: "token" } as const,
      { cluster: "default", kind: "ssh", node: "pve1" } as const,
    ]) {
      const value =
        name.kind === "token"
          ? theirs
          : { username: "x", privateKey: lab.ssh!.privateKey, expectedHostKeys: [] as string[] };
      let written: Promise<unknown> | undefined;
      const report = heardReport((line) => {
        if (!line.startsWith("+ user proxmox-mcp on")) return;
        written = store().write(name as never, value as never);
        // However fast the steps are that follow: this is written before they come to the store.
        void written.finally(() => lab.faults.clear());
        lab.faults.add({ fault: "command-slow", ms: 500 });
      });
      const error = await failure({}, { ...report, line: (text) => report.line(text) });
      await written;
      expect(error.message).toContain("changed by somebody else");
      expect(footprint(lab)).toEqual(before);
      expect((await store().list()).length).toBe(1);
      expect((await store().read(name as never))!.value).toMatchObject(
        name.kind === "token" ? theirs : { username: "x" },
      );
      await store().remove(name as never);
    }
  });

  test("being called off between two steps", async () => {
    const off = new AbortController();
    const report = heardReport((line) => {
      if (line.startsWith("+ user proxmox-mcp on")) off.abort(new Error("it was called off."));
    });
    const error = await failure({ signal: off.signal }, report);
    expect(error.message).toContain("called off");
    expect(footprint(lab)).toEqual(before);
  });

  test("what cannot be taken back is named, with the command that does it", async () => {
    lab.faults.add({ fault: "program-fails", text: "visudo" });
    const off = lab.state.access.removeUser.bind(lab.state.access);
    lab.state.access.removeUser = () => {
      throw new Error("the disk is full");
    };
    const error = await failure();
    lab.state.access.removeUser = off;
    expect(error.code).toBe("rollback-incomplete");
    expect(error.left).toMatchObject([
      {
        what: "user proxmox-mcp@pve",
        why: expect.stringContaining("disk"),
        lines: ["pveum user delete proxmox-mcp@pve"],
      },
    ]);
    expect(error.next).toContain("pveum user delete proxmox-mcp@pve");
    lab.state.access.removeUser("proxmox-mcp@pve");
    expect(footprint(lab)).toEqual(before);
  });
});

describe("a failure at any step over the API leaves nothing behind", () => {
  const REQUESTS: [method: string, path: RegExp][] = [
    ["POST", /^\/access\/roles$/],
    ["POST", /^\/access\/users$/],
    ["POST", /^\/access\/users\/.*\/token\//],
    ["PUT", /^\/access\/acl$/],
    ["GET", /^\/access\/permissions$/],
  ];
  for (const [how, fault] of [
    ["refused", { status: 500, reason: "no" }],
    ["done, and the answer lost", { cutBeforeAnswer: true }],
    ["lost on the way", { cutBeforeWork: true }],
  ] as const) {
    test.each(sampled(REQUESTS, 2))(`%s %s ${how}`, async (method, path) => {
      lab.faults.add({ match: { method, path }, times: method === "GET" ? 9 : 1, ...fault });
      const error = await failure({ via: "api" });
      expect(error).toBeInstanceOf(RolledBackError);
      expect(error.left).toEqual([]);
      expect(footprint(lab)).toEqual(before);
      expect(await store().list()).toEqual([]);
    });
  }
});

describe("what is there already is never taken over", () => {
  test.each<[string, () => void, () => void]>([
    [
      "the user proxmox-mcp@pve",
      () => lab.state.access.addUser("proxmox-mcp@pve"),
      () => lab.state.access.removeUser("proxmox-mcp@pve"),
    ],
    [
      "the role proxmox-mcp-vms",
      () => lab.state.access.roles.set("proxmox-mcp-vms", new Set(["VM.Audit"]) as never),
      () => lab.state.access.removeRole("proxmox-mcp-vms"),
    ],
  ])("%s", async (what, put, take) => {
    put();
    const there = footprint(lab);
    expect(await failure()).toMatchObject({ code: "already-there", message: expect.stringContaining(what) });
    expect(footprint(lab)).toEqual(there);
    take();
  });

  test("the secret of the cluster", async () => {
    await store().write({ cluster: "default", kind: "token" }, lab.token);
    expect(await failure()).toMatchObject({ code: "already-there", message: expect.stringContaining("default/token") });
    expect(footprint(lab)).toEqual(before);
  });

  test("the SSH user, of whom nothing is changed by deprovision either", async () => {
    const { nodeFiles } = await import("../../src/lab/shell/node-files.ts");
    const files = nodeFiles(lab.state, "pve1");
    const passwd = files.find("/etc/passwd")!.bytes;
    files.write(
      "/etc/passwd",
      Buffer.concat([passwd, Buffer.from("proxmox-mcp:x:1001:1001:Somebody:/home/x:/bin/sh\n")]),
      0o644,
    );
    expect(await failure()).toMatchObject({
      code: "already-there",
      message: expect.stringContaining("user proxmox-mcp on pve1"),
    });
    files.write("/etc/passwd", passwd, 0o644);
  });
});
