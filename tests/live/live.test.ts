import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { guardPolicy } from "../../scripts/live/guard.ts";
import { MARK, parseRange } from "../../scripts/live/guests.ts";
import { labHost } from "../../scripts/live/lab-host.ts";
import { runLive } from "../../scripts/live/run.ts";
import { NOT_TRIED, SCENARIOS, uncovered } from "../../scripts/live/scenarios.ts";
import { readSettings } from "../../scripts/live/site.ts";
import { decide } from "../../src/access/policy/decide.ts";
import { policyFile } from "../../src/access/policy/policy-file.ts";
import type { Lab } from "../../src/lab/index.ts";
import { EXHAUSTIVE } from "../support/exhaustive.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const RANGE = { first: 990_000, last: 990_019 };

let host: Awaited<ReturnType<typeof labHost>> | undefined;
afterEach(async () => {
  await host?.close();
  host = undefined;
});

/** All that is on the host, without what a run makes for itself. */
const belongings = ({ state }: Lab): string =>
  JSON.stringify({
    guests: [...state.guests.values()].map(({ vmid, node, config, running }) => ({ vmid, node, config, running })),
    volumes: [...state.volumes.keys()].sort(),
    mapping: state.datacenter.mappings.pci.has(MARK),
  });

/** Changes that named a guest of somebody else. */
const trespasses = ({ requests, state }: Lab): string[] =>
  requests
    .filter(({ method, operation }) => method !== "GET" && operation !== "POST /nodes/{node}/qemu/{vmid}/clone")
    .flatMap(({ method, path }) => {
      const vmid = Number(/\/(?:qemu|lxc)\/(\d+)/.exec(path)?.[1] ?? Number.NaN);
      return state.guests.has(vmid) ? [`${method} ${path}`] : [];
    });

const quiet = { say: () => {}, signal: new AbortController().signal };

describe("a run against the lab, as if it were a host", () => {
  test.runIf(EXHAUSTIVE)("exercises every tool, and leaves the host as it was", { timeout: 300_000 }, async () => {
    host = await labHost({ taskMs: 20 });
    const before = belongings(host.lab);
    const run = await runLive(host.env, quiet);
    expect(run.failures).toEqual([]);
    expect(run.left).toEqual([]);
    expect([...run.unplayed.keys()]).toEqual(Object.keys(NOT_TRIED));
    expect(run.played.sort()).toEqual(Object.keys(SCENARIOS).sort());
    expect(run.played.every((tool) => run.answers.get(tool)?.has("ok"))).toBe(true);
    expect(run.sent.length).toBeGreaterThan(100);
    expect(belongings(host.lab)).toBe(before);
    expect(trespasses(host.lab)).toEqual([]);
  });

  test("says of each tool why it cannot be tried where the host lacks what it needs", {
    timeout: 300_000,
  }, async () => {
    host = await labHost({ taskMs: 20 });
    const { lab } = host;
    for (const [volid, { content }] of lab.state.volumes) if (content === "vztmpl") lab.state.volumes.delete(volid);
    const poor = Object.entries(host.env).filter(([name]) => !/LIVE_(TEMPLATE|DOWNLOAD|NODE)|SSH/.test(name));
    const only = [
      "proxmox_vm_guest_exec",
      "proxmox_lxc_action",
      "proxmox_storage_download_url",
      "proxmox_cli_run",
      "proxmox_file_read",
    ];
    const run = await runLive(Object.fromEntries(poor), { ...quiet, only });
    expect(Object.fromEntries(run.unplayed)).toEqual({
      ...NOT_TRIED,
      proxmox_vm_guest_exec: expect.stringContaining("PROXMOX_LIVE_TEMPLATE"),
      proxmox_lxc_action: expect.stringContaining("no container template"),
      proxmox_storage_download_url: expect.stringContaining("PROXMOX_LIVE_DOWNLOAD_URL"),
      proxmox_cli_run: "no SSH identity",
      proxmox_file_read: expect.stringContaining("no SSH identity"),
    });
    expect(run.failures).toEqual([]);
    expect(run.left).toEqual([]);
  });

  test.runIf(EXHAUSTIVE)(
    "cleans up after a scenario that failed, and says what it could not remove",
    { timeout: 120_000 },
    async () => {
      host = await labHost({ taskMs: 20 });
      host.lab.faults.add({
        match: { method: "POST", path: /\/status\/suspend$/ },
        status: 500,
        reason: "no power to suspend",
      });
      host.lab.faults.add({ match: { method: "DELETE", path: /\/qemu\/990003$/ }, status: 500, reason: "stuck" });
      const run = await runLive(host.env, { ...quiet, only: ["proxmox_vm_action"] });
      expect(run.failures).toEqual([expect.stringMatching(/^proxmox_vm_action: .*no power to suspend/)]);
      expect(run.left).toEqual([expect.stringMatching(/^guest 990003: .*stuck/)]);
      expect([...host.lab.state.guests.keys()].filter((vmid) => vmid >= RANGE.first)).toEqual([990_003]);
      // The next one begins with what was left.
      host.lab.faults.clear();
      const next = await runLive(host.env, { ...quiet, cleanOnly: true });
      expect(next.left).toEqual([]);
      expect(host.lab.state.guests.has(990_003)).toBe(false);
    },
  );

  test("refuses a range in which somebody else has a guest, and touches nothing", { timeout: 60_000 }, async () => {
    host = await labHost({ taskMs: 20 });
    const { state } = host.lab;
    const other = state.guests.get(102)!;
    state.guests.set(990_007, { ...other, vmid: 990_007, config: { ...other.config, name: "theirs" } });
    const before = belongings(host.lab);
    await expect(runLive(host.env, quiet)).rejects.toThrow(/990007 \(theirs\).*PROXMOX_LIVE_VMIDS/);
    expect(belongings(host.lab)).toBe(before);
  });
});

