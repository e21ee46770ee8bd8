import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { guestAddresses } from "../../src/tools/agent/addresses.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { requestsOf } from "./rows.ts";

let session: Session & { lab: Lab };
let lab: Lab;
const guest = (vmid: number) => lab.state.guests.get(vmid)!;

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 40, agentMs: 1 });
  lab = session.lab;
});
afterEach(() => lab.faults.clear());
afterAll(() => session?.close());

const READING = ["proxmox_vm_agent_ping", "proxmox_vm_agent_info"];

describe.each(READING)("%s", (tool) => {
  test.each([
    ["web01", "answers", undefined],
    ["no-agent", "not-configured", /agent=1/],
    ["build01", "vm-stopped", /Start the VM/],
    ["agent-dead", "not-answering", /install and start qemu-guest-agent/],
  ])("of %s says %s, as an answer", async (vmid, state, next) => {
    const { data, error } = await session.call(tool, { vmid });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ cluster: "default", name: vmid, state });
    if (next === undefined) expect(data).not.toHaveProperty("next");
    else expect(data.next).toMatch(next);
  });

  test("asks an agent that does not answer once", async () => {
    const { requests } = await requestsOf(lab, () => session.call(tool, { vmid: "agent-dead" }));
    expect(requests.filter((request) => request.includes("/agent/"))).toHaveLength(1);
  });

  test("tells a missing privilege as the error that it is", async () => {
    lab.faults.add({ fault: "forbidden", text: "Permission check failed (/vms/100, VM.GuestAgent.Audit)" });
    const { error } = await session.call(tool, { vmid: 100 });
    lab.faults.clear();
    expect(error).toMatchObject({ code: "permission-denied", next: expect.stringContaining("PVEAuditor") });
  });

  test.each([
    ["twin", "ambiguous-guest"],
    ["nobody", "unknown-guest"],
    ["dns01", "wrong-guest-kind"],
  ])("refuses %s: %s", async (vmid, code) => {
    expect((await session.call(tool, { vmid })).error?.code).toBe(code);
  });

  test("follows a guest that has moved", async () => {
    await session.call(tool, { vmid: 102 });
    const build = guest(102);
    const before = build.node;
    build.node = before === "pve1" ? "pve3" : "pve1";
    const { data } = await session.call(tool, { vmid: 102 });
    expect(data).toMatchObject({ state: "vm-stopped" });
    build.node = before;
  });
});

describe("proxmox_vm_agent_ping", () => {
  test("that waits wants two answers in a row", async () => {
    const { result, requests } = await requestsOf(lab, () =>
      session.call("proxmox_vm_agent_ping", { vmid: 100, waitSeconds: 4 }),
    );
    expect(result.data).toMatchObject({ state: "answers", steady: true });
    expect(requests.filter((request) => request.endsWith("/agent/ping"))).toHaveLength(2);
  });

  test.each(["no-agent", "build01"])("does not wait for what time does not mend: %s", async (vmid) => {
    const { requests } = await requestsOf(lab, () => session.call("proxmox_vm_agent_ping", { vmid, waitSeconds: 600 }));
    expect(requests.filter((request) => request.endsWith("/agent/ping"))).toHaveLength(1);
  });

  test("does not call an agent steady that answered once before the time was up", async () => {
    const { data } = await session.call("proxmox_vm_agent_ping", { vmid: 100, waitSeconds: 1 });
    expect(data).toMatchObject({ state: "answers", steady: false });
  });
});

