import type { FirewallConfig } from "./firewall.ts";

/** A value of a guest's configuration, as it is stored and given out. */
export type ConfigValue = string | number;

/** A member of the cluster. */
export interface LabNode {
  name: string;
  nodeid: number;
  ip: string;
  online: boolean;
  /** What the node last reported of its guests is still given out as current (pve-facts 106). */
  stale: boolean;
  version: string;
  maxcpu: number;
  maxmem: number;
  maxdisk: number;
  useddisk: number;
  /** Bytes of memory that something else than guests uses; the node's swap is used up then, too. */
  otherMemory?: number;
  fingerprint: string;
  /** Milliseconds since the epoch. */
  bootedAt: number;
}

type AgentState = "absent" | "stopped" | "running";

export interface LabSnapshot {
  name: string;
  /** Seconds since the epoch. */
  snaptime: number;
  description: string;
  parent?: string;
  vmstate?: 0 | 1;
  /** The configuration as it was; a snapshot of a seed has none and stands for the present one. */
  config?: Record<string, ConfigValue>;
  /** The volume that holds the memory. */
  vmstateVolume?: string;
  snapstate?: "prepare" | "delete";
}

/** How a guest behaves beyond what its configuration says. */
interface GuestTraits {
  /** Does not react to a shutdown request. */
  ignoresShutdown?: boolean;
  /** Lines that a start warns of, and ends as `WARNINGS: n`. */
  startWarnings?: readonly string[];
  /** Commands that the agent inside refuses, e.g. `guest-exec` (pve-facts 73). */
  agentRefuses?: readonly string[];
  /** Every how many calls the agent is there, and then not (pve-facts 71). */
  agentFlaps?: number;
  /** Bytes of an output, or of a file, that one answer gives; 16 MiB when absent (pve-facts 73, 75). */
  agentKeeps?: number;
  /** Interfaces that a container engine made inside, e.g. `docker0`. */
  bridges?: readonly string[];
}

export interface LabGuest {
  vmid: number;
  type: "qemu" | "lxc";
  node: string;
  running: boolean;
  paused: boolean;
  config: Record<string, ConfigValue>;
  /** Changes that wait for the next start. */
  pending: Record<string, ConfigValue>;
  pendingDelete: string[];
  /** Those of `pendingDelete` whose volumes go with them. */
  pendingForce?: string[];
  /** Cloud-init values that the drive still holds, and the names of those it lacks (pve-facts 69). */
  cloudinit?: { old: Record<string, ConfigValue>; added: string[] };
  snapshots: LabSnapshot[];
  agent: AgentState;
  addresses: string[];
  traits: GuestTraits;
  /** Milliseconds since the epoch, while it runs. */
  startedAt: number;
  pid: number;
  /** Load as a share of its cores, and memory in use as a share of its own. */
  load: number;
  fill: number;
  /** Bytes. */
  maxmem: number;
  maxdisk: number;
  maxcpu: number;
  /** The configuration's SHA-1, until it changes. */
  digest: string | undefined;
}

export interface LabStorage {
  storage: string;
  type: string;
  content: string[];
  shared: boolean;
  /** Keys of the definition besides storage, type and content. */
  definition: Record<string, ConfigValue>;
  /** Nodes that have it; all when absent. */
  nodes?: string[];
  disabled: boolean;
  /** Nodes where it is enabled but not reachable. */
  inactiveOn: Set<string>;
  total: number;
  /** Bytes in use, by node for local storages, under `""` for shared ones. */
  used: Map<string, number>;
}

export interface LabVolume {
  volid: string;
  storage: string;
  /** Absent on a shared storage. */
  node?: string;
  content: "images" | "rootdir" | "iso" | "vztmpl" | "backup" | "snippets" | "import";
  format: string;
  size: number;
  used?: number;
  vmid?: number;
  ctime: number;
  notes?: string;
  protected?: boolean;
  subtype?: "qemu" | "lxc";
  /** Volume id of the template's disk that this one grew from. */
  base?: string;
  /** Names of the snapshots that it has. */
  snapshots?: string[];
  /** Of a backup: what it holds. */
  saved?: BackupRecord;
}

/** What a backup holds. */
interface BackupRecord {
  /** The guest's configuration as it was. */
  config: Record<string, ConfigValue>;
  /** Its firewall, if it had one. */
  firewall?: FirewallConfig;
}

export interface LabPool {
  poolid: string;
  comment?: string;
  guests: Set<number>;
  storages: Set<string>;
}

export interface HaResource {
  sid: string;
  type: "vm" | "ct";
  /** What was asked for. */
  request: "started" | "stopped" | "disabled" | "ignored";
  /** What the manager reports. */
  state: string;
  comment?: string;
  max_restart?: number;
  max_relocate?: number;
  failback?: number;
}