describe("the guard", () => {
  const policy = policyFile.parse(guardPolicy(RANGE, { template: 104 }));
  const facts = { tool: "t", cluster: "c", principal: "local", node: "pve1" };
  test.each<[string, string, object, string]>([
    ["another's guest", "POST /nodes/{node}/qemu/{vmid}/status/stop", { class: "destructive", vmid: 100 }, "deny"],
    [
      "another's guest by its mark alone",
      "PUT /nodes/{node}/qemu/{vmid}/config",
      { class: "mutate", vmid: 100, tags: [MARK] },
      "deny",
    ],
    [
      "a guest in the range without the mark",
      "PUT /nodes/{node}/qemu/{vmid}/config",
      { class: "mutate", vmid: 990_001 },
      "deny",
    ],
    [
      "a guest above the range",
      "PUT /nodes/{node}/qemu/{vmid}/config",
      { class: "mutate", vmid: 990_020, tags: [MARK] },
      "deny",
    ],
    [
      "a disk of another's guest",
      "DELETE /nodes/{node}/storage/{storage}/content/{volume}",
      { class: "destructive", vmid: 100 },
      "deny",
    ],
    ["a clone of another's guest", "POST /nodes/{node}/qemu/{vmid}/clone", { class: "mutate", vmid: 100 }, "deny"],
    ["a change of the template", "PUT /nodes/{node}/qemu/{vmid}/config", { class: "mutate", vmid: 104 }, "deny"],
    ["a new guest elsewhere", "POST /nodes/{node}/qemu", { class: "mutate", vmid: 500 }, "deny"],
    ["the node", "POST /nodes/{node}/status", { class: "destructive" }, "deny"],
    ["all guests of the node", "POST /nodes/{node}/stopall", { class: "destructive", everyGuest: true }, "deny"],
    ["users", "POST /access/users", { class: "mutate" }, "deny"],
    [
      "a command line that changes",
      "RUN /nodes/{node}/cli/{family}",
      { class: "escape", cli: "qm", argv: ["destroy", "1"] },
      "deny",
    ],
    ["a shell on the node", "RUN /nodes/{node}/shell", { class: "escape" }, "deny"],
    ["reading", "GET /nodes/{node}/qemu/{vmid}/config", { class: "read", vmid: 100 }, "allow"],
    ["a new guest in the range", "POST /nodes/{node}/qemu", { class: "mutate", vmid: 990_000 }, "allow"],
    ["a clone of the template", "POST /nodes/{node}/qemu/{vmid}/clone", { class: "mutate", vmid: 104 }, "allow"],
    ["an own guest", "PUT /nodes/{node}/qemu/{vmid}/config", { class: "mutate", vmid: 990_001, tags: [MARK] }, "allow"],
    [
      "a command in an own guest",
      "POST /nodes/{node}/qemu/{vmid}/agent/exec",
      { class: "escape", vmid: 990_001, tags: [MARK] },
      "confirm",
    ],
    [
      "a command line that looks",
      "RUN /nodes/{node}/cli/{family}",
      { class: "escape", cli: "pvesh", argv: ["get", "/version"] },
      "confirm",
    ],
  ])("%s", (_, operation, more, effect) => {
    expect(decide(policy, { ...facts, operation, ...more } as never).effect).toBe(effect);
  });

  test("lets commands on nodes through only where the operator has said so", () => {
    const open = policyFile.parse(guardPolicy(RANGE, { nodeCommands: true }));
    const shell = { ...facts, operation: "RUN /nodes/{node}/shell", class: "escape" } as never;
    expect(decide(open, shell).effect).toBe("confirm");
  });
});

