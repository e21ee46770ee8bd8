import { die } from "../refusal.ts";
import type { LabVolumeGroup } from "../state/host-profile.ts";
import {
  addStorage,
  checkCleanup,
  checkNewStorage,
  cleanStorages,
  diskTask,
  type NewStorage,
  nameOf,
} from "./disk-tasks.ts";
import { hostOf, nodeName } from "./node-of.ts";
import { type Call, flag, type Route, text } from "./route.ts";

function volumeCount(group: LabVolumeGroup): number {
  return group.volumes + group.pools.length;
}

function groups(call: Call): Record<string, unknown> {
  return {
    leaf: 0,
    children: hostOf(call).disks.groups.map((group) => ({
      leaf: 0,
      name: group.vg,
      size: group.size,
      free: group.free,
      lvcount: volumeCount(group),
      children: group.devices.map((device) => ({ leaf: 1, ...device })),
    })),
  };
}

/** A device that a call may build on, or why not. */
function freeDevice(call: Call): string {
  const device = text(call, "device")!;
  const { disks } = hostOf(call);
  disks.device(device);
  if (disks.isUsed(device)) throw die(`device '${device}' is already in use`);
  return device;
}

function sizeOf(call: Call, device: string): number {
  const { disk, partition } = hostOf(call).disks.device(device);
  return (partition ?? disk).size;
}

function createGroup(call: Call): { data: string } {
  const name = nameOf(call);
  const device = freeDevice(call);
  const plan: NewStorage = {
    type: "lvm",
    content: ["rootdir", "images"],
    definition: { vgname: name, shared: 0 },
    same: ["vgname"],
    total: sizeOf(call, device),
  };
  checkNewStorage(call, name, plan);
  return diskTask(call, "lvmcreate", name, (disks) => {
    disks.assertUnused(device);
    if (disks.group(name))
      throw new Error(`volume group with name '${name}' already exists on node '${nodeName(call)}'`);
    disks.addGroup(device, name);
    addStorage(call, name, plan);
  });
}

function removeGroup(call: Call): { data: string } {
  checkCleanup(call);
  const name = nameOf(call);
  return diskTask(call, "lvmremove", name, (disks) => {
    const group = disks.group(name);
    if (!group) throw new Error(`no such volume group '${name}'`);
    if (volumeCount(group) > 0) throw new Error(`command '/sbin/vgremove -y ${name}' failed: exit code 5`);
    disks.removeGroup(name, flag(call, "cleanup-disks"));
    if (flag(call, "cleanup-config"))
      cleanStorages(call.state, nodeName(call), ({ type, definition }) => type === "lvm" && definition.vgname === name);
  });
}

function thinPools(call: Call): Record<string, unknown>[] {
  return hostOf(call).disks.groups.flatMap((group) => group.pools.map((pool) => ({ vg: group.vg, ...pool })));
}

function createThinPool(call: Call): { data: string } {
  const name = nameOf(call);
  const device = freeDevice(call);
  const plan: NewStorage = {
    type: "lvmthin",
    content: ["rootdir", "images"],
    definition: { vgname: name, thinpool: name },
    same: ["vgname", "thinpool"],
    total: sizeOf(call, device),
  };
  checkNewStorage(call, name, plan);
  return diskTask(call, "lvmthincreate", name, (disks) => {
    disks.assertUnused(device);
    if (disks.group(name))
      throw new Error(`volume group with name '${name}' already exists on node '${nodeName(call)}'`);
    disks.addThinPool(disks.addGroup(device, name), name);
    addStorage(call, name, plan);
  });
}