describe("proxmox_vm_agent_info", () => {
  test("bears what no agent should say: no address, no date", async () => {
    const links = [{ name: "eth0", "ip-addresses": [null, { "ip-address": "192.0.2.7", prefix: 24 }] }];
    const users = [{ user: "ann", "login-time": 1e20 }];
    lab.faults.add({ match: { path: /\/100\/agent\/network-get-interfaces$/ }, data: { result: links } });
    lab.faults.add({ match: { path: /\/100\/agent\/get-users$/ }, data: { result: users } });
    const { data, error } = await session.call("proxmox_vm_agent_info", { vmid: 100 });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ addresses: { rows: [["192.0.2.7/24", "eth0"]] }, users: { rows: [["ann"]] } });
  });

  test("shows the guest from inside, in both forms", async () => {
    const answer = await session.call("proxmox_vm_agent_info", { vmid: 100 });
    expect(answer.data).toMatchObject({
      version: "10.0.3",
      hostname: "web01",
      os: { id: "debian", name: "Debian GNU/Linux 13 (trixie)", machine: "x86_64" },
      timezone: "UTC+00:00 (UTC)",
      filesystems: {
        columns: ["mountpoint", "type", "total", "used"],
        rows: [["/", "ext4", expect.any(Number), expect.any(Number)]],
      },
      users: { columns: ["user", "since"], rows: [["debian", expect.stringMatching(/^20.*Z$/)]] },
    });
    expect(answer.data).not.toHaveProperty("incomplete");
    expect(JSON.parse(answer.text)).toEqual(answer.data);
    expect(answer.text.length).toBeLessThan(1500);
  });

  test("puts link-local addresses last and leaves container bridges out", async () => {
    guest(100).traits.bridges = ["docker0", "br-4f2"];
    const { data } = await session.call("proxmox_vm_agent_info", { vmid: 100 });
    delete guest(100).traits.bridges;
    expect(data.addresses.columns).toEqual(["address", "interface", "nic"]);
    expect(data.addresses.rows).toEqual([
      [`${guest(100).addresses[0]}/24`, "eth0", "net0"],
      [expect.stringMatching(/^fe80::/), "eth0", "net0"],
    ]);
    expect(data.otherInterfaces).toEqual(["docker0", "br-4f2"]);
  });

  test("does not ask for what the agent has disabled, and says so", async () => {
    guest(100).traits.agentRefuses = ["guest-get-users", "guest-exec"];
    const { result, requests } = await requestsOf(lab, () => session.call("proxmox_vm_agent_info", { vmid: 100 }));
    delete guest(100).traits.agentRefuses;
    expect(result.data).toMatchObject({
      hostname: "web01",
      disabled: expect.arrayContaining(["guest-exec", "guest-get-users"]),
      incomplete: [{ part: "users", reason: expect.stringContaining("guest-get-users") }],
    });
    expect(result.data).not.toHaveProperty("users");
    expect(requests).not.toContain("GET /nodes/pve1/qemu/100/agent/get-users");
  });

  test("takes an error inside of a good answer for the error that it is", async () => {
    const path = /\/100\/agent\/get-osinfo$/;
    lab.faults.add({ match: { path }, data: { result: { error: { class: "GenericError", desc: "no such thing" } } } });
    const { data, error } = await session.call("proxmox_vm_agent_info", { vmid: 100 });
    expect(error).toBeUndefined();
    expect(data.incomplete).toEqual([{ part: "os", reason: expect.stringContaining("no such thing") }]);
    expect(data).not.toHaveProperty("os");
  });

  test("makes do without the configuration", async () => {
    lab.faults.add({
      match: { path: /\/100\/config$/ },
      status: 403,
      reason: "Permission check failed (/vms/100, VM.Audit)",
    });
    guest(100).traits.bridges = ["docker0"];
    const { data } = await session.call("proxmox_vm_agent_info", { vmid: 100 });
    delete guest(100).traits.bridges;
    expect(data.incomplete).toEqual([{ part: "config", reason: expect.stringContaining("VM.Audit") }]);
    expect(data.addresses.rows[0][0]).toBe(`${guest(100).addresses[0]}/24`);
    expect(data.otherInterfaces).toEqual(["docker0"]);
  });

  test("takes few requests", async () => {
    await session.call("proxmox_vm_list", { limit: 1 });
    const { requests } = await requestsOf(lab, () => session.call("proxmox_vm_agent_info", { vmid: 100 }));
    expect(requests.length).toBeLessThanOrEqual(9);
  });

  test("stays small however much the guest has", async () => {
    const many = Array.from({ length: 3000 }, (_, index) => ({
      name: `sd${index}`,
      mountpoint: `/var/lib/kubelet/pods/${"0123456789abcdef".repeat(2)}/volumes/${index}`,
      type: "ext4",
      "total-bytes": 1e12 + index,
      "used-bytes": 1e11 + index,
      disk: [],
    }));
    const links = Array.from({ length: 3000 }, (_, index) => ({
      name: `cali${index}`,
      "hardware-address": "ee:ee:ee:ee:ee:ee",
      "ip-addresses": [{ "ip-address": "fe80::ecee:eeff:feee:eeee", "ip-address-type": "ipv6", prefix: 64 }],
    }));
    const users = Array.from({ length: 3000 }, (_, index) => ({ user: `user-${index}`, "login-time": index }));
    lab.faults.add({ match: { path: /\/100\/agent\/get-fsinfo$/ }, data: { result: many } });
    lab.faults.add({ match: { path: /\/100\/agent\/network-get-interfaces$/ }, data: { result: links } });
    lab.faults.add({ match: { path: /\/100\/agent\/get-users$/ }, data: { result: users } });
    const { data, text } = await session.call("proxmox_vm_agent_info", { vmid: 100 });
    expect(data.filesystems).toMatchObject({ total: 3000, rows: { length: 40 } });
    expect(data.users).toMatchObject({ total: 3000, rows: { length: 20 } });
    expect(data.otherInterfaces).toHaveLength(40);
    expect(text.length).toBeLessThan(12_000);
  });

  test.each(["7.4", "8.4"] as const)("asks %s for nothing that it lacks", async (version) => {
    const old = await openLabSession({ version, taskMs: 40 });
    const { data, error } = await old.call("proxmox_vm_agent_info", { vmid: 100 });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ state: "answers", hostname: "web01", os: { id: "debian" } });
    expect(data).not.toHaveProperty("incomplete");
    await old.close();
  });

  test("does not lose lists that come as null, and takes figures as text", async () => {
    lab.faults.add({ match: { path: /\/100\/agent\/get-users$/ }, data: { result: null } });
    lab.faults.add({
      match: { path: /\/100\/agent\/get-fsinfo$/ },
      data: { result: [{ mountpoint: "/", type: "ext4", "total-bytes": "1024" }] },
    });
    const { data } = await session.call("proxmox_vm_agent_info", { vmid: 100 });
    expect(data.users).toMatchObject({ rows: [] });
    expect(data.filesystems).toEqual({ columns: ["mountpoint", "type", "total"], rows: [["/", "ext4", 1024]] });
  });
});

