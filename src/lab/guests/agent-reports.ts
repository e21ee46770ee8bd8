import { guestLoad, guestName } from "../state/report.ts";
import type { LabGuest } from "../state/types.ts";
import { drivesOf, isCdrom } from "./drives.ts";
import { isWindows } from "./guest-system.ts";
import { parseNet } from "./identity.ts";
import { parseSize } from "./sizes.ts";

function addressOf(address: string): Record<string, unknown> {
  const isV6 = address.includes(":");
  return { "ip-address": address, "ip-address-type": isV6 ? "ipv6" : "ipv4", prefix: isV6 ? 64 : 24 };
}

function hex(value: number): string {
  return (value & 0xff).toString(16).padStart(2, "0");
}

/** The address that every interface gives itself, made from its MAC. */
function linkLocal(mac: string): string {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = mac.split(":").map((part) => Number.parseInt(part, 16));
  return `fe80::${hex(a ^ 2)}${hex(b)}:${hex(c)}ff:fe${hex(d)}:${hex(e)}${hex(f)}`;
}

function interfaces(guest: LabGuest): unknown[] {
  const load = guestLoad(guest);
  const cards = Object.keys(guest.config)
    .filter((key) => /^net\d+$/.test(key))
    .sort();
  const statistics = (received: number, sent: number): Record<string, number> => ({
    "rx-bytes": received,
    "rx-packets": Math.floor(received / 800),
    "rx-errs": 0,
    "rx-dropped": 0,
    "tx-bytes": sent,
    "tx-packets": Math.floor(sent / 700),
    "tx-errs": 0,
    "tx-dropped": 0,
  });
  return [
    {
      name: "lo",
      "hardware-address": "00:00:00:00:00:00",
      "ip-addresses": [
        { "ip-address": "127.0.0.1", "ip-address-type": "ipv4", prefix: 8 },
        { "ip-address": "::1", "ip-address-type": "ipv6", prefix: 128 },
      ],
      statistics: statistics(1024, 1024),
    },
    ...(guest.traits.bridges ?? []).map((name, index) => ({
      name,
      "hardware-address": `02:42:${hex(guest.vmid >> 8)}:${hex(guest.vmid)}:00:${hex(index)}`,
      "ip-addresses": [addressOf(`172.${17 + index}.0.1`)],
      statistics: statistics(0, 0),
    })),
    ...cards.map((key, index) => {
      const mac = parseNet(String(guest.config[key])).get("macaddr")?.toLowerCase() ?? "";
      return {
        name: isWindows(guest) ? `Ethernet${index === 0 ? "" : ` ${index + 1}`}` : `eth${key.slice(3)}`,
        "hardware-address": mac,
        "ip-addresses": [...(mac === "" ? [] : [linkLocal(mac)]), ...(index === 0 ? guest.addresses : [])].map(
          addressOf,
        ),
        statistics: statistics(123_456 + load.netin, 65_432 + load.netout),
      };
    }),
  ];
}

function fileSystems(guest: LabGuest): unknown[] {
  const disks = drivesOf(guest.config).filter(
    ([name, drive]) => !isCdrom(drive) && /^(?:scsi|virtio|sata|ide)/.test(name),
  );
  return disks.map(([name, drive], index) => {
    const total = parseSize(drive.get("size") ?? "") ?? 0;
    const device = `/dev/${name.startsWith("virtio") ? "vd" : "sd"}${String.fromCharCode(97 + index)}`;
    return {
      name: `${device.slice(5)}1`,
      mountpoint: index === 0 ? "/" : `/mnt/${name}`,
      type: "ext4",
      "total-bytes": Math.floor(total * 0.95),
      "total-bytes-privileged": total,
      "used-bytes": Math.floor(total * guest.fill * 0.6),
      disk: [
        {
          "bus-type": name.startsWith("virtio") ? "virtio" : "scsi",
          bus: 0,
          target: 0,
          unit: index,
          dev: `${device}1`,
          serial: `0QEMU_QEMU_HARDDISK_drive-${name}`,
          "pci-controller": { domain: 0, bus: 1, slot: 1, function: 0 },
        },
      ],
    };
  });
}

const COMMANDS =
  "guest-ping guest-sync guest-info guest-exec guest-exec-status guest-file-open guest-file-read guest-file-write guest-file-close guest-get-osinfo guest-get-fsinfo guest-get-host-name guest-get-memory-block-info guest-get-memory-blocks guest-get-time guest-get-timezone guest-get-users guest-get-vcpus guest-network-get-interfaces guest-set-user-password guest-shutdown guest-suspend-disk guest-suspend-hybrid guest-suspend-ram guest-fsfreeze-freeze guest-fsfreeze-freeze-list guest-fsfreeze-status guest-fsfreeze-thaw guest-fstrim".split(
    " ",
  );

const DEBIAN = {
  id: "debian",
  name: "Debian GNU/Linux",
  "pretty-name": "Debian GNU/Linux 13 (trixie)",
  version: "13 (trixie)",
  "version-id": "13",
  "kernel-release": "6.12.48+deb13-amd64",
  "kernel-version": "#1 SMP PREEMPT_DYNAMIC Debian 6.12.48-1",
  machine: "x86_64",
};

const WINDOWS = {
  id: "mswindows",
  name: "Microsoft Windows",
  "pretty-name": "Windows Server 2022 Standard",
  version: "Microsoft Windows Server 2022",
  "version-id": "2022",
  variant: "server",
  "variant-id": "server",
  "kernel-release": "20348",
  "kernel-version": "10.0",
  machine: "x86_64",
};

const BLOCK = 134_217_728;

/** What an agent says of its guest, by command without `guest-`. */
export const REPORTS: Readonly<Record<string, (guest: LabGuest) => unknown>> = {
  ping: () => ({}),
  info: (guest) => ({
    version: "10.0.3",
    supported_commands: COMMANDS.map((name) => ({
      name,
      enabled: !guest.traits.agentRefuses?.includes(name),
      "success-response": !/suspend|shutdown/.test(name),
    })),
  }),
  "network-get-interfaces": interfaces,
  "get-fsinfo": fileSystems,
  "get-osinfo": (guest) => (isWindows(guest) ? WINDOWS : DEBIAN),
  "get-host-name": (guest) => ({ "host-name": guestName(guest) }),
  "get-memory-block-info": () => ({ size: BLOCK }),
  "get-memory-blocks": (guest) =>
    Array.from({ length: Math.ceil(guest.maxmem / BLOCK) }, (_, index) => ({
      "phys-index": index,
      online: true,
      "can-offline": true,
    })),
  "get-time": () => Date.now() * 1_000_000,
  "get-timezone": () => ({ zone: "UTC", offset: 0 }),
  "get-users": (guest) => [{ user: "debian", "login-time": guest.startedAt / 1000 + 120 }],
  "get-vcpus": (guest) =>
    Array.from({ length: guest.maxcpu }, (_, index) => ({
      "logical-id": index,
      online: true,
      "can-offline": index > 0,
    })),
};
