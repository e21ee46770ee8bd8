import { afterAll, beforeAll, expect, test } from "vitest";
import { openLabSession } from "../support/session.ts";

type Data = Record<string, unknown>;

// What docs/rollback.md says of taking changes back, tried with one server on one lab.
let session: Awaited<ReturnType<typeof openLabSession>>;

beforeAll(async () => {
  session = await openLabSession({ taskMs: 30 });
});
afterAll(() => session?.close());

/** Calls a tool, and once more with the plan and the typed name where a person has to confirm. */
// biome-ignore lint/suspicious/noExplicitAny: each step knows the shape that it looks at
async function call(tool: string, args: Data): Promise<any> {
  const first = await session.call(tool, args);
  if (first.error?.code !== "confirmation-required") {
    expect(first.error).toBeUndefined();
    return first.data;
  }
  const { planId, confirm } = (first.error.data as { plan: Data }).plan;
  const second = await session.call(tool, { ...args, planId, confirm });
  expect(second.error).toBeUndefined();
  return second.data;
}

const read = async (path: string): Promise<Data> => (await call("proxmox_api_read", { path })).data;
const write = (method: string, path: string, params: Data = {}) => call("proxmox_api_write", { method, path, params });
const config = () => read("/nodes/pve1/qemu/102/config");

test("a configuration, by the plan's diff", async () => {
  const before = await config();
  const change = { vmid: 102, config: { memory: 6144, description: "new" } };
  const { plan } = await call("proxmox_vm_update_config", { ...change, dryRun: true });
  await call("proxmox_vm_update_config", change);
  expect((await config()).memory).not.toEqual(before.memory);
  const diff = plan.diff as { key: string; from?: unknown }[];
  const had = diff.filter(({ from }) => from !== undefined);
  await call("proxmox_vm_update_config", {
    vmid: 102,
    config: Object.fromEntries(had.map(({ key, from }) => [key, from])),
    delete: diff.filter(({ from }) => from === undefined).map(({ key }) => key),
  });
  const { digest: _, ...after } = await config();
  const { digest: __, ...was } = before;
  expect(after).toEqual(was);
});

test("what is pending, by revert", async () => {
  const pending = async () => JSON.stringify(await read("/nodes/pve1/qemu/100/pending"));
  const before = await pending();
  await write("PUT", "/nodes/pve1/qemu/100/config", { cores: 3 });
  expect(await pending()).not.toBe(before);
  await write("PUT", "/nodes/pve1/qemu/100/config", { revert: "cores" });
  expect(await pending()).toBe(before);
});

test("a disk that was taken out, by its volume", async () => {
  const before = await config();
  const key = Object.keys(before).find((name) => /^(scsi|virtio|sata)\d+$/.test(name))!;
  await call("proxmox_vm_update_config", { vmid: 102, delete: [key] });
  const without = await config();
  expect(without[key]).toBeUndefined();
  const volume = String(before[key]).split(",")[0]!;
  expect(Object.values(without)).toContain(volume);
  await write("PUT", "/nodes/pve1/qemu/102/config", { [key]: before[key] });
  expect(String((await config())[key])).toContain(volume);
});

test("a snapshot, and a rollback to it", async () => {
  const path = "/nodes/pve1/qemu/102/snapshot";
  const before = await config();
  await write("POST", path, { snapname: "before" });
  await call("proxmox_vm_update_config", { vmid: 102, config: { cores: 4 } });
  await write("POST", `${path}/before/rollback`);
  expect((await config()).cores).toEqual(before.cores);
  await write("DELETE", `${path}/before`);
  expect(session.lab.state.guests.get(102)?.snapshots).toHaveLength(0);
});

test("a node's network that is not applied yet", async () => {
  await write("POST", "/nodes/pve1/network", { iface: "vmbr7", type: "bridge" });
  expect(JSON.stringify(await read("/nodes/pve1/network"))).toContain("vmbr7");
  await write("DELETE", "/nodes/pve1/network");
  expect(JSON.stringify(await read("/nodes/pve1/network"))).not.toContain("vmbr7");
});

test("a firewall rule, by the position that was read", async () => {
  const path = "/nodes/pve1/qemu/102/firewall/rules";
  const before = JSON.stringify(await read(path));
  await write("POST", path, { type: "in", action: "ACCEPT", comment: "mine" });
  // A new rule comes first, and off.
  expect(JSON.stringify(await read(path))).toContain("mine");
  await write("DELETE", `${path}/0`);
  expect(JSON.stringify(await read(path))).toBe(before);
});

test("power, by the opposite", async () => {
  expect((await call("proxmox_vm_action", { vmid: 102, action: "start" })).status).toBe("running");
  expect((await call("proxmox_vm_action", { vmid: 102, action: "shutdown" })).status).toBe("stopped");
});
