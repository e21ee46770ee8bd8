import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { labEnvironment, openLabSession, openSession, type Session } from "../support/session.ts";
import { diagnosed, Plants } from "./diagnose-lab.ts";

const TOOL = "proxmox_vm_guest_agent_diagnose";
const RUNNING = 100;

let session: Session & { lab: Lab };
let lab: Lab;
const plants = new Plants(() => lab);

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 20, agentMs: 1 });
  lab = session.lab;
});
afterEach(() => plants.clear());
afterAll(() => session?.close());

const look = (vmid: number | string = RUNNING) => diagnosed(session, vmid, TOOL);
const agentCalls = (requests: string[]) => requests.filter((one) => one.includes("/agent/"));

test("an agent that works: no cause, and what it can do", async () => {
  const found = await look();
  expect(found.causes).toEqual([]);
  expect(found.data.verdict).toBe("VM 100 (web01): the guest agent works.");
  expect(found.data.fine).toEqual([
    expect.stringMatching(/^running for/),
    "agent option on",
    expect.stringMatching(/^agent answers \(version/),
    expect.stringMatching(/^all \d+ commands allowed$/),
    expect.stringMatching(/^addresses 198\.51\./),
  ]);
  expect(agentCalls(found.requests)).toEqual([
    "POST /nodes/pve1/qemu/100/agent/ping",
    "GET /nodes/pve1/qemu/100/agent/info",
    "GET /nodes/pve1/qemu/100/agent/network-get-interfaces",
  ]);
  expect(found.requests.length).toBeLessThanOrEqual(6);
});

describe("no agent, because", () => {
  test("the option is off", async () => {
    const found = await look("no-agent");
    expect(found.causes).toEqual(["blocks agent-option-off"]);
    expect(found.data.causes[0]).toMatchObject({
      evidence: [{ where: "config agent", says: "not set" }],
      next: { tool: "proxmox_vm_update_config", arguments: { vmid: 109, config: { agent: "enabled=1" } } },
    });
    expect(agentCalls(found.requests)).toEqual([]);
  });

  test("the option is on for the next start only", async () => {
    const guest = plants.config(RUNNING, {});
    delete guest.config.agent;
    guest.pending.agent = "enabled=1";
    const found = await look();
    expect(found.causes).toEqual(["blocks agent-option-pending"]);
    expect(found.data.causes[0]).toMatchObject({
      evidence: [{ where: "config agent (pending)", says: "enabled=1" }],
      next: { tool: "proxmox_vm_action", arguments: { vmid: RUNNING, action: "reboot" } },
    });
    expect(agentCalls(found.requests)).toEqual([]);
  });

  test("it is not installed, or does not run", async () => {
    const found = await look("agent-dead");
    expect(found.causes).toEqual(["blocks agent-silent"]);
    expect(found.data.causes[0].evidence[0]).toEqual({ where: "agent ping", says: "QEMU guest agent is not running" });
    expect(found.data.causes[0].next).toMatchObject({
      tool: "proxmox_console_ticket",
      arguments: { targetKind: "vm", target: 108 },
    });
    expect(agentCalls(found.requests)).toHaveLength(2);
  });

  test("the guest still boots", async () => {
    const guest = plants.guest(108);
    guest.startedAt = Date.now() - 20_000;
    const found = await look(108);
    expect(found.causes).toEqual(["warning agent-not-yet"]);
    expect(found.data.verdict).toMatch(/may have a guest agent later/);
  });

  test("a backup has its hands on it", async () => {
    plants.config(108, { lock: "backup" });
    expect((await look(108)).causes).toEqual(["warning agent-busy"]);
  });

  test.each([
    ["legacy-app", "blocks vm-stopped"],
    ["paused", "blocks paused"],
    ["debian-13-template", "blocks template"],
  ])("the VM cannot: %s, %s", async (vmid, cause) => {
    const found = await look(vmid);
    expect(found.causes[0]).toBe(cause);
    expect(agentCalls(found.requests)).toEqual([]);
  });

  test("its node is offline", async () => {
    plants.fault({ fault: "node-down", node: "pve2" });
    expect((await look(109)).causes).toEqual(["blocks node-offline"]);
  });

  test("a storage is full and the VM halted", async () => {
    plants.fault({ fault: "storage-full", storage: "local-lvm" });
    const found = await look();
    expect(found.causes).toEqual(["blocks io-error"]);
    expect(agentCalls(found.requests)).toEqual([]);
  });
});

describe("an agent that does not do everything", () => {
  test("answers now and then", async () => {
    plants.fault({ fault: "agent-flapping", vmid: RUNNING });
    const found = await look();
    expect(found.causes).toEqual(["warning agent-unsteady"]);
    expect(found.data.causes[0].next).toMatchObject({ tool: TOOL, arguments: { vmid: RUNNING } });
  });

  test("has exec switched off in the guest", async () => {
    plants.guest(RUNNING).traits.agentRefuses = ["guest-exec", "guest-exec-status", "guest-set-user-password"];
    const found = await look();
    expect(found.causes).toEqual(["warning agent-exec-disabled", "info agent-commands-disabled"]);
    expect(found.data.causes[0]).toMatchObject({
      what: "The guest has switched off running commands through its agent.",
      evidence: [
        { where: "agent info, supported_commands", says: expect.stringContaining("guest-exec, guest-exec-status") },
      ],
      next: { note: expect.stringContaining("block-rpcs") },
    });
    expect(found.data.verdict).toMatch(/has a guest agent with a limit/);
  });

  test("keeps the file systems frozen", async () => {
    const freeze = "/nodes/pve1/qemu/100/agent/fsfreeze";
    await session.call("proxmox_api_call", { method: "POST", path: `${freeze}-freeze` });
    const found = await look();
    await session.call("proxmox_api_call", { method: "POST", path: `${freeze}-thaw` });
    expect(found.causes).toEqual(["blocks agent-frozen"]);
    expect(found.data.causes[0].next).toMatchObject({
      tool: "proxmox_api_call",
      arguments: { method: "POST", path: `${freeze}-thaw` },
      note: expect.stringContaining("no backup or snapshot"),
    });
    expect((await look()).causes).toEqual([]);
  });

  test("complains in an answer that went well", async () => {
    plants.fault({ fault: "agent-error", vmid: RUNNING, text: "Command guest-info has been disabled" });
    const found = await look();
    expect(found.error).toBeUndefined();
    expect(found.data.fine).toContain("agent answers");
  });

  test("tells no address that others could reach", async () => {
    const guest = plants.config(RUNNING, { net0: "virtio=BC:24:11:00:00:01,bridge=vmbr0,link_down=1" });
    guest.addresses = ["169.254.3.4"];
    const found = await look();
    expect(found.causes).toEqual(["warning link-down", "warning no-address"]);
    expect(found.data.causes[0].next.arguments).toEqual({ vmid: RUNNING, config: { net0: { link_down: 0 } } });
  });
});

describe("what could not be asked", () => {
  test("for want of a privilege is no fault of the agent", async () => {
    const token = lab.addToken({ user: "reader", realm: "pve", id: "mcp" }, { "/vms": ["VM.Audit"] });
    const poor = await openSession(labEnvironment(lab, token));
    const found = await diagnosed({ ...poor, lab }, RUNNING, TOOL);
    await poor.close();
    expect(found.causes).toEqual([]);
    expect(found.data.verdict).toBe("VM 100 (web01): its guest agent could not be asked. 1 check could not be made.");
    expect(found.data.incomplete).toEqual([
      { part: "agent ping", reason: expect.stringContaining("VM.GuestAgent.Audit") },
    ]);
  });

  test("because the configuration cannot be read", async () => {
    const off = lab.faults.add({ match: { path: /100\/pending$/ }, status: 500, reason: "got timeout" });
    plants.do(() => off);
    const found = await look();
    expect(found.data.incomplete).toEqual([{ part: "pending", reason: expect.stringContaining("got timeout") }]);
    expect(found.causes).toEqual([]);
  });

  test.each([
    ["twin", "ambiguous-guest"],
    ["dns01", "wrong-guest-kind"],
    ["nobody", "unknown-guest"],
  ])("%s is refused: %s", async (vmid, code) => {
    expect((await session.call(TOOL, { vmid })).error?.code).toBe(code);
  });
});