function removeThinPool(call: Call): { data: string } {
  checkCleanup(call);
  const name = nameOf(call);
  const vg = text(call, "volume-group")!;
  return diskTask(call, "lvmthinremove", `${vg}-${name}`, (disks) => {
    const group = disks.group(vg);
    const index = group?.pools.findIndex(({ lv }) => lv === name) ?? -1;
    if (!group || index < 0) throw new Error(`no such thin pool ${vg}/${name}`);
    const [pool] = group.pools.splice(index, 1);
    group.free += pool!.lv_size + 2 * pool!.metadata_size;
    if (flag(call, "cleanup-config"))
      cleanStorages(
        call.state,
        nodeName(call),
        ({ type, definition }) => type === "lvmthin" && definition.vgname === vg && definition.thinpool === name,
      );
    if (!flag(call, "cleanup-disks")) return;
    if (volumeCount(group) > 0) throw new Error(`volume group '${vg}' still in use`);
    disks.removeGroup(vg, true);
  });
}

/** The name of a mount's unit: slashes become dashes, and dashes are escaped. */
function unitOf(name: string): string {
  return `/etc/systemd/system/mnt-pve-${name.replaceAll("-", "\\x2d")}.mount`;
}

function mounts(call: Call): Record<string, unknown>[] {
  return hostOf(call).disks.mounts.map(({ name, device, type }) => ({
    path: `/mnt/pve/${name}`,
    device: `/dev/disk/by-uuid/${device.replace(/^.*\//, "lab-")}`,
    type,
    options: "defaults",
    unitfile: unitOf(name),
  }));
}

function createMount(call: Call): { data: string } {
  const name = nameOf(call);
  const device = freeDevice(call);
  const type = text(call, "filesystem") ?? "ext4";
  const path = `/mnt/pve/${name}`;
  const plan: NewStorage = {
    type: "dir",
    content: ["images", "rootdir", "vztmpl", "iso", "backup", "snippets"],
    definition: { path, is_mountpoint: 1 },
    same: ["path"],
    total: sizeOf(call, device),
  };
  checkNewStorage(call, name, plan);
  const { disks: current } = hostOf(call);
  const taken = current.mounts.find((mount) => mount.name === name);
  if (taken) throw die(`the path for '${name}' is already mounted: ${path} (${taken.device})`);
  return diskTask(call, "dircreate", name, (disks, task) => {
    disks.assertUnused(device);
    if (!disks.device(device).partition) task.log.push(`# /sbin/sgdisk -n1 -t1:8300 ${device}`);
    disks.addMount(name, device, type);
    task.log.push(`# /sbin/mkfs -t ${type} ${disks.mounts.at(-1)!.device}`);
    addStorage(call, name, plan);
  });
}

function removeMount(call: Call): { data: string } {
  checkCleanup(call);
  const name = nameOf(call);
  const unit = unitOf(name).replace(/^.*\//, "");
  return diskTask(call, "dirremove", name, (disks) => {
    if (!disks.mounts.some((mount) => mount.name === name))
      throw new Error(`command 'systemctl stop ${unit}' failed: exit code 5`);
    disks.removeMount(name, flag(call, "cleanup-disks"));
    if (flag(call, "cleanup-config"))
      cleanStorages(
        call.state,
        nodeName(call),
        ({ type, definition }) => type === "dir" && definition.path === `/mnt/pve/${name}`,
      );
  });
}

/** Volume groups, thin pools and mounts on a node's disks. */
export const diskVolumeRoutes: readonly Route[] = [
  { id: "GET /nodes/{node}/disks/lvm", run: (call) => ({ data: groups(call) }) },
  { id: "POST /nodes/{node}/disks/lvm", run: createGroup },
  { id: "DELETE /nodes/{node}/disks/lvm/{name}", run: removeGroup },
  { id: "GET /nodes/{node}/disks/lvmthin", run: (call) => ({ data: thinPools(call) }) },
  { id: "POST /nodes/{node}/disks/lvmthin", run: createThinPool },
  { id: "DELETE /nodes/{node}/disks/lvmthin/{name}", run: removeThinPool },
  { id: "GET /nodes/{node}/disks/directory", run: (call) => ({ data: mounts(call) }) },
  { id: "POST /nodes/{node}/disks/directory", run: createMount },
  { id: "DELETE /nodes/{node}/disks/directory/{name}", run: removeMount },
];
