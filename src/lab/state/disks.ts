import { die } from "../refusal.ts";
import type { HostProfile, LabDisk, LabPartition, LabVolumeGroup } from "./host-profile.ts";

export interface LabZpool {
  name: string;
  raidlevel: string;
  devices: string[];
  size: number;
}

export interface LabMount {
  name: string;
  device: string;
  type: string;
}

const MIB = 1_048_576;

/** The block devices of a node, and the volume groups, pools and mounts on them. */
export class DiskState {
  readonly node: string;
  readonly all: LabDisk[];
  readonly groups: LabVolumeGroup[];
  readonly pools: LabZpool[] = [];
  readonly mounts: LabMount[] = [];

  constructor(node: string, profile: HostProfile) {
    this.node = node;
    this.all = structuredClone(profile.disks);
    this.groups = structuredClone(profile.groups);
  }

  /** The disk of a path, or of the disk that a partition belongs to. */
  find(devpath: string): { disk: LabDisk; partition?: LabPartition } | undefined {
    for (const disk of this.all) {
      if (disk.devpath === devpath || disk.by_id_link === devpath) return { disk };
      const partition = disk.partitions.find((part) => part.devpath === devpath);
      if (partition) return { disk, partition };
    }
    return undefined;
  }

  /** The device of a path, or the complaint that there is none. */
  device(devpath: string): { disk: LabDisk; partition?: LabPartition } {
    const found = this.find(devpath);
    if (!found) throw die("not a valid block device");
    return found;
  }

  isUsed(devpath: string): boolean {
    const { disk, partition } = this.device(devpath);
    return partition ? partition.used !== undefined : disk.used !== undefined;
  }

  /** The complaint about a device in use, as a worker gives it. */
  assertUnused(devpath: string): void {
    if (this.isUsed(devpath)) throw new Error(`device '${devpath}' is already in use`);
  }

  /** Marks a device as used; a whole disk gets the mark itself. */
  use(devpath: string, used: string, mounted = false): void {
    const { disk, partition } = this.device(devpath);
    const target = partition ?? disk;
    target.used = used;
    if (mounted) target.mounted = 1;
  }

  /** Leaves a device empty. */
  wipe(devpath: string): void {
    const { disk, partition } = this.device(devpath);
    if (partition) {
      delete partition.used;
      delete partition.mounted;
      return;
    }
    disk.partitions = [];
    disk.gpt = 0;
    delete disk.used;
    delete disk.mounted;
  }

  initGpt(devpath: string): void {
    this.device(devpath).disk.gpt = 1;
  }

  /** Makes one partition over a whole disk and gives its path. */
  partition(devpath: string, used: string): string {
    const { disk, partition } = this.device(devpath);
    if (partition) return devpath;
    const path = `${devpath}${/\d$/.test(devpath) ? "p" : ""}1`;
    disk.gpt = 1;
    disk.used = "partitions";
    disk.partitions = [{ devpath: path, size: disk.size - MIB, used }];
    return path;
  }

  group(name: string): LabVolumeGroup | undefined {
    return this.groups.find(({ vg }) => vg === name);
  }

  addGroup(devpath: string, name: string): LabVolumeGroup {
    const { disk, partition } = this.device(devpath);
    const size = (partition ?? disk).size - 4 * MIB;
    this.use(devpath, "LVM");
    const group: LabVolumeGroup = {
      vg: name,
      size,
      free: size,
      devices: [{ name: devpath, size, free: size }],
      pools: [],
      volumes: 0,
    };
    this.groups.push(group);
    return group;
  }

  /** A thin pool over all of a group but some room for its metadata. */
  addThinPool(group: LabVolumeGroup, name: string): void {
    const metadata = Math.min(Math.max(Math.floor(group.size / 100), 1024 * MIB), 16 * 1024 * MIB);
    const size = group.size - 128 * MIB - 2 * metadata;
    group.pools.push({ lv: name, lv_size: size, used: 0, metadata_size: metadata, metadata_used: 0 });
    group.free -= size + 2 * metadata;
    for (const device of group.devices) device.free = Math.max(0, group.free);
  }

  removeGroup(name: string, wipe: boolean): void {
    const index = this.groups.findIndex(({ vg }) => vg === name);
    const [group] = this.groups.splice(index, 1);
    if (wipe) for (const device of group?.devices ?? []) this.#release(device.name);
  }

  #release(devpath: string): void {
    const found = this.find(devpath);
    if (!found) return;
    // A disk whose only partition it was is wiped as a whole.
    this.wipe(found.disk.partitions.length <= 1 ? found.disk.devpath : devpath);
  }

  addPool(name: string, raidlevel: string, devices: readonly string[]): void {
    const sizes = devices.map((devpath) => this.device(devpath).disk.size);
    const least = Math.min(...sizes);
    const parity = Number(/(\d)$/.exec(raidlevel)?.[1] ?? 1);
    const count =
      raidlevel === "single" || raidlevel === "mirror"
        ? 1
        : raidlevel === "raid10"
          ? devices.length / 2
          : devices.length - parity;
    for (const devpath of devices) {
      this.partition(devpath, "ZFS");
      this.use(devpath, "ZFS");
    }
    this.pools.push({ name, raidlevel, devices: [...devices], size: Math.floor(least * count * 0.995) });
  }

  removePool(name: string, wipe: boolean): void {
    const index = this.pools.findIndex((pool) => pool.name === name);
    const [pool] = this.pools.splice(index, 1);
    if (wipe) for (const devpath of pool?.devices ?? []) this.wipe(devpath);
  }

  addMount(name: string, devpath: string, type: string): void {
    const device = this.partition(devpath, type);
    this.use(device, type, true);
    this.mounts.push({ name, device, type });
  }

  removeMount(name: string, wipe: boolean): void {
    const index = this.mounts.findIndex((mount) => mount.name === name);
    const [mount] = this.mounts.splice(index, 1);
    if (!mount) return;
    const { disk, partition } = this.device(mount.device);
    delete (partition ?? disk).mounted;
    if (wipe) this.#release(mount.device);
  }
}
