import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import type { Cluster } from "../../src/pve/cluster.ts";
import { AuthenticationError, OutcomeUnknownError, PermissionError } from "../../src/pve/errors.ts";
import type { Send } from "../../src/schema/operation.ts";
import { CALLER, connectTo, recordingGate } from "./test-server.ts";

let lab: Lab;
let cluster: Cluster;
let send: Send;
let guest: { node: string; vmid: number };
const gate = recordingGate();

beforeAll(async () => {
  lab = await startLab({ taskMs: 60, taskVisibleMs: 100, authDelayMs: 10 });
  cluster = connect(lab.token);
  send = cluster.send(CALLER);
  const { guests } = await cluster.resources.get(CALLER);
  const running = [...guests.values()].find((row) => row.type === "qemu" && row.status === "running");
  guest = { node: running!.node, vmid: running!.vmid };
});
afterEach(() => lab.faults.clear());
afterAll(async () => {
  await cluster.close();
  await lab.close();
});

function connect(token: Lab["token"]): Cluster {
  return connectTo([lab], { config: { token }, gate, dependencies: { validate: undefined } });
}

/** Stops the guest, whatever it does. */
async function stop(): Promise<void> {
  await cluster.tasks.wait(CALLER, (await send<string>(STOP, guest)).data, { waitMs: 10_000 });
}

const START = "POST /nodes/{node}/qemu/{vmid}/status/start";
const STOP = "POST /nodes/{node}/qemu/{vmid}/status/stop";
const sentTo = (suffix: string) =>
  lab.requests.filter(({ method, path }) => method === "POST" && path.endsWith(suffix)).length;

describe("against the simulated cluster", () => {
  test("reads, decoded by the schema even when types drift", async () => {
    lab.faults.add({ wrongTypes: true });
    expect((await send<{ version: string }>("GET /version")).data.version).toMatch(/^9\./);
    const { guests, nodes } = await cluster.resources.get(CALLER);
    expect(guests.size).toBe(lab.guests);
    expect(nodes.size).toBe(lab.nodes);
    for (const [vmid, guest] of guests) {
      expect(guest.vmid).toBe(vmid);
      if (guest.maxmem !== undefined) expect(typeof guest.maxmem).toBe("number");
    }
  });

  test("a task from its start, before it is visible, to its end and log", async () => {
    let upid = "";
    // A busy machine may look when the task has ended; it looks again at another one.
    await expect
      .poll(async () => {
        await stop();
        upid = (await send<string>(START, guest)).data;
        return (await cluster.tasks.status(CALLER, upid)).state;
      })
      .toBe("running");
    const done = await cluster.tasks.wait(CALLER, upid, { waitMs: 10_000 });
    expect(done).toMatchObject({ state: "ok", type: "qmstart", id: String(guest.vmid), node: guest.node });
    expect((await cluster.tasks.log(CALLER, upid)).total).toBeGreaterThan(0);
  });

  test.each([
    ["WARNINGS: 1", "warnings"],
    ["unexpected status", "unknown"],
    ["start failed: out of memory", "failed"],
  ])("a task that ends with %s", async (taskOutcome, state) => {
    await stop();
    lab.faults.add({ match: { method: "POST" }, times: 1, taskOutcome });
    const { data: upid } = await send<string>(START, guest);
    const done = await cluster.tasks.wait(CALLER, upid, { waitMs: 10_000 });
    expect(done).toMatchObject({ state, exitstatus: taskOutcome });
  });

  test("a write cut after it was carried out is found in the task list and was sent once", async () => {
    await stop();
    const before = sentTo("/status/start");
    lab.faults.add({ match: { method: "POST", path: /\/status\/start$/ }, times: 1, cutBeforeAnswer: true });
    const { data: upid } = await send<string>(START, guest);
    expect((await cluster.tasks.wait(CALLER, upid, { waitMs: 10_000 })).state).toBe("ok");
    expect(sentTo("/status/start") - before).toBe(1);
    expect(gate.outcomes.find(({ detail }) => detail === upid)).toMatchObject({ outcome: "ok" });
  });

  test("a write cut before it was carried out is unknown, and was sent once", async () => {
    await stop();
    const before = sentTo("/status/start");
    lab.faults.add({ match: { method: "POST", path: /\/status\/start$/ }, times: 1, cutBeforeWork: true });
    await expect(send(START, guest)).rejects.toBeInstanceOf(OutcomeUnknownError);
    expect(sentTo("/status/start") - before).toBeLessThanOrEqual(1);
    expect((await cluster.resources.get(CALLER, { maxAgeMs: 0 })).guests.get(guest.vmid)!.status).toBe("stopped");
  });

  test("a read survives 599 and a cut", async () => {
    lab.faults.add({ match: { path: /^\/version$/ }, times: 1, status: 599 });
    lab.faults.add({ match: { path: /^\/version$/ }, times: 1, cutBeforeWork: true });
    expect((await send<{ version: string }>("GET /version")).data.version).toMatch(/^9\./);
  });

  test("refusals: a wrong secret, a missing right, a missing guest", async () => {
    const stranger = connect({ ...lab.token, secret: "wrong" });
    await expect(stranger.send(CALLER)("GET /version")).rejects.toBeInstanceOf(AuthenticationError);
    await stranger.close();
    const powerless = connect(lab.powerless);
    const denied = await powerless
      .send(CALLER)(START, guest)
      .catch((e: unknown) => e);
    await powerless.close();
    expect(denied).toBeInstanceOf(PermissionError);
    expect((denied as PermissionError).next).toContain(
      `pveum acl modify /vms/${guest.vmid} --tokens 'nobody@pve!powerless'`,
    );
    const missing = send("GET /nodes/{node}/qemu/{vmid}/config", { node: guest.node, vmid: 999_999 });
    await expect(missing).rejects.toMatchObject({ code: "not-found" });
    const gone = `UPID:${guest.node}:00000001:00000001:60000000:qmstart:100:root@pam:`;
    expect((await cluster.tasks.status(CALLER, gone)).state).toBe("unknown");
  });
});
