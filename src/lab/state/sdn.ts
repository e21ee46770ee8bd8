import { randomUUID } from "node:crypto";
import { die } from "../refusal.ts";
import { guarded, type Section, SectionConfig, splitList } from "./section-config.ts";

/** Kinds of objects that take effect only once they are applied. */
export type SdnKind = "zones" | "vnets" | "subnets" | "controllers" | "fabrics" | "fabricNodes";

export type Objects = Record<string, Section>;

/** An address that is handed out or reserved. */
export interface IpamEntry {
  zone: string;
  /** `10.0.0.0/24`. */
  subnet: string;
  ip: string;
  mac?: string;
  vmid?: number;
  hostname?: string;
  gateway?: 1;
}

const KINDS: readonly SdnKind[] = ["zones", "vnets", "subnets", "controllers", "fabrics", "fabricNodes"];
/** Keys whose lists are compared without regard to order. */
const UNORDERED = new Set(["nodes", "exitnodes", "dhcp-range", "interfaces"]);
/** Keys that a pending view shows in place, whatever runs. */
const IN_PLACE = new Set(["type", "vnet"]);

function comparable(key: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (!UNORDERED.has(key)) return String(value);
  return (Array.isArray(value) ? value.map(String) : splitList(value)).sort().join(",");
}

/** The software-defined network: what is configured, what runs, and who may change it. */
export class SdnState {
  readonly zones = new SectionConfig();
  readonly vnets = new SectionConfig();
  readonly subnets = new SectionConfig();
  readonly controllers = new SectionConfig();
  /** Keyed by name. */
  readonly fabrics = new SectionConfig();
  /** Keyed by fabric and node, `fabric_node`. */
  readonly fabricNodes = new SectionConfig();
  readonly ipams = new SectionConfig({ pve: { type: "pve" } });
  readonly dns = new SectionConfig();
  /** What was applied last; nothing was while absent. */
  running: Record<SdnKind, Objects> | undefined;
  /** Counts what was applied; each node has its own, the last that reached it. */
  version = 0;
  readonly nodeVersions = new Map<string, number>();
  readonly ips: IpamEntry[] = [];
  /** Subnets that the built-in IPAM knows, as `zone cidr`. */
  readonly known = new Set<string>();
  #token: string | undefined;

  /** Objects as they run, by id. */
  runningOf(kind: SdnKind): Objects {
    return this.running?.[kind] ?? {};
  }

  /** Objects with what would change: `state` says how, `pending` holds the values to come. */
  pendingOf(kind: SdnKind): Objects {
    const pending: Objects = {};
    const running = this.runningOf(kind);
    const config = this[kind];
    for (const [id, object] of Object.entries(running)) {
      const wanted = config.get(id);
      const view: Section = { ...object };
      const changes: Section = {};
      for (const key of Object.keys(object)) {
        if (!wanted) view.state = "deleted";
        else if (wanted[key] === undefined) {
          changes[key] = "deleted";
          view.state = "changed";
        } else if (comparable(key, object[key]) !== comparable(key, wanted[key])) view.state = "changed";
      }
      if (view.state !== undefined) view.pending = changes;
      pending[id] = view;
    }
    for (const id of config.ids) {
      const wanted = config.get(id)!;
      const object = running[id];
      const view = pending[id] ?? {};
      pending[id] = view;
      for (const [key, value] of Object.entries(wanted)) {
        if (IN_PLACE.has(key)) view[key] = value;
        else if (!object || comparable(key, object[key]) !== comparable(key, value))
          view.pending = { ...(view.pending as Section | undefined), [key]: value };
        if (!object) view.state = "new";
        else if (object[key] === undefined) view.state = "changed";
      }
      if (view.state !== undefined) view.pending ??= {};
    }
    return pending;
  }

  get hasPending(): boolean {
    return KINDS.some((kind) => Object.values(this.pendingOf(kind)).some((view) => view.pending !== undefined));
  }

  /** Runs a change unless somebody else holds the lock (pve-facts 102). */
  guarded<T>(prefix: string, token: unknown, work: () => T): T {
    return guarded(prefix, () => {
      if (this.#token !== undefined && token !== this.#token)
        throw die("invalid lock token provided! at /usr/share/perl5/PVE/Network/SDN.pm line 305.");
      return work();
    });
  }

  lock(allowPending: boolean): string {
    return this.guarded("could not acquire lock for SDN config", undefined, () => {
      if (!allowPending && this.hasPending)
        throw die("configuration has pending changes at /usr/share/perl5/PVE/API2/Network/SDN.pm line 149.");
      this.#token = randomUUID();
      return this.#token;
    });
  }

  unlock(): void {
    this.#token = undefined;
  }

  /** Makes what is configured what runs; nodes follow one by one. */
  commit(): void {
    this.version += 1;
    this.running = Object.fromEntries(KINDS.map((kind) => [kind, this[kind].snapshot()])) as Record<SdnKind, Objects>;
  }

  rollback(): void {
    for (const kind of KINDS) this[kind].restore(this.runningOf(kind));
  }

  /** Zones that run on a node. */
  zonesOn(node: string): { id: string; type: string }[] {
    return Object.entries(this.runningOf("zones"))
      .filter(([, zone]) => zone.nodes === undefined || splitList(zone.nodes).includes(node))
      .map(([id, zone]) => ({ id, type: String(zone.type) }))
      .sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  /** What keeps a node behind what was applied. */
  backlog(node: string): string | undefined {
    const own = this.nodeVersions.get(node);
    if (own === undefined) return "local sdn network configuration is not yet generated, please reload";
    return own < this.version ? "local sdn network configuration is too old, please reload" : undefined;
  }

  zoneStatus(node: string, _zone: string): "available" | "pending" {
    return this.backlog(node) === undefined ? "available" : "pending";
  }

  /** Ids of the subnets of a vnet. */
  subnetsOf(vnet: string): string[] {
    return this.subnets.ids.filter((id) => this.subnets.get(id)!.vnet === vnet);
  }
}
