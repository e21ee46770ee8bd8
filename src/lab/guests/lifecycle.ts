import type { ClusterState } from "../state/cluster.ts";
import type { LabGuest } from "../state/types.ts";
import { hasLinkedClones } from "../state/volume.ts";
import type { Config } from "./drives.ts";
import { drivesOf, fileOf, isCdrom, isUnused } from "./drives.ts";
import { describe, discard, ownerOf, parseVolumeId } from "./volumes.ts";

/** A VM without a past: stopped, with no agent, and nothing pending. */
export function newVm(vmid: number, node: string, config: Config): LabGuest {
  return {
    vmid,
    type: "qemu",
    node,
    running: false,
    paused: false,
    config,
    pending: {},
    pendingDelete: [],
    snapshots: [],
    agent: config.agent === undefined ? "absent" : "stopped",
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
}

/** Volumes that a VM names anywhere, its snapshots and pending changes included. */
export function volumesOf(guest: LabGuest): Set<string> {
  const found = new Set<string>();
  const configs = [guest.config, guest.pending, ...guest.snapshots.map(({ config }) => config ?? {})];
  for (const config of configs) {
    for (const [, drive] of drivesOf(config))
      if (!isCdrom(drive, { butCloudinit: true })) found.add(drive.get("file") ?? "");
    for (const [key, value] of Object.entries(config)) if (isUnused(key)) found.add(fileOf(value));
  }
  for (const { vmstateVolume } of guest.snapshots) if (vmstateVolume !== undefined) found.add(vmstateVolume);
  found.delete("");
  return found;
}

/** The first volume of a VM that linked clones need. */
export function linkedTo(state: ClusterState, guest: LabGuest): string | undefined {
  return [...volumesOf(guest)].sort().find((volid) => state.volumes.has(volid) && hasLinkedClones(state, volid));
}

/** Takes a VM out of the cluster with the volumes that it owns and names, or with all that carry its number. */
export function destroyVm(
  state: ClusterState,
  guest: LabGuest,
  options: { unreferenced: boolean; purge: boolean },
): void {
  for (const volid of volumesOf(guest)) if (ownerOf(state, volid) === guest.vmid) discard(state, volid);
  if (options.unreferenced)
    for (const volume of [...state.volumes.values()])
      if (volume.vmid === guest.vmid && volume.content === "images") discard(state, volume.volid);
  state.guests.delete(guest.vmid);
  state.firewall.guests.delete(guest.vmid);
  state.access.acl.delete(`/vms/${guest.vmid}`);
  state.removeFromPool(guest.vmid);
  if (!options.purge) return;
  state.ha.delete(state.sid(guest));
  state.backups.forget(guest.vmid);
}

/** Whether all volumes of a configuration can be reached from every node. */
export function allShared(state: ClusterState, config: Readonly<Config>): boolean {
  return drivesOf(config).every(([, drive]) => {
    const volid = drive.get("file") ?? "";
    if (!parseVolumeId(volid)) return true;
    return describe(state, volid).storage.shared;
  });
}

/** Nodes that reach all volumes of a configuration. */
export function reachingNodes(state: ClusterState, node: string, config: Readonly<Config>): string[] {
  let nodes = [...state.nodes.values()].filter(({ online }) => online).map(({ name }) => name);
  for (const [, drive] of drivesOf(config)) {
    const volid = drive.get("file") ?? "";
    if (isCdrom(drive, { butCloudinit: true }) || !parseVolumeId(volid)) continue;
    const { storage } = describe(state, volid);
    nodes = nodes.filter((name) => (storage.shared ? (storage.nodes?.includes(name) ?? true) : name === node));
  }
  return nodes;
}
