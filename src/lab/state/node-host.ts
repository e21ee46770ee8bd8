import { AptState } from "./apt.ts";
import { NodeCertificates } from "./certificates.ts";
import { DiskState } from "./disks.ts";
import { type HostProfile, ordinaryHost } from "./host-profile.ts";
import { NetworkFiles } from "./network-files.ts";
import { NodeConfig } from "./node-config.ts";
import type { LabNode } from "./types.ts";

export interface LabSubscription {
  key: string;
  status: string;
  /** Seconds since the epoch. */
  checktime?: number;
}

/** The host below a node: its files, services, disks and packages. */
export class NodeHost {
  readonly node: LabNode;
  readonly profile: HostProfile;
  readonly network: NetworkFiles;
  readonly config = new NodeConfig();
  readonly disks: DiskState;
  readonly apt: AptState;
  readonly certificates: NodeCertificates;
  readonly running: Set<string>;
  search: string;
  nameservers: string[];
  timezone = "Etc/UTC";
  /** Text of `/etc/hosts`. */
  hosts: string;
  subscription: LabSubscription | undefined;

  constructor(node: LabNode, profile: HostProfile) {
    this.node = node;
    this.profile = profile;
    this.network = new NetworkFiles(profile.interfaces, profile.cards, new Date(node.bootedAt));
    this.disks = new DiskState(node.name, profile);
    this.apt = new AptState(profile);
    this.certificates = new NodeCertificates(node, profile);
    this.running = new Set(profile.running);
    this.search = profile.domain;
    this.nameservers = [...profile.dns];
    this.hosts = profile.hosts ?? `127.0.0.1 localhost\n${node.ip} ${node.name}.${profile.domain} ${node.name}\n`;
  }
}

/** The hosts of all nodes, each made when it is first asked for. */
export class NodeHosts {
  readonly #nodes: ReadonlyMap<string, LabNode>;
  readonly #hosts = new Map<string, NodeHost>();
  /** What a node's host is made of; a seed may say otherwise. */
  profile: (node: LabNode, clustered: boolean) => HostProfile = ordinaryHost;

  constructor(nodes: ReadonlyMap<string, LabNode>) {
    this.#nodes = nodes;
  }

  /** The host of a node that the cluster has. */
  of(name: string): NodeHost {
    let host = this.#hosts.get(name);
    if (!host) {
      const node = this.#nodes.get(name);
      if (!node) throw new Error(`no such cluster node '${name}'`);
      host = new NodeHost(node, this.profile(node, this.#nodes.size > 1));
      this.#hosts.set(name, host);
    }
    return host;
  }
}