describe("the addresses by which a guest is reached", () => {
  const NET0 = "virtio=BC:24:11:00:00:01,bridge=vmbr0";
  const link = (name: string, mac: string | undefined, ...addresses: string[]) => ({
    name,
    ...(mac === undefined ? {} : { "hardware-address": mac }),
    "ip-addresses": addresses.map((address) => ({ "ip-address": address, prefix: 24 })),
  });
  const lo = link("lo", "00:00:00:00:00:00", "127.0.0.1");
  const own = (...addresses: string[]) => link("ens18", "bc:24:11:00:00:01", ...addresses);
  const docker = link("docker0", "02:42:00:00:00:01", "172.17.0.1");
  const card = link("enp1s0", "a0:36:9f:00:00:01", "10.9.0.5");

  test.each<[string, object[], Record<string, unknown> | undefined, string[], string[]]>([
    ["by MAC", [lo, docker, own("10.0.0.5")], { net0: NET0 }, ["10.0.0.5/24"], ["docker0"]],
    [
      "by MAC, in the order of the NICs",
      [link("b", "BC:24:11:00:00:02", "10.0.1.5"), own("10.0.0.5")],
      { net1: NET0.replace("01,", "02,"), net0: NET0 },
      ["10.0.0.5/24", "10.0.1.5/24"],
      [],
    ],
    [
      "by MAC with dashes, and zones",
      [link("Ethernet", "BC-24-11-00-00-01", "fe80::1%5", "10.0.0.5")],
      { net0: NET0 },
      ["10.0.0.5/24", "fe80::1/24"],
      [],
    ],
    [
      "on a bridge that has taken the MAC",
      [link("br0", "bc:24:11:00:00:01", "10.0.0.5"), docker],
      { net0: NET0 },
      ["10.0.0.5/24"],
      ["docker0"],
    ],
    [
      "of other cards while its NICs have none",
      [lo, own("169.254.3.4"), card, docker],
      { net0: NET0 },
      ["10.9.0.5/24", "169.254.3.4/24"],
      ["docker0"],
    ],
    [
      "of other cards when one is passed through",
      [own("10.0.0.5"), card, docker],
      { net0: NET0, hostpci0: "0000:01:00.0" },
      ["10.0.0.5/24", "10.9.0.5/24"],
      ["docker0"],
    ],
    ["not of other cards otherwise", [own("10.0.0.5"), card], { net0: NET0 }, ["10.0.0.5/24"], ["enp1s0"]],
    [
      "by name alone without a configuration",
      [lo, own("10.0.0.5"), card, docker],
      undefined,
      ["10.0.0.5/24", "10.9.0.5/24"],
      ["docker0"],
    ],
    ["nowhere", [{ name: "eth0" }], { net0: NET0 }, [], []],
  ])("%s", (_, interfaces, config, addresses, others) => {
    const found = guestAddresses(interfaces as Record<string, unknown>[], config);
    expect(found.addresses.map(({ address }) => address)).toEqual(addresses);
    expect(found.others).toEqual(others);
  });
});
