import { containerName, snapshotConfig, theContainer } from "../containers/container.ts";
import { fileSystemBytes, mountBytes, mountsOf, parseMount, parseNic } from "../containers/mounts.ts";
import { guestLoad } from "../state/report.ts";
import type { LabGuest } from "../state/types.ts";
import { canDo } from "../state/volume.ts";
import { type Call, may, type Route, text } from "./route.ts";

const MIB = 1_048_576;
const GIB = 1024 * MIB;
/** What a container without a root is taken to have. */
const ROOT_BYTES = 4 * GIB;

const PRESSURES = ["cpufull", "cpusome", "iofull", "iosome", "memoryfull", "memorysome"];

function row(call: Call, guest: LabGuest): Record<string, unknown> {
  const { config } = guest;
  const load = guestLoad(guest);
  const processors = call.state.nodes.get(guest.node)?.maxcpu ?? 1;
  const rootfs = config.rootfs === undefined ? 0 : mountBytes(parseMount(config.rootfs));
  const size = rootfs || ROOT_BYTES;
  const maxdisk = guest.running ? fileSystemBytes(size) : size;
  const found: Record<string, unknown> = {
    vmid: guest.vmid,
    type: "lxc",
    name: containerName(guest),
    status: guest.running ? "running" : "stopped",
    cpus: Number(config.cores ?? config.cpulimit ?? 0) || processors,
    cpu: load.cpu,
    mem: load.mem,
    maxmem: Number(config.memory ?? 512) * MIB,
    swap: 0,
    maxswap: Number(config.swap ?? 0) * MIB,
    disk: guest.running ? Math.floor(maxdisk * Math.max(0.2, guest.fill * 0.6)) : 0,
    maxdisk,
    netin: load.netin,
    netout: load.netout,
    diskread: load.diskread,
    diskwrite: load.diskwrite,
    uptime: load.uptime,
  };
  if (config.tags !== undefined) found.tags = config.tags;
  if (config.lock !== undefined) found.lock = config.lock;
  if (config.template === 1) found.template = 1;
  if (guest.running) {
    found.pid = guest.pid;
    // The old control groups do not measure it.
    const unpressed = call.state.datacenter.cgroupMode === 1 ? null : 0;
    for (const name of PRESSURES) found[`pressure${name}`] = unpressed;
  }
  return found;
}

function list(call: Call): Record<string, unknown>[] {
  const node = text(call, "node");
  const rows: Record<string, unknown>[] = [];
  for (const guest of call.state.guests.values())
    if (guest.node === node && guest.type === "lxc" && may(call, `/vms/${guest.vmid}`, "VM.Audit"))
      rows.push(row(call, guest));
  return rows;
}

function current(call: Call): Record<string, unknown> {
  const guest = theContainer(call);
  const resource = call.state.haOf(guest);
  return { ...row(call, guest), ha: resource ? { managed: 1, state: resource.state } : { managed: 0 } };
}

/** Multiple of a start's time after which the network inside is up. */
const NETWORK_UP = 20;

/** Interfaces as they are inside; nothing of a container that does not run. */
function interfaces(call: Call): Record<string, unknown>[] | null {
  const guest = theContainer(call);
  if (!guest.running) return null;
  const up = Date.now() - guest.startedAt > NETWORK_UP * call.state.pace.taskMs;
  const found: Record<string, unknown>[] = [
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
  ];
  const nics = Object.keys(guest.config).filter((key) => /^net\d+$/.test(key));
  nics.sort((a, b) => Number(a.slice(3)) - Number(b.slice(3)));
  for (const [index, key] of nics.entries()) {
    const nic = parseNic(guest.config[key]!);
    const hwaddr = (nic.get("hwaddr") ?? "").toLowerCase();
    const given = nic.get("ip") ?? "";
    const leased = guest.addresses[index];
    const inet = given.includes("/") ? given : given === "dhcp" && leased !== undefined ? `${leased}/24` : undefined;
    const shown = up ? inet : undefined;
    const [address, prefix] = (shown ?? "").split("/");
    found.push({
      name: nic.get("name") ?? `eth${index}`,
      hwaddr,
      "hardware-address": hwaddr,
      ...(shown === undefined ? {} : { inet: shown }),
      "ip-addresses": shown === undefined ? [] : [{ "ip-address": address, "ip-address-type": "inet", prefix }],
    });
  }
  return found;
}

function feature(call: Call): { hasFeature: 0 | 1 } {
  const guest = theContainer(call);
  const name = text(call, "snapname");
  const config = name === undefined ? guest.config : snapshotConfig(guest, name);
  const wanted = text(call, "feature") as "snapshot" | "clone" | "copy";
  return { hasFeature: hasFeature(call, wanted, config, name) ? 1 : 0 };
}

/** Whether all data places of a configuration have a feature. */
export function hasFeature(
  call: Call,
  wanted: "snapshot" | "clone" | "copy",
  config: LabGuest["config"],
  snapshot?: string,
): boolean {
  return mountsOf(config).every(([, mount]) => {
    const volid = mount.get("volume") ?? "";
    if (!volid.includes(":") || volid.startsWith("/")) return false;
    return canDo(call.state, wanted, volid, { container: true, ...(snapshot === undefined ? {} : { snapshot }) });
  });
}

const CHILDREN =
  "config pending status vncproxy termproxy vncwebsocket spiceproxy migrate clone initlog rrd rrddata firewall snapshot resize interfaces mtunnel remote_migrate".split(
    " ",
  );
const STATES = ["current", "start", "stop", "shutdown", "reboot", "suspend", "resume"];
const guest = "/nodes/{node}/lxc/{vmid}";
const audit = { path: "/vms/{vmid}", any: ["VM.Audit"] };

/** What is to be seen of containers. */
export const lxcRoutes: readonly Route[] = [
  { id: "GET /nodes/{node}/lxc", run: (call) => ({ data: list(call) }) },
  {
    id: `GET ${guest}`,
    run: (call) => {
      theContainer(call);
      return { data: CHILDREN.map((subdir) => ({ subdir })) };
    },
  },
  {
    id: `GET ${guest}/status`,
    run: (call) => {
      theContainer(call);
      return { data: STATES.map((subdir) => ({ subdir })) };
    },
  },
  { id: `GET ${guest}/status/current`, permission: audit, run: (call) => ({ data: current(call) }) },
  { id: `GET ${guest}/interfaces`, permission: audit, run: (call) => ({ data: interfaces(call) }) },
  { id: `GET ${guest}/feature`, permission: audit, run: (call) => ({ data: feature(call) }) },
];
