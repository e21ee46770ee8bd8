import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { BIN, type Era, openLabSession, type Session } from "../support/session.ts";

type LabSession = Session & { lab: Lab };

const writes = (lab: Lab) => lab.requests.filter((request) => request.method !== "GET");

describe.each<Era>(["2026-07-28", "2025"])("a client of the %s era that can ask its user", (era) => {
  let session: LabSession;
  let questions: string[];
  let answer: (question: string) => { action: "accept" | "decline" | "cancel"; content?: { name: string } };
  beforeAll(async () => {
    questions = [];
    session = await openLabSession({ seed: "small" }, {}, era, {
      elicit: (question) => {
        questions.push(question);
        return answer(question);
      },
    });
  });
  afterAll(() => session?.close());

  test("stops a running VM once its user has typed the name", async () => {
    answer = () => ({ action: "accept", content: { name: "web01" } });
    const { data, error } = await session.call("proxmox_vm_action", { vmid: 100, action: "stop" });
    expect(error).toBeUndefined();
    expect(data.job).toMatchObject({ type: "qmstop", state: "ok" });
    expect(questions).toHaveLength(1);
    expect(questions[0]).toContain("POST /nodes/{node}/qemu/{vmid}/status/stop");
    expect(questions[0]).toContain("the guest is running");
  });

  test.each([
    ["declines", { action: "decline" as const }, "confirmation-declined"],
    ["dismisses the question", { action: "cancel" as const }, "confirmation-declined"],
    ["types another name", { action: "accept" as const, content: { name: "web02" } }, "plan-refused"],
  ])("does nothing when its user %s", async (_, given, code) => {
    answer = () => given;
    const before = writes(session.lab).length;
    const { error } = await session.call("proxmox_lxc_action", { vmid: 103, action: "stop" });
    expect(error?.code).toBe(code);
    expect(writes(session.lab)).toHaveLength(before);
  });
});

describe("a client that cannot ask", () => {
  let session: LabSession;
  beforeAll(async () => {
    session = await openLabSession({ seed: "small" });
  });
  afterAll(() => session?.close());

  const stop = { vmid: 103, action: "stop" };
  const plan = async (args: object = stop): Promise<{ planId: string; confirm: string }> => {
    const { error } = await session.call("proxmox_lxc_action", { ...args });
    expect(error?.code).toBe("confirmation-required");
    return error!.data!.plan as { planId: string; confirm: string };
  };

  test("gets a plan with what it does, needs and entails, and nothing is sent", async () => {
    const before = writes(session.lab).length;
    expect(await plan()).toMatchObject({
      requests: [{ operation: "POST /nodes/{node}/lxc/{vmid}/status/stop", params: { node: "pve1", vmid: 103 } }],
      class: "destructive",
      allowed: true,
      confirm: "dns01",
      privileges: { held: true },
      consequences: expect.arrayContaining(["the guest is running"]),
    });
    expect(writes(session.lab)).toHaveLength(before);
  });

  test("dryRun answers the same plan", async () => {
    const { data } = await session.call("proxmox_lxc_action", { ...stop, dryRun: true });
    expect(data.plan).toMatchObject({ class: "destructive", confirm: "dns01", planId: expect.any(String) });
  });

  test.each<[string, (plan: { planId: string; confirm: string }) => object, RegExp]>([
    ["another name", ({ planId }) => ({ ...stop, planId, confirm: "dns02" }), /name that was typed/],
    [
      "altered arguments",
      ({ planId, confirm }) => ({ vmid: 103, action: "shutdown", forceStop: true, planId, confirm }),
      /unknown argument/,
    ],
    [
      "an altered plan",
      ({ planId, confirm }) => ({ ...stop, planId: `A${planId.slice(1)}`, confirm }),
      /not made by this server/,
    ],
  ])("with %s it is refused, and nothing is sent", async (_, change, reason) => {
    const before = writes(session.lab).length;
    const { error } = await session.call("proxmox_lxc_action", { ...change(await plan()) });
    expect(error?.message).toMatch(reason);
    expect(writes(session.lab)).toHaveLength(before);
  });

  test("a plan for one call does not let another one pass", async () => {
    const { planId, confirm } = await plan();
    const { error } = await session.call("proxmox_api_call", {
      method: "DELETE",
      path: "/nodes/pve1/lxc/103",
      planId,
      confirm,
    });
    expect(error?.message).toMatch(/another call/);
  });

  test("a guest that has changed meanwhile is another one", async () => {
    const { planId, confirm } = await plan();
    const guest = session.lab.state.guests.get(103)!;
    guest.config.description = "re-created";
    guest.digest = undefined;
    const { error } = await session.call("proxmox_lxc_action", { ...stop, planId, confirm });
    expect(error?.message).toMatch(/has changed/);
  });

  test("the confirmed call goes out once, and a second use is refused", async () => {
    const { planId, confirm } = await plan();
    const first = await session.call("proxmox_lxc_action", { ...stop, planId, confirm });
    expect(first.error).toBeUndefined();
    expect(first.data.job).toMatchObject({ type: "vzstop", state: "ok" });
    const again = await session.call("proxmox_lxc_action", { ...stop, planId, confirm });
    expect(again.error?.message).toMatch(/used already|has changed/);
  });
});

describe("PROXMOX_MCP_CONFIRM=human", () => {
  test("a typed name in the call is not enough", async () => {
    const session = await openLabSession({ seed: "small" }, { PROXMOX_MCP_CONFIRM: "human" });
    const stop = { vmid: 103, action: "stop" };
    const { error } = await session.call("proxmox_lxc_action", stop);
    const { planId, confirm } = error!.data!.plan as { planId: string; confirm: string };
    expect(error?.next).toContain("admin approve");
    const refused = await session.call("proxmox_lxc_action", { ...stop, planId, confirm });
    expect(refused.error?.message).toMatch(/only a person/);
    expect(writes(session.lab)).toEqual([]);
    const approve = (id: string) =>
      spawnSync(process.execPath, [BIN, "admin", "approve", id], {
        encoding: "utf8",
        env: { PATH: process.env.PATH, XDG_STATE_HOME: session.stateHome },
      });
    expect(approve("made-up")).toMatchObject({ status: 1, stderr: expect.stringContaining("not made by this server") });
    expect(approve(planId)).toMatchObject({ status: 0, stdout: expect.stringContaining('"dns01"') });
    const passed = await session.call("proxmox_lxc_action", { ...stop, planId, confirm });
    expect(passed.data.job).toMatchObject({ type: "vzstop", state: "ok" });
    await session.close();
  });
});

describe("root@pam and the server's own user and token", () => {
  test.each([
    ["DELETE", "/access/users/root@pam", {}],
    ["PUT", "/access/users/root@pam", { enable: false }],
    ["PUT", "/access/users/root@pam", { expire: 1 }],
    ["DELETE", "/access/users/root@pam/token/lab", {}],
    ["PUT", "/access/acl", { path: "/", users: "root@pam", roles: "Administrator", delete: 1 }],
    ["PUT", "/access/acl", { path: "/", tokens: ["root@pam!lab"], roles: "NoAccess" }],
  ])("are safe from %s %s %j", async (method, path, params) => {
    const session = await openLabSession({ seed: "small" }, { PROXMOX_MCP_ACCESS: "escape" });
    const { error } = await session.call("proxmox_api_call", { method, path, params });
    expect(error?.code).toBe("self-protection");
    expect(writes(session.lab)).toEqual([]);
    await session.close();
  });
});
