import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { CallContext } from "../../src/mcp/services.ts";
import { createSubscriptions } from "../../src/mcp/subscriptions/index.ts";
import { ClusterPoll, type Watch } from "../../src/mcp/subscriptions/poll.ts";
import { type Era, openLabSession } from "../support/session.ts";

const logsOf = (job: string) => `proxmox://jobs/${encodeURIComponent(job)}/logs`;

describe.each<Era>(["2026-07-28", "2025"])("subscriptions of a client of the %s era", (era) => {
  let session: Awaited<ReturnType<typeof openLabSession>>;
  beforeAll(async () => {
    session = await openLabSession({ seed: "small", taskMs: 4000 }, {}, era);
  });
  afterAll(() => session?.close());

  test("tell of a guest that somebody else changed, and of no other", async () => {
    const ends = await Promise.all(
      ["proxmox://guests/100", "proxmox://guests/103"].map((uri) => session.subscribe(uri)),
    );
    // The same again: watched once, and told once.
    if (era !== "2025") ends.push(await session.subscribe("proxmox://guests/100"));
    const guest = session.lab.state.guests.get(100)!;
    await expect
      .poll(() => {
        guest.config.tags = `t${session.updates.length}-${Date.now()}`;
        session.lab.state.touch(guest);
        return session.updates;
      })
      .toContain("proxmox://guests/100");
    expect(session.updates).not.toContain("proxmox://guests/103");
    for (const end of ends) await end();
    const lines = (await session.record()).filter(({ tool }) => tool !== "resource-index");
    expect(lines).toEqual([]);
  });

  test("tell of a job whose log grows, and that ends", async () => {
    const { data } = await session.call("proxmox_vm_action", { vmid: 102, action: "start", waitSeconds: 0 });
    const uri = logsOf(data.job.id);
    const end = await session.subscribe(uri);
    const state = async () => JSON.parse((await session.readResource(uri)).text!).job.state;
    await expect.poll(() => session.updates).toContain(uri);
    await expect.poll(state).toBe("ok");
    const told = () => session.updates.filter((one) => one === uri).length;
    await expect.poll(told).toBeGreaterThan(0);
    await end();
    await session.call("proxmox_vm_action", { vmid: 102, action: "shutdown", waitSeconds: 60 });
  });

  test.each(["proxmox://guests/999", "proxmox://inventory", logsOf("default/UPID:nonsense#x"), "file:///etc/passwd"])(
    "to %s come to nothing",
    async (uri) => {
      // A stream can only be acknowledged; a subscription can be refused.
      if (era === "2025") await expect(session.subscribe(uri)).rejects.toMatchObject({ code: -32602, data: { uri } });
      else await (await session.subscribe(uri))();
      expect(session.updates).not.toContain(uri);
    },
  );
});

