import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { requestsOf, writesOf } from "../tools/rows.ts";

let session: Session & { lab: Lab };
let lab: Lab;

beforeAll(async () => {
  session = await openLabSession({ seed: "small", taskMs: 60 }, { PROXMOX_REQUEST_TIMEOUT_MS: "1500" });
  lab = session.lab;
});
afterEach(() => lab.faults.clear());
afterAll(() => session?.close());

const START = { method: "POST", path: /^\/nodes\/pve1\/qemu\/102\/status\/start$/ };
const start = () => session.call("proxmox_vm_action", { vmid: 102, action: "start" });

describe("a write whose connection is cut", () => {
  test("after the work is found in the task list, and was sent once", async () => {
    lab.faults.add({ match: START, cutBeforeAnswer: true });
    const { result, requests } = await requestsOf(lab, start);
    expect(result.error).toBeUndefined();
    expect(result.data.job).toMatchObject({ state: "ok", type: "qmstart" });
    expect(lab.state.guests.get(102)!.running).toBe(true);
    expect(requests.filter((request) => request.startsWith("POST "))).toHaveLength(1);
  });

  test("before the work has an unknown outcome, and was sent once", async () => {
    lab.state.powerOff(lab.state.guests.get(102)!);
    lab.faults.add({ match: START, cutBeforeWork: true });
    const before = writesOf(lab).length;
    const { error } = await start();
    expect(error).toMatchObject({
      code: "outcome-unknown",
      message: expect.stringContaining("sent once"),
      next: expect.stringContaining("Do not repeat it blindly"),
    });
    expect(writesOf(lab).slice(before)).toEqual(["POST /nodes/pve1/qemu/102/status/start"]);
    expect(lab.state.guests.get(102)!.running).toBe(false);
    const after = (await session.record())
      .filter(({ phase, class: of }) => phase === "after" && of === "mutate")
      .at(-1);
    expect(after).toMatchObject({ outcome: "unknown", detail: "outcome-unknown" });
  });

  test("and starts no task is told how to be looked up, and was sent once", async () => {
    lab.faults.add({ match: { method: "PUT" }, cutBeforeAnswer: true });
    const { result, requests } = await requestsOf(lab, () =>
      session.call("proxmox_api_call", {
        method: "PUT",
        path: "/nodes/pve1/qemu/100/config",
        params: { description: "changed" },
      }),
    );
    expect(result.error).toMatchObject({
      code: "outcome-unknown",
      next: expect.stringContaining("GET /nodes/pve1/qemu/100/config"),
    });
    expect(requests.filter((request) => request.startsWith("PUT "))).toHaveLength(1);
  });

  test("by a time limit is sent once, too", async () => {
    lab.faults.add({ match: START, hang: true, times: 1 });
    const { result, requests } = await requestsOf(lab, start);
    expect(result.error?.code).toBe("outcome-unknown");
    expect(requests.filter((request) => request.startsWith("POST "))).toHaveLength(1);
  });
});

test("a read whose connection is cut is made again", async () => {
  lab.faults.add({ match: { method: "GET", path: /^\/nodes\/pve1\/status$/ }, cutBeforeAnswer: true, times: 1 });
  const { result, requests } = await requestsOf(lab, () => session.call("proxmox_node_get", { node: "pve1" }));
  expect(result.error).toBeUndefined();
  expect(requests.filter((request) => request === "GET /nodes/pve1/status")).toHaveLength(2);
});
