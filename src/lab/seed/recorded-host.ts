import { type HostProfile, ordinaryHost, SERVICES } from "../state/host-profile.ts";
import type { LabNode } from "../state/types.ts";

const RUNNING = "pve-ha-crm pve-ha-lrm pvedaemon pveproxy pvescheduler pvestatd qmeventd";
const RELEASE = "6.18.44-fc-v657";
const DISK = 274_877_906_944;
/** What `ifreload` ends with where the kernel has no interfaces to configure. */
const NO_INTERFACES = 89;

/** A virtual machine's devices, all of one maker: number, class and name each. */
const DEVICES = [
  ["0x1045", "0xffff00", "balloon"],
  ["0x1042", "0x018000", "block device"],
  ["0x1041", "0x020000", "network device"],
  ["0x1053", "0xffff00", "socket"],
  ["0x1044", "0xffff00", "RNG"],
] as const;

function listed(name: string, title: string, section: string, version: string, installed: boolean, origin = "Debian") {
  return {
    name,
    title,
    section,
    origin,
    candidate: version,
    listed: true as const,
    ...(installed ? { installed: version } : {}),
  };
}

/** The host of the recordings: a bare virtual machine on which most of what a host needs was not installed. */
export function recordedHost(node: LabNode): HostProfile {
  const ordinary = ordinaryHost(node, false);
  return {
    ...ordinary,
    domain: "x.test",
    hosts: `127.0.0.1 localhost\n${node.ip} ${node.name}.test ${node.name}\n`,
    dns: ["10.255.255.53"],
    kernel: { release: RELEASE, version: "#1 SMP PREEMPT_DYNAMIC @0" },
    cpu: {
      ...ordinary.cpu,
      model: "AMD EPYC",
      family: "26",
      cores: 2,
      mhz: "2596.120",
      hvm: "",
    },
    boot: { mode: "legacy-bios" },
    swap: 0,
    interfaces: [
      "auto lo\niface lo inet loopback\n\niface eno1 inet manual\n\nauto vmbr0\niface vmbr0 inet static",
      `\taddress ${node.ip}/24\n\tgateway ${node.ip.replace(/\d+$/, "254")}`,
      "\tbridge-ports none\n\tbridge-stp off\n\tbridge-fd 0\n\nsource /etc/network/interfaces.d/*\n",
    ].join("\n"),
    cards: [],
    running: new Set(RUNNING.split(" ")),
    describe: (service) => (SERVICES.includes(service) ? service : ""),
    missing: new Set(["ceph", "openvswitch", "zfs", "showmount", "iscsiadm", "journal"]),
    reloadExit: NO_INTERFACES,
    rrd: false,
    disks: [
      {
        devpath: "/dev/vda",
        size: DISK,
        model: "unknown",
        serial: "unknown",
        vendor: "0x1af4",
        wwn: "unknown",
        type: "unknown",
        rpm: -1,
        health: "UNKNOWN",
        wearout: "N/A",
        gpt: 0,
        mounted: 1,
        used: "mounted",
        partitions: [],
      },
    ],
    groups: [],
    pci: DEVICES.map(([device, kind, name], index) => ({
      id: `0000:00:0${index + 1}.0`,
      class: kind,
      iommugroup: -1,
      vendor: "0x1af4",
      vendor_name: "Red Hat, Inc.",
      device,
      device_name: `Virtio 1.0 ${name}`,
      subsystem_vendor: "0x1af4",
      subsystem_vendor_name: "Red Hat, Inc.",
      subsystem_device: device,
    })),
    usb: [],
    packages: [
      listed("ceph-fuse", "Ceph client", "admin", "18.2.7+ds-1+deb13u1", false),
      listed("corosync", "Cluster engine", "admin", "3.1.9-2+deb13u1", true),
      { ...listed("ifupdown2", "Network interfaces", "admin", "3.3.0-1+pmx11", true, "unknown"), arch: "all" },
      listed("libspice-server1", "SPICE server", "libs", "0.15.2-1+b1", false),
      listed("lvm2", "Logical volume manager", "admin", "2.03.31-2", true),
      listed("lxcfs", "File system for containers", "admin", "6.0.4-1+deb13u1", false),
      listed("smartmontools", "Disk health", "utils", "7.4-3", true),
      listed("swtpm", "TPM emulator", "misc", "0.7.1-1.5", true),
    ],
    sources: false,
    serverid: "0123456789ABCDEF0123456789ABCDEF",
  };
}
