type Device = Record<string, string | number>;

function device(
  id: string,
  kind: string,
  group: number,
  vendor: [string, string],
  model: [string, string],
  extra: Device = {},
): Device {
  return {
    id,
    class: kind,
    iommugroup: group,
    vendor: vendor[0],
    vendor_name: vendor[1],
    device: model[0],
    device_name: model[1],
    ...extra,
  };
}

const INTEL: [string, string] = ["0x8086", "Intel Corporation"];
const AMD: [string, string] = ["0x1022", "Advanced Micro Devices, Inc. [AMD]"];

/** PCI devices of an ordinary host: a host bridge, a VGA adapter, a GPU with virtual functions, network, disk, USB. */
export const ordinaryPci: readonly Device[] = [
  device("0000:00:00.0", "0x060000", 0, AMD, ["0x1480", "Starship/Matisse Root Complex"]),
  device("0000:01:00.0", "0x010802", 1, ["0x144d", "Samsung Electronics Co Ltd"], ["0xa80a", "NVMe SSD Controller"]),
  device("0000:02:00.0", "0x030000", 2, ["0x1a03", "ASPEED Technology, Inc."], ["0x2000", "ASPEED Graphics Family"]),
  device("0000:41:00.0", "0x020000", 41, INTEL, ["0x1563", "Ethernet Controller X550"]),
  device("0000:41:00.1", "0x020000", 42, INTEL, ["0x1563", "Ethernet Controller X550"]),
  device("0000:81:00.0", "0x030200", 81, ["0x10de", "NVIDIA Corporation"], ["0x1eb8", "TU104GL [Tesla T4]"], {
    mdev: 1,
    subsystem_vendor: "0x10de",
    subsystem_vendor_name: "NVIDIA Corporation",
    subsystem_device: "0x12a2",
  }),
  device("0000:c1:00.0", "0x0c0330", 90, AMD, ["0x148c", "Starship USB 3.0 Host Controller"]),
];

/** Kinds of mediated devices of a device that has them. */
export const MEDIATED: readonly { type: string; name: string; description: string; available: number }[] = [
  { type: "nvidia-222", name: "GRID T4-1B", description: "num_heads=4, framebuffer=1024M", available: 16 },
  { type: "nvidia-231", name: "GRID T4-2Q", description: "num_heads=4, framebuffer=2048M", available: 8 },
];

/** USB devices of an ordinary host: the root hubs and a stick. */
export const ordinaryUsb: readonly Device[] = [
  { busnum: 1, devnum: 1, port: 0, level: 0, class: 9, vendid: "1d6b", prodid: "0002", speed: "480", usbpath: "0" },
  { busnum: 2, devnum: 1, port: 0, level: 0, class: 9, vendid: "1d6b", prodid: "0003", speed: "10000", usbpath: "0" },
  {
    busnum: 1,
    devnum: 2,
    port: 1,
    level: 1,
    class: 0,
    vendid: "0781",
    prodid: "5581",
    speed: "480",
    usbpath: "1.2",
    manufacturer: "SanDisk",
    product: "Ultra",
    serial: "LAB0001",
  },
];