describe("npm run test:live", () => {
  const start = (args: string[], env: Record<string, string | undefined>): ChildProcessWithoutNullStreams =>
    spawn(process.execPath, ["--import", "tsx", join(ROOT, "scripts/live/main.ts"), ...args], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, ...env },
    });
  const end = async (child: ChildProcessWithoutNullStreams) => {
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
    const [code] = (await once(child, "close")) as [number | null];
    return { code, text: () => text };
  };

  test("is skipped, and says why, where the environment does not ask for it", { timeout: 60_000 }, async () => {
    const { code, text } = await end(start([], { PROXMOX_HOST: "pve.example.org" }));
    expect(text()).toMatch(/^test:live is skipped: ENABLE_LIVE_PROXMOX_TESTS is not 1\..*docs\/outer-lab\.md/);
    expect(code).toBe(0);
  });

  test("removes what it has made when it is interrupted", { timeout: 120_000 }, async () => {
    host = await labHost({ taskMs: 20 });
    const before = belongings(host.lab);
    const child = start([], { ...host.env, ENABLE_LIVE_PROXMOX_TESTS: "1" });
    child.stdout.on("data", (chunk: Buffer) => {
      if (chunk.toString().includes("proxmox_vm_action")) child.kill("SIGINT");
    });
    const { code, text } = await end(child);
    expect(text()).toContain("interrupted: what was made is removed now");
    expect(text()).toContain("removed guest 990000");
    expect(code).toBe(1);
    expect(belongings(host.lab)).toBe(before);
  });
});

test("every tool has a scenario for hosts, or a reason why not", () => {
  expect(uncovered(), "see scripts/live/scenarios.ts").toEqual([]);
});

test("settings that are wrong are refused", () => {
  for (const range of ["990000", "990019-990000", "990000-990005", "a-b"])
    expect(() => parseRange(range)).toThrow(/VMIDs/);
  expect(parseRange("5000-5099")).toEqual({ first: 5000, last: 5099 });
  expect(() => readSettings({ PROXMOX_LIVE_TEMPLATE: "debian" })).toThrow(/PROXMOX_LIVE_TEMPLATE/);
});
