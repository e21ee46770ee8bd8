import type { TaskOutcome } from "../tasks/task-outcome.ts";
import type { PendingChange, VmConfig } from "./vm-config.ts";

/** A task of the VM or of its node. */
export interface TaskFact {
  upid: string;
  type: string;
  id: string;
  user: string;
  outcome: TaskOutcome;
  /** The server's own words, once it has ended. */
  status?: string;
  /** Seconds since the epoch. */
  starttime: number;
  /** Job id, while it runs. */
  job?: string;
}

/** The last attempt to start the VM that this token can see. */
export interface StartFact extends TaskFact {
  /** Lines of its log, the last ones, when it did not end well. */
  log: readonly string[];
  /** Number of the first line in `log`, counted from 1. */
  firstLine: number;
}

/** How the VM's process is. */
export interface RunFact {
  running: boolean;
  /** QEMU's own word: `running`, `paused`, `io-error` … */
  qmp?: string;
  lock?: string;
  /** Seconds. */
  uptime: number;
}

export interface HaFact {
  /** What the manager reports: `started`, `stopped`, `error` … */
  state: string;
  /** What was asked for; unknown where only the state can be seen. */
  request?: string;
  /** The node's own line, when its manager is not in order. */
  sick?: string;
  /** Where it was read. */
  where: string;
}

export interface HostFact {
  /** Virtualization can be used; undefined where the node does not say. */
  hvm?: boolean;
  cpus?: number;
  /** Bytes. */
  memoryTotal?: number;
  memoryFree?: number;
}

export interface StorageFact {
  storage: string;
  type?: string;
  /** `available`, or why it is not to be used on this node. */
  state: "available" | "inactive" | "disabled" | "elsewhere" | "undefined";
  used?: number;
  total?: number;
}

export interface VolumeFact {
  /** Configuration key that names it. */
  key: string;
  volid: string;
  storage: string;
  kind: "disk" | "cdrom" | "cloudinit" | "snippet" | "vmstate";
  /** Undefined while nobody could look. */
  found?: boolean;
  /** Where it was looked for, and what was said of it. */
  where?: string;
  says?: string;
}

/** A mapping as the node sees it; `undefined` members stand for what is in order. */
export interface MappingFact {
  defined: boolean;
  complaint?: string;
}

/** What one call of the agent came to. */
export type AgentOutcome = "ok" | "silent" | "refused" | "failed";

export interface AgentCall {
  command: string;
  outcome: AgentOutcome;
  says?: string;
}

export interface AgentFact {
  calls: readonly AgentCall[];
  version?: string;
  /** Commands that it knows and refuses. */
  disabled?: readonly string[];
  /** How many it knows. */
  known?: number;
  /** The guest's interfaces in the agent's own words. */
  interfaces?: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Everything that was read of one VM. What could not be read, or need not be, is undefined: a detector then has
 * nothing to say.
 */
export interface VmFacts {
  /** `boot`: why it does not come up. `agent`: why its agent does not do what is asked. */
  question: "boot" | "agent";
  /** To be named in calls, when several clusters are configured. */
  cluster?: string;
  vmid: number;
  name?: string;
  node: string;
  nodeOnline: boolean;
  /** What the node that was asked said of a node that the index still calls online. */
  unreachable?: string;
  /** Undefined on a standalone node. */
  quorate?: boolean;
  template?: boolean;
  run?: RunFact;
  /** As it runs. */
  config?: VmConfig;
  /** As it will be at the next start, pending changes included. */
  nextConfig?: VmConfig;
  pending?: readonly PendingChange[];
  /** Of this VM, newest first. */
  tasks?: readonly TaskFact[];
  /** On its node, whoever they work for; read only while the VM is locked. `all`: the token sees those of others too. */
  live?: { all: boolean; tasks: readonly TaskFact[] };
  start?: StartFact;
  ha?: HaFact;
  host?: HostFact;
  storages?: ReadonlyMap<string, StorageFact>;
  volumes?: readonly VolumeFact[];
  /** Bridges and virtual networks of the node; `all` when the token would see every one. */
  bridges?: { all: boolean; active: ReadonlyMap<string, boolean> };
  pciMappings?: ReadonlyMap<string, MappingFact>;
  usbMappings?: ReadonlyMap<string, MappingFact>;
  /** Addresses of the node's PCI devices. */
  pciDevices?: ReadonlySet<string>;
  agent?: AgentFact;
}

/** The VM as a sentence names it. */
export function nameOf({ vmid, name }: Pick<VmFacts, "vmid" | "name">): string {
  return name === undefined ? `VM ${vmid}` : `VM ${vmid} (${name})`;
}

/** Whether the last start is known to have failed, and nothing runs now. */
export function startFailed(facts: VmFacts): boolean {
  return facts.start?.outcome === "failed" && facts.run?.running !== true;
}