describe("the look at a cluster", () => {
  const GUEST = (vmid: number) => ({ id: `qemu/${vmid}`, type: "qemu", vmid, node: "pve1", status: "running" });
  const calls: string[] = [];
  let guests: Map<number, Record<string, unknown>>;
  let tasks: Record<string, unknown>[];
  let lines: number;
  let down: boolean;
  const context = {
    signal: undefined,
    cluster: () => ({
      send: async () => {
        calls.push("tasks");
        return { data: tasks };
      },
      cluster: {
        resources: {
          get: async () => {
            calls.push("resources");
            if (down) throw new Error("down");
            return { guests };
          },
        },
        tasks: {
          log: async () => {
            calls.push("log");
            return { total: lines };
          },
          status: async () => {
            calls.push("status");
            return { state: "running" };
          },
        },
      },
    }),
  } as unknown as CallContext;
  let poll: ClusterPoll;
  beforeEach(() => {
    vi.useFakeTimers();
    calls.length = 0;
    guests = new Map([100, 101].map((vmid) => [vmid, GUEST(vmid)]));
    tasks = [{ upid: "UPID:a" }];
    lines = 1;
    down = false;
    poll = new ClusterPoll("home", () => context);
  });
  afterEach(() => vi.useRealTimers());

  const watch = (target: Watch["target"]) => {
    const one = { target, changed: vi.fn() };
    poll.add(one);
    return one;
  };
  const stateOf = (vmid: number) =>
    JSON.stringify({ cluster: "home", vmid, type: "qemu", node: "pve1", status: "running" });
  const guest = (vmid: number) => watch({ cluster: "home", guest: vmid, state: stateOf(vmid) });
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  test("is one for all subscribers, goes on while there are any, and ends with the last", async () => {
    const all = [guest(100), guest(100), guest(101)];
    await pass(16_000);
    expect(calls).toEqual(Array(4).fill("resources"));
    guests.set(100, { ...GUEST(100), status: "stopped" });
    await pass(5000);
    expect(all.map(({ changed }) => changed.mock.calls.length)).toEqual([1, 1, 0]);
    guests.delete(101);
    await pass(5000);
    expect(all[2]!.changed).toHaveBeenCalledTimes(1);
    for (const one of all) poll.remove(one);
    calls.length = 0;
    await pass(60_000);
    expect(calls).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("tells of what changed between the subscription and the first look", async () => {
    const one = watch({ cluster: "home", guest: 100, state: stateOf(100).replace("running", "stopped") });
    await pass(1);
    expect(one.changed).toHaveBeenCalledTimes(1);
  });

  test("follows a job to its end, and no further", async () => {
    const one = watch({ cluster: "home", upid: "UPID:a" });
    await pass(5000);
    expect(one.changed).toHaveBeenCalledTimes(0);
    expect(calls).toEqual(["tasks", "log", "tasks", "log"]);
    lines = 5;
    await pass(5000);
    expect(one.changed).toHaveBeenCalledTimes(1);
    tasks = [{ upid: "UPID:a", endtime: 1, status: "OK" }];
    await pass(5000);
    expect(one.changed).toHaveBeenCalledTimes(2);
    calls.length = 0;
    await pass(60_000);
    expect(calls).toEqual([]);
    // Who comes later is told once, too.
    poll.remove(one);
    const late = watch({ cluster: "home", upid: "UPID:a" });
    await pass(1);
    expect(late.changed).toHaveBeenCalledTimes(1);
  });

  test("asks for a job itself when the list has forgotten it", async () => {
    tasks = [];
    watch({ cluster: "home", upid: "UPID:a" });
    await pass(1);
    expect(calls).toEqual(["tasks", "status", "log"]);
  });

  test("comes less often while the cluster does not answer", async () => {
    const one = guest(100);
    down = true;
    await pass(60_000);
    expect(calls.length).toBeLessThan(6);
    down = false;
    guests.set(100, { ...GUEST(100), status: "stopped" });
    await pass(60_000);
    expect(one.changed).toHaveBeenCalledTimes(1);
  });
});

test("no more than a hundred addresses are watched for one caller, and one that is given back makes room", async () => {
  const jobs = { parse: (id: string) => ({ cluster: "home", upid: id }) };
  const subscriptions = createSubscriptions(() => ({ jobs, principal: "me" }) as unknown as CallContext);
  const me = { principal: "me" };
  const ends: ((() => void) | undefined)[] = [];
  for (let index = 0; index < 100; index++) ends.push(await subscriptions.watch(me, logsOf(`job${index}`), () => {}));
  await expect(subscriptions.watch(me, logsOf("more"), () => {})).rejects.toThrow(/100 resources/);
  ends[0]!();
  ends[0]!();
  expect(await subscriptions.watch(me, logsOf("more"), () => {})).toBeTypeOf("function");
  await expect(subscriptions.watch(me, logsOf("again"), () => {})).rejects.toThrow(/100 resources/);
  // What one has too much of, another one has not.
  expect(await subscriptions.watch({ principal: "you" }, logsOf("more"), () => {})).toBeTypeOf("function");
  subscriptions.close();
});
