import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session, type ToolOutcome } from "../support/session.ts";
import { requestsOf, writesOf } from "./rows.ts";

const TOOL = "proxmox_node_action";

type Args = Record<string, unknown>;

let session: Session & { lab: Lab };
let lab: Lab;

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 40 });
  lab = session.lab;
});
afterAll(() => session?.close());
afterEach(() => lab.faults.clear());

/** Calls it as somebody who consents: the plan first, then what it plans. */
async function consented(args: Args, of: Session = session): Promise<ToolOutcome> {
  const asked = await of.call(TOOL, args);
  expect(asked.error?.code).toBe("confirmation-required");
  const { planId, confirm } = asked.error!.data!.plan as { planId: string; confirm: string };
  expect(confirm).toBe(args.node);
  return of.call(TOOL, { ...args, planId, confirm });
}

const plan = async (args: Args) => (await session.call(TOOL, { ...args, dryRun: true })).data.plan;

/** What the last write to a path held. */
const sent = (path: string) => lab.requests.findLast((one) => one.method === "POST" && one.path === path)?.params;

const guest = (vmid: number) => lab.state.guests.get(vmid)!;

describe("a plan says what goes down", () => {
  test.each(["reboot", "shutdown"])("with a %s: guests, HA, quorum, running tasks", async (action) => {
    const before = writesOf(lab);
    const { warnings, requests, class: needed } = await plan({ node: "pve2", action });
    expect(requests).toEqual([{ operation: "POST /nodes/{node}/status", params: { node: "pve2", command: action } }]);
    expect(needed).toBe("destructive");
    const running = [...lab.state.guests.values()].filter((one) => one.node === "pve2" && one.running);
    expect(warnings[0]).toMatch(
      /^Running guests that go down with it \(\d+\): 107 \(ha-running\), 109 .* and \d+ more\.$/,
    );
    expect(warnings[0]).toContain(`(${running.length})`);
    expect(warnings[1]).toBe(
      "107 (ha-running): managed by HA, so the datacenter's shutdown policy decides whether they stop, wait or move to another node.",
    );
    expect(warnings).toContain("The cluster keeps its quorum: 2 of 3 nodes are left.");
    expect(warnings.join()).not.toContain("answers this server");
    expect(writesOf(lab)).toEqual(before);
  });

  test("the quorum, when it would be lost", async () => {
    lab.state.setNodeOnline("pve3", false);
    const { warnings } = await plan({ node: "pve2", action: "reboot" });
    lab.state.setNodeOnline("pve3", true);
    expect(warnings).toContainEqual(
      expect.stringMatching(/^With pve2 gone, 1 of 3 nodes are left, and 2 are needed: .*loses its quorum.*fence/),
    );
  });

  test("a quorum that is lost already", async () => {
    lab.state.quorumLost = true;
    const { warnings } = await plan({ node: "pve2", action: "reboot" });
    lab.state.quorumLost = false;
    expect(warnings).toContain("The cluster has no quorum now.");
  });

  test("the node that carries this server's connection", async () => {
    expect((await plan({ node: "pve1", action: "reboot" })).warnings).toContain(
      "pve1 is the node that answers this server: it is cut off until pve1 is back.",
    );
    expect((await plan({ node: "pve1", action: "shutdown" })).warnings).toContain(
      "pve1 is the node that answers this server: it is cut off until pve1 is back, which takes somebody at its power.",
    );
  });

  test("tasks that run there", async () => {
    lab.state.tasks.start({ node: "pve2", type: "vzdump", id: "107", user: "root@pam", weight: 1000 });
    const { warnings } = await plan({ node: "pve2", action: "reboot" });
    for (const task of lab.state.tasks.all()) if (task.type === "vzdump") lab.state.tasks.cancel(task);
    expect(warnings).toContain("Tasks run there and would be cut off: vzdump 107.");
  });

  test("what could not be read", async () => {
    lab.faults.add({ match: { path: /^\/cluster\/status$/ }, status: 500, reason: "got timeout" });
    const { warnings } = await plan({ node: "pve2", action: "reboot" });
    expect(warnings).toContainEqual(expect.stringMatching(/^The quorum could not be read \(.*got timeout/));
  });

  test("with a bulk action: whom it concerns, whom it leaves alone", async () => {
    const stop = await plan({ node: "pve2", action: "stopall" });
    expect(stop.warnings).toContainEqual(expect.stringMatching(/^Guests to shut down \(\d+\): 109 \(no-agent\)/));
    expect(stop.warnings).toContain(
      "107 (ha-running): managed by HA, so this leaves them alone: name them in vmids to include them.",
    );
    const suspend = await plan({ node: "pve1", action: "suspendall", vmids: [100, "dns01"] });
    expect(suspend.warnings).toContain("VMs to suspend to disk (1): 100 (web01).");
    expect(suspend.warnings).toContain("Containers are not suspended, and keep running: 103 (dns01).");
    const move = await plan({ node: "pve1", action: "migrateall", target: "pve2", vmids: [103, 105] });
    expect(move.warnings).toContain("Running containers are restarted on the way: 103 (dns01).");
    expect(move.warnings).toContain("Locked, so that it may fail for them: 105 (db-locked).");
    expect(move.requests[0].params).toEqual({ node: "pve1", target: "pve2", vms: ["103", "105"], maxworkers: 1 });
  });

  test("whether the target has the memory", async () => {
    const big = guest(100);
    const before = big.config.memory!;
    big.config.memory = "4000000";
    lab.state.touch(big);
    const { warnings } = await plan({ node: "pve1", action: "migrateall", target: "pve2", vmids: [100] });
    big.config.memory = before;
    lab.state.touch(big);
    expect(warnings).toContainEqual(
      expect.stringMatching(/^They may need 3906\.3 GiB of memory, and pve2 has \S+ GiB free\.$/),
    );
  });
});

describe("a bulk action is judged by its guests", () => {
  test("which all did well", async () => {
    const { data, error } = await session.call(TOOL, { node: "pve1", action: "startall", vmids: [102] });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({
      node: "pve1",
      action: "startall",
      job: { type: "startall", state: "ok" },
      guests: { ok: 1, failed: [] },
    });
    expect(guest(102).running).toBe(true);
    // Named guests are meant to start, whether or not they start at boot.
    expect(sent("/nodes/pve1/startall")).toMatchObject({ vms: "102", force: "1" });
  });

  test("although its own task ends OK (one guest does not start)", async () => {
    const { data, error } = await session.call(TOOL, {
      node: "pve1",
      action: "startall",
      vmids: ["legacy-app", "with-warnings"],
    });
    expect(error).toMatchObject({
      code: "guests-failed",
      message: expect.stringMatching(
        /^startall on pve1: 1 of 2 guests failed, first 101 \(legacy-app\): .*missing\.iso/,
      ),
      data: {
        job: { state: "ok" },
        guests: {
          ok: 1,
          failed: [{ vmid: 101, name: "legacy-app", upid: expect.stringMatching(/^UPID:pve1:.*:qmstart:101:/) }],
        },
      },
    });
    expect(data).toBeDefined();
  });

  test("also a guest for which no task was started", async () => {
    const args = { node: "pve2", action: "suspendall", vmids: [107] };
    expect((await plan(args)).warnings).toContain("107 (ha-running): managed by HA, which refuses to suspend them.");
    const { error } = await consented(args);
    expect(error).toMatchObject({
      code: "guests-failed",
      message: "suspendall on pve2: 1 of 1 guests failed, first 107 (ha-running): no task was started for it.",
      data: {
        job: { state: "ok" },
        guests: {
          ok: 0,
          failed: [{ vmid: 107, name: "ha-running", exitstatus: "no task was started for it" }],
          log: [expect.stringContaining("Cannot suspend HA managed VM to disk")],
        },
      },
    });
    expect(guest(107).running).toBe(true);
  });

  test("that ignore a shutdown, when they are not killed", async () => {
    const spared = await consented({ node: "pve3", action: "stopall", vmids: ["stubborn"], force: false });
    expect(spared.error).toMatchObject({
      code: "guests-failed",
      data: { guests: { failed: [{ vmid: 110, exitstatus: expect.stringContaining("timeout") }] } },
    });
    expect(sent("/nodes/pve3/stopall")).toMatchObject({ vms: "110", "force-stop": "0" });
    const killed = await consented({ node: "pve3", action: "stopall", vmids: [110], timeoutSeconds: 5 });
    expect(killed.error).toBeUndefined();
    expect(killed.data.guests).toEqual({ ok: 1, failed: [] });
    expect(sent("/nodes/pve3/stopall")).toMatchObject({ timeout: "5" });
    expect(guest(110).running).toBe(false);
  });

  test("that are suspended", async () => {
    const { data, error } = await consented({ node: "pve1", action: "suspendall", vmids: [100] });
    expect(error).toBeUndefined();
    expect(data.guests).toEqual({ ok: 1, failed: [] });
    await session.call(TOOL, { node: "pve1", action: "startall", vmids: [100] });
  });

  test("that move, and those that cannot", async () => {
    const moved = await consented({ node: "pve1", action: "migrateall", target: "pve2", vmids: [102] });
    expect(moved.error).toBeUndefined();
    expect(moved.data.guests).toEqual({ ok: 1, failed: [] });
    expect(guest(102).node).toBe("pve2");
    const stuck = await consented({ node: "pve1", action: "migrateall", target: "pve3", vmids: [105] });
    expect(stuck.error).toBeDefined();
    expect(stuck.error?.data).toMatchObject({ guests: { failed: [{ vmid: 105, name: "db-locked" }] } });
    expect(guest(105).node).toBe("pve1");
  });

  test("that HA moves in its own time", async () => {
    const { data, error } = await consented({ node: "pve2", action: "migrateall", target: "pve3", vmids: [107] });
    expect(error).toBeUndefined();
    expect(data.warnings).toContainEqual(expect.stringMatching(/^HA has only taken the request for 107/));
  });

  test("and says when there was none", async () => {
    const { data, error } = await session.call(TOOL, { node: "pve2", action: "startall", vmids: [109] });
    expect(error).toBeUndefined();
    expect(data.guests).toEqual({ ok: 0, failed: [] });
    expect(data.warnings).toContain("No guest was concerned, so nothing was done.");
  });

  test("and does not judge what still runs", async () => {
    const slow = await openLabSession({ seed: "small", taskMs: 60_000 });
    const { data, error } = await slow.call(TOOL, { node: "pve1", action: "startall", vmids: [102], waitSeconds: 0 });
    await slow.close();
    expect(error).toBeUndefined();
    expect(data).toMatchObject({
      job: { state: "running" },
      warnings: [expect.stringContaining("will end OK even if guests fail")],
    });
    expect(data).not.toHaveProperty("guests");
  });

  test("and says when they cannot be looked at", async () => {
    lab.faults.add({ match: { method: "GET", path: /^\/nodes\/pve1\/tasks$/ }, status: 500, reason: "got timeout" });
    const { data, error } = await session.call(TOOL, { node: "pve1", action: "startall", vmids: [113] });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({
      job: { state: "ok" },
      warnings: [expect.stringMatching(/^How the guests fared could not be read \(.*got timeout/)],
    });
  });

  test("whose own task failed is a failure", async () => {
    lab.faults.add({ fault: "task-ends", text: "startall went wrong", match: { method: "POST", path: /startall$/ } });
    const { error } = await session.call(TOOL, { node: "pve1", action: "startall", vmids: [113] });
    expect(error).toMatchObject({ code: "task-failed", message: expect.stringContaining("startall went wrong") });
  });
});

describe("a node", () => {
  test("is restarted once it is confirmed, whatever its load and uptime are by then", async () => {
    const args = { node: "pve3", action: "reboot", waitSeconds: 60 };
    const asked = await session.call(TOOL, args);
    const { planId, confirm } = asked.error!.data!.plan as { planId: string; confirm: string };
    const node = lab.state.nodes.get("pve3")!;
    node.bootedAt -= 5_000_000;
    const booted = node.bootedAt;
    const { data, error } = await session.call(TOOL, { ...args, planId, confirm });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ node: "pve3", action: "reboot", status: "online" });
    expect(data).not.toHaveProperty("warnings");
    expect(lab.state.nodes.get("pve3")!.bootedAt).toBeGreaterThan(booted);
  });

  test("that goes down in other words than expected is waited for; an answer that fails is no restart", async () => {
    lab.state.nodes.get("pve3")!.bootedAt -= 5_000_000;
    lab.faults.add({ match: { method: "POST", path: /pve3\/status$/ }, data: null });
    const args = { node: "pve3", action: "reboot", waitSeconds: 2 };
    const asked = await session.call(TOOL, args);
    const { planId, confirm } = asked.error!.data!.plan as { planId: string; confirm: string };
    lab.faults.add({
      match: { path: /^\/cluster\/resources$/ },
      skip: 1,
      times: 1,
      status: 401,
      reason: "no such token",
    });
    const { data, error } = await session.call(TOOL, { ...args, planId, confirm });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ status: "online", warnings: [expect.stringContaining("The request was taken")] });
  });

  test("that answers this server is restarted too", async () => {
    const { data, error } = await consented({ node: "pve1", action: "reboot", waitSeconds: 60 });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ status: "online" });
  });

  test("is shut down, and woken while it is offline", async () => {
    const off = await consented({ node: "pve3", action: "shutdown", waitSeconds: 60 });
    expect(off.error).toBeUndefined();
    expect(off.data).toMatchObject({ status: "offline" });
    expect(off.data).not.toHaveProperty("warnings");
    const refused = await session.call(TOOL, { node: "pve3", action: "reboot" });
    expect(refused.error).toMatchObject({ code: "node-offline" });
    const unset = await session.call(TOOL, { node: "pve3", action: "wakeonlan" });
    expect(unset.error?.message).toContain("No wake on LAN MAC address defined");
    lab.state.hosts.of("pve3").config.update({ wakeonlan: "BC:24:11:AA:BB:CC" }, []);
    const dry = await plan({ node: "pve3", action: "wakeonlan" });
    expect(dry).toMatchObject({ class: "mutate", allowed: true });
    const { result, requests } = await requestsOf(lab, () =>
      session.call(TOOL, { node: "pve3", action: "wakeonlan", waitSeconds: 60 }),
    );
    expect(result.error).toBeUndefined();
    expect(result.data).toMatchObject({ status: "online", mac: "BC:24:11:AA:BB:CC" });
    expect(requests).toContain("POST /nodes/pve3/wakeonlan");
    expect(lab.state.nodes.get("pve3")!.online).toBe(true);
  });

  test("that has only taken the request is not said to be there", async () => {
    const slow = await openLabSession({ seed: "medium", taskMs: 60_000 });
    const asked = await consented({ node: "pve2", action: "shutdown", waitSeconds: 0 }, slow);
    await slow.close();
    expect(asked.error).toBeUndefined();
    expect(asked.data).toMatchObject({
      status: "online",
      warnings: [expect.stringContaining("proxmox_cluster_status shows when it is off")],
    });
  });

  test("that is online is woken with a warning", async () => {
    expect((await plan({ node: "pve2", action: "wakeonlan" })).warnings).toEqual([
      "pve2 is seen as online: there may be nothing to wake.",
    ]);
  });
});

