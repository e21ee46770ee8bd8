import { createHash } from "node:crypto";
import { createRandom, type Random } from "../random.ts";
import type { ClusterState } from "../state/cluster.ts";
import { pluginOf } from "../state/storage-plugins.ts";
import type { ConfigValue, LabGuest } from "../state/types.ts";

const GIB = 1_073_741_824;

/** Adds nodes, storages and guests to an empty cluster, the same ones for the same seed. */
export class Builder {
  readonly state: ClusterState;
  readonly random: Random;
  readonly #prefix: string;

  constructor(state: ClusterState, seed: number, prefix: string) {
    this.state = state;
    this.random = createRandom(seed);
    this.#prefix = prefix;
  }

  nodes(count: number, fingerprint: string, version: string, size: { cpus: number; gib: number }): void {
    for (let i = 1; i <= count; i += 1) {
      const name = `${this.#prefix}${i}`;
      this.state.nodes.set(name, {
        name,
        nodeid: i,
        ip: `192.0.2.${i}`,
        online: true,
        stale: false,
        version,
        maxcpu: size.cpus,
        maxmem: size.gib * GIB,
        maxdisk: 100 * GIB,
        useddisk: this.random.int(8, 40) * GIB,
        // Every node has its own leaf; only the answering one's is really served.
        fingerprint: i === 1 ? fingerprint : fakeFingerprint(name),
        bootedAt: Date.now() - this.random.int(5, 90) * 86_400_000,
      });
    }
  }

  storages(): void {
    const nodes = [...this.state.nodes.keys()];
    const used = (total: number): Map<string, number> =>
      new Map(nodes.map((node) => [node, Math.floor(total * (0.2 + 0.4 * this.random.next()))]));
    this.state.storages.set("local", {
      storage: "local",
      type: "dir",
      content: ["iso", "vztmpl", "backup", "snippets", "import"],
      shared: false,
      definition: { path: "/var/lib/vz", digest: this.random.hex(40) },
      disabled: false,
      inactiveOn: new Set(),
      total: 100 * GIB,
      used: used(100 * GIB),
    });
    this.state.storages.set("local-lvm", {
      storage: "local-lvm",
      type: "lvmthin",
      content: ["rootdir", "images"],
      shared: false,
      definition: { thinpool: "data", vgname: "pve", digest: this.random.hex(40) },
      disabled: false,
      inactiveOn: new Set(),
      total: 900 * GIB,
      used: used(900 * GIB),
    });
    this.state.storages.set("nfs", {
      storage: "nfs",
      type: "nfs",
      content: ["images", "rootdir", "iso", "backup"],
      shared: true,
      definition: { server: "192.0.2.250", export: "/export/pve", path: "/mnt/pve/nfs", digest: this.random.hex(40) },
      disabled: false,
      inactiveOn: new Set(),
      total: 8000 * GIB,
      used: new Map([["", Math.floor(8000 * GIB * 0.37)]]),
    });
    for (const node of nodes) {
      this.volume(`local:iso/debian-13.1.0-amd64-netinst.iso`, node, "iso", 792_723_456);
      this.volume(`local:vztmpl/debian-13-standard_13.1-2_amd64.tar.zst`, node, "vztmpl", 129_710_398);
    }
    this.volume("nfs:iso/virtio-win-0.1.285.iso", undefined, "iso", 790_482_944);
  }

  /** Local volumes of the same name on several nodes share one entry, which then belongs to no single node. */
  volume(volid: string, node: string | undefined, content: "iso" | "vztmpl", size: number): void {
    const known = this.state.volumes.get(volid);
    if (known) {
      delete known.node;
      return;
    }
    this.state.volumes.set(volid, {
      volid,
      storage: volid.slice(0, volid.indexOf(":")),
      ...(node === undefined ? {} : { node }),
      content,
      format: content === "iso" ? "iso" : "tzst",
      size,
      ctime: Math.floor(Date.now() / 1000) - 86_400 * this.random.int(10, 300),
    });
  }

  mac(): string {
    const digits = this.random.hex(6).toUpperCase();
    return `BC:24:11:${digits.slice(0, 2)}:${digits.slice(2, 4)}:${digits.slice(4, 6)}`;
  }

