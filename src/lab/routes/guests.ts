import { die } from "../refusal.ts";
import { guestLoad, guestName } from "../state/report.ts";
import type { LabGuest } from "../state/types.ts";
import { type Call, int, may, type Route, text } from "./route.ts";

/** The guest that the path names; complains when it is not there. */
export function theGuest(call: Call, type: "qemu" | "lxc"): LabGuest {
  return call.state.guest(text(call, "node") ?? "", type, int(call, "vmid") ?? 0);
}

function listRow(guest: LabGuest): Record<string, unknown> {
  const load = guestLoad(guest);
  const { tags, lock, template } = guest.config;
  const row: Record<string, unknown> = {
    vmid: guest.vmid,
    name: guestName(guest),
    status: guest.running ? "running" : "stopped",
    cpus: guest.maxcpu,
    cpu: load.cpu,
    mem: load.mem,
    maxmem: guest.maxmem,
    disk: load.disk,
    maxdisk: guest.maxdisk,
    netin: load.netin,
    netout: load.netout,
    uptime: load.uptime,
  };
  if (tags !== undefined) row.tags = tags;
  if (lock !== undefined) row.lock = lock;
  if (template === 1) row.template = 1;
  if (guest.running) row.pid = guest.pid;
  if (guest.type === "qemu") row.memhost = load.memhost;
  else {
    const maxswap = Number(guest.config.swap ?? 0) * 1_048_576;
    Object.assign(row, { type: "lxc", swap: 0, maxswap, diskread: load.diskread, diskwrite: load.diskwrite });
  }
  return row;
}

function list(call: Call, type: "qemu" | "lxc"): Record<string, unknown>[] {
  const node = text(call, "node");
  const rows: Record<string, unknown>[] = [];
  for (const guest of call.state.guests.values())
    if (guest.node === node && guest.type === type && may(call, `/vms/${guest.vmid}`, "VM.Audit"))
      rows.push(listRow(guest));
  return rows;
}

/** Whether the configuration switches the agent on: `1`, `enabled=1,…`. */
export function agentConfigured(guest: LabGuest): boolean {
  return /^(?:enabled=)?1(?:,|$)/.test(String(guest.config.agent ?? ""));
}

const PRESSURES = ["cpufull", "cpusome", "iofull", "iosome", "memoryfull", "memorysome"];

function current(call: Call, type: "qemu" | "lxc"): Record<string, unknown> {
  const guest = theGuest(call, type);
  const row = listRow(guest);
  const ha = call.state.ha.get(call.state.sid(guest));
  row.ha = ha ? { managed: 1, state: ha.state } : { managed: 0 };
  if (type === "qemu") {
    row.qmpstatus = guest.running ? (guest.paused ? "paused" : "running") : "stopped";
    if (agentConfigured(guest)) row.agent = 1;
    if (guest.running) {
      const machine = String(guest.config.machine ?? "pc-i440fx-10.1+pve0");
      Object.assign(row, { "running-qemu": "10.1.2", "running-machine": machine });
      row.nics = { [`tap${guest.vmid}i0`]: { netin: row.netin, netout: row.netout } };
    }
  }
  if (guest.running) for (const name of PRESSURES) row[`pressure${name}`] = 0;
  return row;
}

function snapshots(call: Call, type: "qemu" | "lxc"): Record<string, unknown>[] {
  const guest = theGuest(call, type);
  const parent = guest.snapshots.at(-1)?.name;
  return [
    ...guest.snapshots.map((snapshot) => ({ ...snapshot })),
    {
      name: "current",
      description: "You are here!",
      digest: call.state.digest(guest),
      running: guest.running ? 1 : 0,
      ...(parent === undefined ? {} : { parent }),
    },
  ];
}

function interfaces(call: Call): Record<string, unknown>[] {
  const guest = theGuest(call, "lxc");
  if (!guest.running) throw die(`CT ${guest.vmid} not running`);
  const hwaddr = (/hwaddr=([0-9A-F:]+)/i.exec(String(guest.config.net0 ?? ""))?.[1] ?? "").toLowerCase();
  const inet = guest.addresses[0];
  return [
    {
      name: "lo",
      hwaddr: "00:00:00:00:00:00",
      "hardware-address": "00:00:00:00:00:00",
      inet: "127.0.0.1/8",
      inet6: "::1/128",
      "ip-addresses": [
        { "ip-address": "127.0.0.1", "ip-address-type": "inet", prefix: "8" },
        { "ip-address": "::1", "ip-address-type": "inet6", prefix: "128" },
      ],
    },
    {
      name: "eth0",
      hwaddr,
      "hardware-address": hwaddr,
      ...(inet === undefined ? {} : { inet: `${inet}/24` }),
      "ip-addresses": inet === undefined ? [] : [{ "ip-address": inet, "ip-address-type": "inet", prefix: "24" }],
    },
  ];
}

function forType(type: "qemu" | "lxc"): Route[] {
  const base = `/nodes/{node}/${type}`;
  const audit = { path: "/vms/{vmid}", any: ["VM.Audit"] };
  const directory = type === "qemu" ? QEMU_CHILDREN : LXC_CHILDREN;
  const states = type === "qemu" ? [...LXC_STATES, "reset"] : LXC_STATES;
  return [
    { id: `GET ${base}`, run: (call) => ({ data: list(call, type) }) },
    {
      id: `GET ${base}/{vmid}`,
      run: (call) => {
        theGuest(call, type);
        return { data: directory.map((subdir) => ({ subdir })) };
      },
    },
    { id: `GET ${base}/{vmid}/status`, run: () => ({ data: states.map((subdir) => ({ subdir })) }) },
    { id: `GET ${base}/{vmid}/status/current`, permission: audit, run: (call) => ({ data: current(call, type) }) },
    { id: `GET ${base}/{vmid}/snapshot`, permission: audit, run: (call) => ({ data: snapshots(call, type) }) },
  ];
}

const QEMU_CHILDREN =
  "config cloudinit pending status unlink vncproxy termproxy migrate resize move rrd rrddata monitor agent snapshot spiceproxy sendkey firewall mtunnel remote_migrate".split(
    " ",
  );
const LXC_CHILDREN =
  "config pending status vncproxy termproxy vncwebsocket spiceproxy migrate clone initlog rrd rrddata firewall snapshot resize interfaces mtunnel remote_migrate".split(
    " ",
  );
const LXC_STATES = ["current", "start", "stop", "shutdown", "reboot", "suspend", "resume"];

/** Lists, states and snapshots of guests. */
export const guestRoutes: readonly Route[] = [
  ...forType("qemu"),
  ...forType("lxc"),
  {
    id: "GET /nodes/{node}/lxc/{vmid}/interfaces",
    permission: { path: "/vms/{vmid}", any: ["VM.Audit"] },
    run: (call) => ({ data: interfaces(call) }),
  },
];
