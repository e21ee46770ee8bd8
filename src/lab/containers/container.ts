import { die } from "../refusal.ts";
import { type Call, int, text } from "../routes/route.ts";
import type { ClusterState } from "../state/cluster.ts";
import type { ConfigValue, LabGuest } from "../state/types.ts";
import { mountBytes, mountsOf } from "./mounts.ts";

/** The container that the path names; complains when it is not there. */
export function theContainer(call: Call): LabGuest {
  return call.state.guest(text(call, "node") ?? "", "lxc", int(call, "vmid") ?? 0);
}

/** Name of a container; one is made up when it has none. */
export function containerName(guest: LabGuest): string {
  return String(guest.config.hostname ?? `CT${guest.vmid}`).replace(/\s/g, "");
}

/** A snapshot's configuration, or PVE's complaint that there is no such snapshot. */
export function snapshotConfig(guest: LabGuest, name: string): Record<string, ConfigValue> {
  const snapshot = guest.snapshots.find((one) => one.name === name);
  if (!snapshot) throw die(`snapshot '${name}' does not exist`);
  return snapshot.config ?? guest.config;
}

/** 500 for a digest that is not the present one (pve-facts 18). */
export function checkDigest(call: Call, guest: LabGuest, name = "digest"): void {
  const digest = text(call, name);
  if (digest !== undefined && digest !== "" && digest !== call.state.digest(guest))
    throw die("detected modified configuration - file changed by other user? Try again.");
}

/** 500 for a locked container. */
export function refuseLocked(guest: LabGuest): void {
  if (guest.config.lock !== undefined) throw die(`CT is locked (${guest.config.lock})`);
}

/** 500 for an id that is taken. */
export function refuseTaken(state: ClusterState, vmid: number): void {
  const other = state.guests.get(vmid);
  if (other) throw die(`${other.type === "qemu" ? "VM" : "CT"} ${vmid} already exists on node '${other.node}'`);
}

/** Puts a new container on a node; it is locked until it is done. */
export function addContainer(state: ClusterState, vmid: number, node: string): LabGuest {
  const guest: LabGuest = {
    vmid,
    type: "lxc",
    node,
    running: false,
    paused: false,
    config: { lock: "create" },
    pending: {},
    pendingDelete: [],
    snapshots: [],
    agent: "absent",
    addresses: [`198.51.${100 + (Math.floor(vmid / 250) % 100)}.${1 + (vmid % 250)}`],
    traits: {},
    startedAt: 0,
    pid: 0,
    load: 0.02,
    fill: 0.3,
    maxmem: 0,
    maxdisk: 0,
    maxcpu: 1,
    digest: undefined,
  };
  state.guests.set(vmid, guest);
  state.touch(guest);
  return guest;
}

/** To be called when a container's data places changed. */
export function settle(state: ClusterState, guest: LabGuest): void {
  const root = mountsOf(guest.config).find(([key]) => key === "rootfs");
  if (root) guest.maxdisk = mountBytes(root[1]);
  state.touch(guest);
}