  uuid(): string {
    const h = this.random.hex(32);
    return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20)}`;
  }

  #address(vmid: number): string {
    return `198.51.${100 + (Math.floor(vmid / 250) % 100)}.${1 + (vmid % 250)}`;
  }

  #add(
    vmid: number,
    type: "qemu" | "lxc",
    node: string,
    config: Record<string, ConfigValue>,
    disk: { storage: string; gib: number; key: string },
    running: boolean,
  ): LabGuest {
    const template = config.template === 1;
    const storage = this.state.storages.get(disk.storage);
    const shared = storage?.shared === true;
    const files = storage !== undefined && pluginOf(storage.type).files === true;
    const format = files && type === "qemu" ? "qcow2" : "raw";
    const name = `${template ? "base" : "vm"}-${vmid}-disk-0`;
    const volid = `${disk.storage}:${files ? `${vmid}/${name}.${format}` : name}`;
    config[disk.key] = `${volid},size=${disk.gib}G`;
    this.state.volumes.set(volid, {
      volid,
      storage: disk.storage,
      ...(shared ? {} : { node }),
      content: type === "qemu" ? "images" : "rootdir",
      format,
      size: disk.gib * GIB,
      vmid,
      ctime: Math.floor(Date.now() / 1000) - 86_400 * this.random.int(1, 200),
    });
    const guest: LabGuest = {
      vmid,
      type,
      node,
      running,
      paused: false,
      config,
      pending: {},
      pendingDelete: [],
      snapshots: [],
      agent: "absent",
      addresses: [this.#address(vmid)],
      traits: {},
      startedAt: running ? Date.now() - this.random.int(600, 3_000_000) * 1000 : 0,
      pid: running ? 10_000 + vmid : 0,
      load: 0.01 + 0.3 * this.random.next() ** 3,
      fill: 0.2 + 0.6 * this.random.next(),
      maxmem: 0,
      maxdisk: disk.gib * GIB,
      maxcpu: 1,
      digest: undefined,
    };
    this.state.guests.set(vmid, guest);
    this.state.touch(guest);
    return guest;
  }

  /** A virtual machine; `extra` is added to a plain Linux configuration. */
  vm(
    vmid: number,
    node: string,
    name: string,
    options: {
      running?: boolean;
      storage?: string;
      gib?: number;
      extra?: Record<string, ConfigValue>;
      agent?: boolean;
    } = {},
  ): LabGuest {
    const config: Record<string, ConfigValue> = {
      name,
      memory: String(this.random.pick([1024, 2048, 4096, 8192])),
      cores: this.random.pick([1, 2, 4]),
      sockets: 1,
      ostype: "l26",
      scsihw: "virtio-scsi-single",
      boot: "order=scsi0;net0",
      net0: `virtio=${this.mac()},bridge=vmbr0,firewall=1`,
      smbios1: `uuid=${this.uuid()}`,
      vmgenid: this.uuid(),
      meta: `creation-qemu=10.1.2,ctime=${Math.floor(Date.now() / 1000) - 86_400 * this.random.int(1, 200)}`,
      onboot: 1,
      ...(options.agent === false ? {} : { agent: "1" }),
      ...options.extra,
    };
    const disk = {
      storage: options.storage ?? "local-lvm",
      gib: options.gib ?? this.random.pick([8, 16, 32, 64]),
      key: "scsi0",
    };
    const guest = this.#add(vmid, "qemu", node, config, disk, options.running ?? false);
    guest.agent = options.agent === false ? "absent" : "running";
    return guest;
  }

  /** A container. */
  ct(
    vmid: number,
    node: string,
    hostname: string,
    options: { running?: boolean; storage?: string; extra?: Record<string, ConfigValue> } = {},
  ): LabGuest {
    const config: Record<string, ConfigValue> = {
      hostname,
      arch: "amd64",
      ostype: "debian",
      memory: this.random.pick([256, 512, 1024]),
      swap: 512,
      cores: this.random.pick([1, 2]),
      unprivileged: 1,
      features: "nesting=1",
      onboot: 1,
      net0: `name=eth0,bridge=vmbr0,hwaddr=${this.mac()},ip=dhcp,type=veth`,
      ...options.extra,
    };
    const disk = { storage: options.storage ?? "local-lvm", gib: this.random.pick([4, 8, 16]), key: "rootfs" };
    return this.#add(vmid, "lxc", node, config, disk, options.running ?? false);
  }

  pool(poolid: string, comment: string, vmids: readonly number[]): void {
    this.state.pools.set(poolid, { poolid, comment, guests: new Set(), storages: new Set() });
    for (const vmid of vmids) this.state.addToPool(poolid, vmid);
  }

  ha(guest: LabGuest, request: "started" | "stopped"): void {
    const sid = this.state.sid(guest);
    this.state.ha.set(sid, {
      sid,
      type: guest.type === "qemu" ? "vm" : "ct",
      request,
      state: request,
      max_restart: 1,
      max_relocate: 1,
      failback: 1,
    });
  }

  /** A task of the past. */
  past(
    node: string,
    type: string,
    id: string,
    minutesAgo: number,
    seconds: number,
    status: string,
    log: string[] = [],
  ): void {
    this.state.tasks.record(
      { node, type, id, user: "root@pam" },
      Date.now() - minutesAgo * 60_000,
      seconds,
      status,
      log,
    );
  }
}

function fakeFingerprint(text: string): string {
  return (createHash("sha256").update(text).digest("hex").toUpperCase().match(/../g) ?? []).join(":");
}
