import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { call, finish } from "./support.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ seed: "medium", taskMs: 10, authDelayMs: 1 });
});
afterAll(() => lab.close());

const BASE = "/nodes/pve1/network";

function form(values: Record<string, string>): string {
  return new URLSearchParams(values).toString();
}

async function send(method: string, path: string, values?: Record<string, string>) {
  return await call(lab, method, path, values ? { body: form(values) } : {});
}

async function names(query = ""): Promise<string[]> {
  const { data } = await call(lab, "GET", `${BASE}${query}`);
  return data.map(({ iface }: { iface: string }) => iface).sort();
}

describe("reading", () => {
  it.each([
    ["", ["eno1", "eno2", "vmbr0"]],
    ["?type=bridge", ["vmbr0"]],
    ["?type=any_bridge", ["vmbr0"]],
    ["?type=any_local_bridge", ["vmbr0"]],
    ["?type=eth", ["eno1", "eno2"]],
    ["?type=bond", []],
  ])("lists %s", async (query, wanted) => {
    expect(await names(query)).toEqual(wanted);
  });

  it("shows one interface without its name", async () => {
    const { data } = await call(lab, "GET", `${BASE}/vmbr0`);
    expect(data).toEqual({
      type: "bridge",
      method: "static",
      method6: "manual",
      families: ["inet"],
      address: "192.0.2.1",
      netmask: "24",
      cidr: "192.0.2.1/24",
      gateway: "192.0.2.254",
      bridge_ports: "eno1",
      bridge_stp: "off",
      bridge_fd: "0",
      autostart: 1,
      active: 1,
      priority: 5,
    });
  });
});

describe("refusals", () => {
  it.each<[string, string, Record<string, string>, number, string | Record<string, string>]>([
    ["POST", BASE, { iface: "vmbr0", type: "bridge" }, 400, { iface: "interface already exists" }],
    ["PUT", `${BASE}/vmbr7`, { type: "bridge" }, 400, { iface: "interface does not exist" }],
    [
      "POST",
      BASE,
      { iface: "vmbr7", type: "bridge", cidr: "10.0.0.1/24", gateway: "10.0.0.254" },
      400,
      { gateway: "Default gateway already exists on interface 'vmbr0'." },
    ],
    [
      "POST",
      BASE,
      { iface: "vmbr7", type: "bridge", bridge_ports: "eno1" },
      400,
      { bridge_ports: "eno1 is already used on interface 'vmbr0'." },
    ],
    [
      "POST",
      BASE,
      { iface: "vmbr7", type: "bridge", bridge_ports: "eno9" },
      500,
      "bridge 'vmbr7' - unable to find bridge port 'eno9'",
    ],
    ["POST", BASE, { iface: "bond0", type: "bond", slaves: "eno9" }, 500, "bond 'bond0' - unable to find slave 'eno9'"],
    ["POST", BASE, { iface: "eno7.20", type: "vlan" }, 500, "vlan 'eno7.20' - unable to find parent 'eno7'"],
    [
      "POST",
      BASE,
      { iface: "vmbr7", type: "OVSBridge" },
      500,
      "Open VSwitch is not installed (need package 'openvswitch-switch')",
    ],
    ["DELETE", `${BASE}/vmbr7`, {}, 400, { iface: "interface does not exist" }],
  ])("%s %s %j", async (method, path, values, status, wanted) => {
    const answer = await send(method, path, method === "DELETE" ? undefined : values);
    expect(answer.status).toBe(status);
    if (typeof wanted === "string") expect(answer.reason).toBe(wanted);
    else expect(answer.errors).toEqual(wanted);
    expect((await call(lab, "GET", BASE)) as { changes?: string }).not.toHaveProperty("changes");
  });
});

