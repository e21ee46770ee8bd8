import { createHash } from "node:crypto";
import { type Pace, Timers } from "../clock.ts";
import { type Caller, callerName } from "../permissions/caller.ts";
import { die } from "../refusal.ts";
import { Tasks } from "../tasks.ts";
import { AccessState } from "./access.ts";
import { BackupJobs } from "./backup.ts";
import { Datacenter } from "./datacenter.ts";
import { FirewallState } from "./firewall.ts";
import { NodeHosts } from "./node-host.ts";
import type { ConfigValue, HaResource, LabGuest, LabNode, LabPool, LabStorage, LabVolume } from "./types.ts";

/** Everything that a simulated cluster knows; tests may read and change it. */
export class ClusterState {
  /** Absent on a standalone node. */
  readonly clusterName: string | undefined;
  readonly pace: Pace;
  readonly timers = new Timers();
  readonly tasks: Tasks;
  readonly nodes = new Map<string, LabNode>();
  readonly hosts = new NodeHosts(this.nodes);
  readonly firewall = new FirewallState();
  readonly guests = new Map<number, LabGuest>();
  readonly storages = new Map<string, LabStorage>();
  readonly volumes = new Map<string, LabVolume>();
  readonly pools = new Map<string, LabPool>();
  readonly ha = new Map<string, HaResource>();
  readonly options: Record<string, ConfigValue> = {};
  readonly backups = new BackupJobs();
  readonly datacenter = new Datacenter();
  readonly access = new AccessState({ poolsOf: (kind, id) => this.#poolsOf(kind, id) });
  readonly #pools = new Map<number, string>();
  /** Takes the quorum away, whatever nodes are online. */
  quorumLost = false;
  #pid = 20_000;

  constructor(clusterName: string | undefined, pace: Pace) {
    this.clusterName = clusterName;
    this.pace = pace;
    this.tasks = new Tasks(pace, this.timers, (node) => this.nodes.get(node)?.bootedAt ?? Date.now() - 3_600_000);
  }

  /** The node that answers: the first one. */
  get entry(): LabNode {
    return this.nodes.values().next().value!;
  }

  get quorate(): boolean {
    if (this.quorumLost) return false;
    let online = 0;
    for (const node of this.nodes.values()) if (node.online) online += 1;
    return online * 2 > this.nodes.size;
  }

  /** Takes a node down or brings it back; `stale` keeps giving out its last report (pve-facts 105, 106). */
  setNodeOnline(name: string, online: boolean, options: { stale?: boolean } = {}): void {
    const node = this.nodes.get(name);
    if (!node) throw new Error(`no node ${name}`);
    if (node === this.entry && !online) throw new Error("the answering node cannot be offline");
    node.online = online;
    node.stale = !online && options.stale === true;
    if (!online) this.tasks.lose(name);
  }

  /** Whether what the cluster reports of a node is current. */
  reports(name: string): boolean {
    const node = this.nodes.get(name);
    return node !== undefined && (node.online || node.stale);
  }

  /** The guest of that kind on that node, or PVE's complaint that its file is not there. */
  guest(node: string, type: "qemu" | "lxc", vmid: number): LabGuest {
    const guest = this.guests.get(vmid);
    if (!guest || guest.node !== node || guest.type !== type)
      throw die(
        `Configuration file 'nodes/${node}/${type === "qemu" ? "qemu-server" : "lxc"}/${vmid}.conf' does not exist`,
      );
    return guest;
  }

  /** `vm:100` or `ct:100`. */
  sid(guest: LabGuest): string {
    return `${guest.type === "qemu" ? "vm" : "ct"}:${guest.vmid}`;
  }

  /** The guest's HA entry, if a manager looks after it. */
  haOf(guest: LabGuest): HaResource | undefined {
    const resource = this.ha.get(this.sid(guest));
    return resource && resource.request !== "ignored" ? resource : undefined;
  }

  poolOf(vmid: number): string | undefined {
    return this.#pools.get(vmid);
  }

  addToPool(poolid: string, vmid: number): void {
    this.removeFromPool(vmid);
    this.pools.get(poolid)?.guests.add(vmid);
    this.#pools.set(vmid, poolid);
  }

  removeFromPool(vmid: number): void {
    const poolid = this.#pools.get(vmid);
    if (poolid === undefined) return;
    this.pools.get(poolid)?.guests.delete(vmid);
    this.#pools.delete(vmid);
  }

  /** Whether a caller holds a privilege on a path; membership of a pool adds the pool's. */
  allowed(caller: Caller, path: string, privilege: string): boolean {
    return this.access.rights.has(callerName(caller), path, privilege);
  }

  *#poolsOf(kind: "vms" | "storage", id: string): Generator<string> {
    if (kind === "vms") {
      const pool = this.poolOf(Number(id));
      if (pool !== undefined) yield pool;
      return;
    }
    for (const pool of this.pools.values()) if (pool.storages.has(id)) yield pool.poolid;
  }

  /** SHA-1 over the stored configuration. */
  digest(guest: LabGuest): string {
    guest.digest ??= createHash("sha1")
      .update(JSON.stringify([guest.config, guest.pending, guest.pendingDelete, guest.snapshots]))
      .digest("hex");
    return guest.digest;
  }

  /** To be called after every change of a guest's configuration. */
  touch(guest: LabGuest): void {
    guest.digest = undefined;
    const { cores, cpulimit, sockets } = guest.config;
    // A container that is not held back has all that its host has.
    guest.maxcpu =
      guest.type === "lxc"
        ? Number(cores || cpulimit || (this.nodes.get(guest.node)?.maxcpu ?? 1))
        : Number(cores ?? 1) * Number(sockets ?? 1);
    guest.maxmem = Number(guest.config.memory ?? 512) * 1_048_576;
  }

  /** Marks a guest as running, with its pending changes applied. */
  powerOn(guest: LabGuest): void {
    this.applyPending(guest);
    guest.running = true;
    guest.paused = false;
    guest.startedAt = Date.now();
    this.#pid += 7;
    guest.pid = this.#pid;
  }

  powerOff(guest: LabGuest): void {
    guest.running = false;
    guest.paused = false;
    guest.startedAt = 0;
    guest.pid = 0;
    this.applyPending(guest);
  }

  applyPending(guest: LabGuest): void {
    if (guest.pendingDelete.length === 0 && Object.keys(guest.pending).length === 0) return;
    for (const key of guest.pendingDelete) delete guest.config[key];
    Object.assign(guest.config, guest.pending);
    guest.pending = {};
    guest.pendingDelete = [];
    this.touch(guest);
  }

  /** Removes a guest with its volumes and memberships. */
  remove(guest: LabGuest): void {
    this.guests.delete(guest.vmid);
    this.firewall.guests.delete(guest.vmid);
    this.removeFromPool(guest.vmid);
    this.ha.delete(this.sid(guest));
    for (const volume of this.volumes.values())
      if (volume.vmid === guest.vmid && (volume.content === "images" || volume.content === "rootdir"))
        this.volumes.delete(volume.volid);
  }

  /** Whether a volume that a configuration names can be used from a node. */
  hasVolume(volid: string, node: string): boolean {
    const volume = this.volumes.get(volid);
    return volume !== undefined && (volume.node === undefined || volume.node === node);
  }
}
