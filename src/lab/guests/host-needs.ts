import type { ClusterState } from "../state/cluster.ts";
import { type Entry, entriesOf, pciComplaint, usbComplaint } from "../state/mappings.ts";
import { nodeFigures, nodeLoads } from "../state/report.ts";
import type { LabGuest } from "../state/types.ts";
import type { LabTask } from "../tasks.ts";
import { drivesOf, isCloudinit } from "./drives.ts";
import { isEmulated } from "./emulation.ts";
import { parseNet } from "./identity.ts";
import { parsePairs } from "./pairs.ts";

/** What the host lacks for a VM before any volume is looked at: virtualization, processors, devices, snippets. */
export function checkHost(state: ClusterState, guest: LabGuest): void {
  checkSnippets(state, guest);
  if (guest.config.kvm !== 0 && isEmulated(state, guest))
    throw new Error(
      "KVM virtualisation configured, but not available. Either disable in VM configuration or enable in BIOS.",
    );
  const allowed = state.nodes.get(guest.node)?.maxcpu ?? 1;
  const wanted = Number(guest.config.sockets ?? 1) * Number(guest.config.cores ?? 1);
  if (wanted > allowed) throw new Error(`MAX ${allowed} vcpus allowed per VM on this node`);
  for (const [key, value] of Object.entries(guest.config)) {
    if (/^hostpci\d+$/.test(key)) checkDevice(state, guest, "pci", String(value));
    else if (/^usb\d+$/.test(key)) checkDevice(state, guest, "usb", String(value));
  }
}

/** The cloud-init drive is made from files that have to be there. */
function checkSnippets(state: ClusterState, guest: LabGuest): void {
  if (!drivesOf(guest.config).some(([, drive]) => isCloudinit(drive))) return;
  for (const volid of parsePairs(String(guest.config.cicustom ?? ""), "").values())
    if (!state.hasVolume(volid, guest.node)) throw new Error(`volume '${volid}' does not exist`);
}

function checkDevice(state: ClusterState, guest: LabGuest, kind: "pci" | "usb", text: string): void {
  const device = parsePairs(text, "host");
  const name = kind.toUpperCase();
  const mapping = device.get("mapping");
  if (mapping !== undefined) {
    const section = state.datacenter.mappings[kind].get(mapping);
    const own = section ? entriesOf(section).filter(({ node }) => node === guest.node) : [];
    if (own.length === 0) throw new Error(`${name} device mapping not found for '${mapping}'`);
    for (const entry of own) {
      const wrong = complaintOf(state, kind, mapping, entry);
      if (wrong !== undefined) throw new Error(`${name} device mapping invalid (hardware probably changed): ${wrong}`);
    }
    return;
  }
  if (kind === "usb") return;
  const known = state.hosts.of(guest.node).profile.pci;
  for (const host of (device.get("host") ?? "").split(";").filter((part) => part !== "")) {
    const full = (/^[0-9a-f]{4}:/i.test(host) ? host : `0000:${host}`).toLowerCase();
    const path = full.includes(".") ? full : `${full}.0`;
    if (!known.some((one) => one.id === path)) throw new Error(`no pci device info for device '${path}'`);
  }
}

function complaintOf(state: ClusterState, kind: "pci" | "usb", name: string, entry: Entry): string | undefined {
  return kind === "pci" ? pciComplaint(state, name, entry) : usbComplaint(state, name, entry);
}

/** What QEMU itself finds wrong, once the volumes are there: a bridge that is missing, memory that is not to be had. */
export function launch(state: ClusterState, guest: LabGuest, task: LabTask): void {
  const known = new Set([
    ...state.hosts.of(guest.node).network.read().ifaces.keys(),
    ...state.datacenter.sdn.vnets.ids,
  ]);
  const fail = (...lines: string[]): never => {
    task.log.push(...lines);
    throw new Error("start failed: QEMU exited with code 1");
  };
  for (const [key, value] of Object.entries(guest.config)) {
    const bridge = /^net\d+$/.test(key) ? parseNet(String(value)).get("bridge") : undefined;
    if (bridge === undefined || known.has(bridge)) continue;
    const script = "/usr/libexec/qemu-server/pve-bridge";
    fail(
      `bridge '${bridge}' does not exist`,
      `kvm: -netdev type=tap,id=${key},ifname=tap${guest.vmid}i${key.slice(3)},script=${script},downscript=${script}down,vhost=on: network script ${script} failed with status 512`,
    );
  }
  const { node, profile } = state.hosts.of(guest.node);
  const used = nodeFigures(node, nodeLoads(state).get(node.name) ?? { cpu: 0, mem: 0 }).mem ?? 0;
  const swap = node.otherMemory === undefined ? profile.swap : 0;
  // The kernel gives more than there is, but not more than memory and swap would hold together.
  if (guest.maxmem > node.maxmem - used + swap)
    fail("kvm: cannot set up guest memory 'pc.ram': Cannot allocate memory");
}