describe("changes", () => {
  it("wait beside the data until they are reverted", async () => {
    await send("POST", BASE, { iface: "vmbr9", type: "bridge", autostart: "1", cidr: "198.51.100.130/28" });
    const list = (await call(lab, "GET", BASE)) as { changes?: string };
    expect(list.changes).toMatch(/^--- \/etc\/network\/interfaces\t\d{4}-\d\d-\d\d [\d:.]+ \+0000\n\+\+\+ .*\.new\t/);
    expect(list.changes?.split("\n").filter((line) => /^[+-](?![+-]|#)/.test(line) && line.length > 1)).toEqual([
      "+auto vmbr9",
      "+iface vmbr9 inet static",
      "+\taddress 198.51.100.130/28",
      "+\tbridge-ports none",
      "+\tbridge-stp off",
      "+\tbridge-fd 0",
    ]);
    expect((await call(lab, "GET", `${BASE}/vmbr9`)).data.active).toBeUndefined();
    await send("DELETE", BASE);
    expect(await names()).toEqual(["eno1", "eno2", "vmbr0"]);
  });

  it("an update without an address leaves the method manual, and applies so", async () => {
    await send("PUT", `${BASE}/vmbr0`, { type: "bridge", comments: "uplink" });
    const { data } = await call(lab, "GET", `${BASE}/vmbr0`);
    expect(data).toMatchObject({ method: "manual", comments: "uplink\n", bridge_ports: "eno1" });
    const { data: upid } = await send("PUT", BASE, {});
    expect(upid).toMatch(/:srvreload:networking:/);
    expect((await finish(lab, upid)).exitstatus).toBe("OK");
    expect(((await call(lab, "GET", BASE)) as { changes?: string }).changes).toBeUndefined();
    expect((await call(lab, "GET", `${BASE}/vmbr0`)).data.method).toBe("manual");
  });

  it("write bonds, VLANs and IPv6, and read them back", async () => {
    const other = "/nodes/pve2/network";
    await send("PUT", `${other}/vmbr0`, { type: "bridge", bridge_ports: "" });
    await send("POST", other, { iface: "bond0", type: "bond", slaves: "eno1 eno2", bond_mode: "802.3ad", mtu: "9000" });
    await send("POST", other, { iface: "bond0.30", type: "vlan", cidr6: "2001:db8::1/64" });
    await send("POST", other, { iface: "vmbr1", type: "bridge", bridge_ports: "bond0", bridge_vlan_aware: "1" });
    expect((await call(lab, "GET", `${other}/bond0`)).data).toMatchObject({
      type: "bond",
      slaves: "eno1 eno2",
      bond_mode: "802.3ad",
      bond_miimon: "100",
      mtu: "9000",
    });
    expect((await call(lab, "GET", `${other}/bond0.30`)).data).toMatchObject({
      type: "vlan",
      "vlan-id": "30",
      "vlan-raw-device": "bond0",
      cidr6: "2001:db8::1/64",
      families: ["inet6"],
      method6: "static",
    });
    expect((await call(lab, "GET", `${other}/vmbr1`)).data).toMatchObject({
      bridge_vlan_aware: 1,
      bridge_vids: "2-4094",
    });
    const { data: upid } = await send("PUT", other, {});
    await finish(lab, upid);
    expect((await call(lab, "GET", `${other}/eno1`)).data).toMatchObject({ autostart: 1, exists: 1, active: 1 });
  });

  it("delete=cidr takes the address away", async () => {
    const third = "/nodes/pve3/network";
    await send("POST", third, { iface: "vmbr5", type: "bridge", cidr: "10.5.0.1/24" });
    await send("PUT", `${third}/vmbr5`, { type: "bridge", delete: "cidr" });
    expect((await call(lab, "GET", `${third}/vmbr5`)).data).not.toHaveProperty("cidr");
    await send("DELETE", `${third}/vmbr5`);
    expect((await call(lab, "GET", `${third}/vmbr5`)).errors).toEqual({ iface: "interface does not exist" });
  });
});
