import { ordinaryPci, ordinaryUsb } from "./host-devices.ts";
import { ordinaryDisks } from "./host-disks.ts";
import { ORDINARY_PACKAGES } from "./host-packages.ts";
import type { LabNode } from "./types.ts";

/** A block device, and what is on it. */
export interface LabDisk {
  devpath: string;
  size: number;
  model: string;
  serial: string;
  vendor: string;
  wwn: string;
  type: "ssd" | "hdd" | "nvme" | "usb" | "unknown";
  rpm: number;
  health: string;
  wearout: number | string;
  gpt: 0 | 1;
  mounted?: 1;
  by_id_link?: string;
  /** What it is used for, in the server's words; free while absent. */
  used?: string;
  partitions: LabPartition[];
}

export interface LabPartition {
  devpath: string;
  size: number;
  used?: string;
  mounted?: 1;
}

export interface LabVolumeGroup {
  vg: string;
  size: number;
  free: number;
  devices: { name: string; size: number; free: number }[];
  /** Thin pools, and how many further volumes there are. */
  pools: { lv: string; lv_size: number; used: number; metadata_size: number; metadata_used: number }[];
  volumes: number;
}

/** One software package that the host knows. */
export interface LabPackage {
  name: string;
  title: string;
  section: string;
  origin: string;
  arch?: string;
  /** What runs; absent when it is not installed. */
  installed?: string;
  /** What the repositories have. */
  candidate: string;
  /** Listed by `apt/versions`; the others show up only when there is an update. */
  listed?: true;
}

/** What a host is made of and has installed: the part that no call changes. */
export interface HostProfile {
  domain: string;
  /** Text of `/etc/hosts`, where it is not the installer's. */
  hosts?: string;
  dns: string[];
  kernel: { release: string; version: string };
  cpu: Record<string, string | number>;
  boot: Record<string, string | number>;
  swap: number;
  /** Text of `/etc/network/interfaces`, and the cards of the machine. */
  interfaces: string;
  cards: readonly string[];
  /** Services that run, and those whose unit is there at all. */
  running: ReadonlySet<string>;
  describe(service: string): string;
  /** Programs that are not installed, by name. */
  missing: ReadonlySet<string>;
  /** Exit code of the network's reload. */
  reloadExit: number;
  /** Whether load figures are kept. */
  rrd: boolean;
  disks: LabDisk[];
  groups: LabVolumeGroup[];
  pci: readonly Record<string, string | number>[];
  usb: readonly Record<string, string | number>[];
  packages: readonly LabPackage[];
  /** Whether there are files with package sources. */
  sources: boolean;
  certificate: { names: readonly string[]; days: { root: number; leaf: number } };
  serverid: string;
}

const SERVICES_OF_CLUSTERS = new Set(["corosync"]);
const NEVER_RUNNING = new Set(["syslog", "systemd-timesyncd"]);

/** Units that the API shows, in its order. */
export const SERVICES: readonly string[] = (
  "chrony corosync cron ksmtuned lxcfs postfix proxmox-firewall pve-cluster pve-firewall pve-ha-crm pve-ha-lrm " +
  "pve-lxc-syscalld pvedaemon pvefw-logger pveproxy pvescheduler pvestatd qmeventd spiceproxy sshd syslog " +
  "systemd-journald systemd-timesyncd"
).split(" ");

const UNITS: Readonly<Record<string, string>> = {
  chrony: "NTP client/server",
  cron: "Periodic commands",
  "pve-cluster": "Cluster filesystem",
  pvedaemon: "API daemon",
  pveproxy: "API proxy",
  pvestatd: "Status daemon",
};

/** A host as the installer leaves it: one bridge on the first card, LVM on the first disk, two disks to spare. */
export function ordinaryHost(node: LabNode, clustered: boolean): HostProfile {
  return {
    domain: "example.net",
    dns: ["192.0.2.253"],
    kernel: { release: "6.17.4-2-pve", version: "#1 SMP PREEMPT_DYNAMIC PMX 6.17.4-2 (2025-12-19T07:49Z)" },
    cpu: {
      model: "AMD EPYC 7313P 16-Core Processor",
      vendor: "AuthenticAMD",
      family: "25",
      sockets: 1,
      cores: Math.max(1, node.maxcpu / 2),
      cpus: node.maxcpu,
      mhz: "2994.375",
      hvm: "1",
      user_hz: 100,
      flags: "fpu vme de pse tsc msr pae mce cx8 apic svm sse4_2 aes avx avx2",
    },
    boot: { mode: "efi", secureboot: 0 },
    swap: 8_589_930_496,
    interfaces: [
      "auto lo",
      "iface lo inet loopback",
      "",
      "iface eno1 inet manual",
      "",
      "iface eno2 inet manual",
      "",
      "auto vmbr0",
      "iface vmbr0 inet static",
      `\taddress ${node.ip}/24`,
      `\tgateway ${node.ip.replace(/\d+$/, "254")}`,
      "\tbridge-ports eno1",
      "\tbridge-stp off",
      "\tbridge-fd 0",
      "",
      "source /etc/network/interfaces.d/*",
      "",
    ].join("\n"),
    cards: ["eno1", "eno2"],
    running: new Set(
      SERVICES.filter((name) => !NEVER_RUNNING.has(name) && (clustered || !SERVICES_OF_CLUSTERS.has(name))),
    ),
    describe: (service) => UNITS[service] ?? service,
    missing: new Set(["ceph", "openvswitch"]),
    reloadExit: 0,
    rrd: true,
    ...ordinaryDisks(node),
    pci: ordinaryPci,
    usb: ordinaryUsb,
    packages: ORDINARY_PACKAGES,
    sources: true,
    certificate: { names: [], days: { root: 3650, leaf: 730 } },
    serverid: node.fingerprint.replaceAll(":", "").slice(0, 32),
  };
}
