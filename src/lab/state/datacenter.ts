import type { CephCluster } from "./ceph.ts";
import { HaState } from "./ha.ts";
import { NotificationState } from "./notification.ts";
import { ReplicationState } from "./replication.ts";
import { SdnState } from "./sdn.ts";
import { type Section, SectionConfig } from "./section-config.ts";

/** An account with a certificate authority. */
export interface AcmeAccount {
  directory: string;
  location: string;
  tos?: string;
  account: Section;
}

/** What belongs to the datacenter as a whole rather than to nodes, guests or storages. */
export class Datacenter {
  readonly ha = new HaState();
  readonly sdn = new SdnState();
  readonly notifications = new NotificationState();
  readonly replication = new ReplicationState();
  readonly mappings = { pci: new SectionConfig(), usb: new SectionConfig(), dir: new SectionConfig() };
  readonly metricServers = new SectionConfig();
  readonly acmePlugins = new SectionConfig({ standalone: { type: "standalone" } });
  readonly acmeAccounts = new Map<string, AcmeAccount>();
  readonly realmSyncJobs = new SectionConfig();
  readonly cpuModels = new SectionConfig();
  /** Absent unless a test makes one; nodes whose profile lacks the program do not know of it either. */
  ceph: CephCluster | undefined;
  /** Whether names on the internet can be resolved. */
  internet = true;
  /** Whether nodes reach their own API on the loopback address, as bulk actions do. */
  loopback = true;
  /** Control groups' version on the nodes. */
  cgroupMode: 1 | 2 = 2;
}