describe("is refused before anything is sent:", () => {
  test.each([
    [{ node: "pve9", action: "reboot" }, "unknown-node", /Did you mean|Known nodes/],
    [{ node: "pve1", action: "migrateall" }, "invalid-argument", /target is missing/],
    [{ node: "pve1", action: "migrateall", target: "pve1" }, "invalid-argument", /target is the node itself/],
    [{ node: "pve1", action: "migrateall", target: "pve8" }, "unknown-node", /"pve8"/],
    [{ node: "pve1", action: "reboot", vmids: [100] }, "invalid-argument", /vmids does nothing for reboot/],
    [{ node: "pve1", action: "startall", target: "pve2" }, "invalid-argument", /startall takes vmids, force/],
    [{ node: "pve1", action: "suspendall", force: true }, "invalid-argument", /force does nothing for suspendall/],
    [{ node: "pve1", action: "stopall", withLocalDisks: true }, "invalid-argument", /withLocalDisks does nothing/],
    [{ node: "pve1", action: "stopall", vmids: [109] }, "invalid-argument", /109 \(no-agent\), which is on pve2/],
    [{ node: "pve1", action: "stopall", vmids: ["twin"] }, "ambiguous-guest", /115 .*116/],
    [{ node: "pve1", action: "stopall", vmids: ["wbe01"] }, "unknown-guest", /Did you mean "web01"/],
    [{ node: "pve1", action: "stopall", vmids: [] }, "invalid-argument", /vmids is empty/],
    [{ node: "pve1", action: "restart" }, "invalid-arguments", /action/],
    [{ node: "pve1", action: "stopall", timeoutSeconds: 100_000 }, "invalid-parameters", /timeout/],
    [{ action: "reboot" }, "invalid-arguments", /node/],
  ])("%o", async (args, code, says) => {
    const before = writesOf(lab);
    const { error } = await session.call(TOOL, { ...args, dryRun: true });
    expect(error?.code).toBe(code);
    expect(`${error?.message} ${error?.next}`).toMatch(says);
    expect(writesOf(lab)).toEqual(before);
  });

  test("a target that is offline", async () => {
    lab.state.setNodeOnline("pve3", false);
    const { error } = await session.call(TOOL, { node: "pve1", action: "migrateall", target: "pve3" });
    lab.state.setNodeOnline("pve3", true);
    expect(error).toMatchObject({ code: "node-offline", message: expect.stringContaining("pve3") });
  });

  test("a confirmation of another action", async () => {
    const asked = await session.call(TOOL, { node: "pve2", action: "reboot" });
    const { planId, confirm } = asked.error!.data!.plan as { planId: string; confirm: string };
    const before = writesOf(lab);
    const { error } = await session.call(TOOL, { node: "pve2", action: "shutdown", planId, confirm });
    expect(error).toBeDefined();
    expect(writesOf(lab)).toEqual(before);
  });
});

test("a standalone node is known for the one that answers", async () => {
  const small = await openLabSession({ seed: "small", taskMs: 40 });
  const { data } = await small.call(TOOL, { node: "pve1", action: "shutdown", dryRun: true });
  await small.close();
  expect(data.plan.warnings).toContainEqual(expect.stringMatching(/^pve1 is the node that answers this server/));
  expect(data.plan.warnings.join()).not.toContain("quorum");
});
