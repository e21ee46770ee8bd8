import type { HostProfile, LabDisk } from "./host-profile.ts";
import type { LabNode } from "./types.ts";

const GIB = 1_073_741_824;

function spare(node: LabNode, letter: string, type: "ssd" | "hdd"): LabDisk {
  const serial = `LAB${node.nodeid}${letter.toUpperCase()}${type === "ssd" ? "S" : "H"}0001`;
  return {
    devpath: `/dev/sd${letter}`,
    size: type === "ssd" ? 960_197_124_096 : 4_000_787_030_016,
    model: type === "ssd" ? "LAB-SSD-960" : "LAB-HDD-4000",
    serial,
    vendor: "ATA     ",
    wwn: `0x5002538e0000${node.nodeid.toString(16).padStart(2, "0")}0${letter}`,
    type,
    rpm: type === "ssd" ? 0 : 7200,
    health: "PASSED",
    wearout: type === "ssd" ? 98 : "N/A",
    gpt: 0,
    by_id_link: `/dev/disk/by-id/ata-${type === "ssd" ? "LAB-SSD-960" : "LAB-HDD-4000"}_${serial}`,
    partitions: [],
  };
}

/** The disks of an ordinary host: one with the system, four that are free. */
export function ordinaryDisks(node: LabNode): Pick<HostProfile, "disks" | "groups"> {
  const size = 1_000_204_886_016;
  const third = size - 1_074_790_400;
  const system: LabDisk = {
    devpath: "/dev/nvme0n1",
    size,
    model: "LAB-NVME-1000",
    serial: `LAB${node.nodeid}N0001`,
    vendor: "unknown",
    wwn: "eui.0025385800000001",
    type: "nvme",
    rpm: 0,
    health: "PASSED",
    wearout: 97,
    gpt: 1,
    by_id_link: `/dev/disk/by-id/nvme-LAB-NVME-1000_LAB${node.nodeid}N0001`,
    used: "partitions",
    partitions: [
      { devpath: "/dev/nvme0n1p1", size: 1_031_168, used: "BIOS boot" },
      { devpath: "/dev/nvme0n1p2", size: GIB, used: "EFI", mounted: 1 },
      { devpath: "/dev/nvme0n1p3", size: third, used: "LVM" },
    ],
  };
  const free = 16 * GIB;
  return {
    disks: [system, spare(node, "a", "ssd"), spare(node, "b", "ssd"), spare(node, "c", "hdd"), spare(node, "d", "hdd")],
    groups: [
      {
        vg: "pve",
        size: third,
        free,
        devices: [{ name: "/dev/nvme0n1p3", size: third, free }],
        pools: [
          {
            lv: "data",
            lv_size: 850 * GIB,
            used: 210 * GIB,
            metadata_size: 8 * GIB,
            metadata_used: 300 * 1_048_576,
          },
        ],
        volumes: 2,
      },
    ],
  };
}
