import type { LabPackage } from "./host-profile.ts";

function proxmox(name: string, title: string, installed: string, candidate = installed): LabPackage {
  return { name, title, section: "admin", origin: "Proxmox", installed, candidate, listed: true };
}

function debian(name: string, title: string, section: string, version: string): LabPackage {
  return { name, title, section, origin: "Debian", installed: version, candidate: version, listed: true };
}

/** Packages of an ordinary host; three of them have an update. */
export const ORDINARY_PACKAGES: readonly LabPackage[] = [
  { ...proxmox("proxmox-ve", "Virtual environment", "9.2.0"), arch: "all" },
  { ...proxmox("pve-manager", "Management tools", "9.2.11"), arch: "all" },
  proxmox("proxmox-kernel-6.17.4-2-pve-signed", "Kernel image", "6.17.4-2"),
  { ...proxmox("proxmox-kernel-6.17", "Newest kernel of the series", "6.17.4-2", "6.17.9-1"), arch: "all" },
  { ...proxmox("ceph-fuse", "Ceph client", "19.2.3-pve4") },
  debian("corosync", "Cluster engine", "admin", "3.1.9-pve2"),
  { ...proxmox("ifupdown2", "Network interface management", "3.3.0-1+pmx11"), arch: "all" },
  { ...proxmox("libpve-access-control", "Access control", "9.0.5"), arch: "all" },
  { ...proxmox("libpve-storage-perl", "Storage library", "9.1.0", "9.1.2"), arch: "all" },
  debian("lvm2", "Logical volume manager", "admin", "2.03.31-2"),
  proxmox("lxc-pve", "Container tools", "6.0.5-3"),
  { ...proxmox("pve-container", "Container management", "6.0.18"), arch: "all" },
  { ...proxmox("pve-firewall", "Firewall", "6.0.4"), arch: "all" },
  { ...proxmox("pve-ha-manager", "HA manager", "5.0.8"), arch: "all" },
  proxmox("pve-qemu-kvm", "Machine emulator", "10.1.2-4"),
  { ...proxmox("qemu-server", "VM management", "9.2.6"), arch: "all" },
  debian("smartmontools", "Disk health", "utils", "7.4-3"),
  proxmox("zfsutils-linux", "ZFS tools", "2.3.4-pve1"),
  {
    name: "openssl",
    title: "TLS toolkit",
    section: "utils",
    origin: "Debian",
    installed: "3.5.1-1",
    candidate: "3.5.4-1~deb13u1",
  },
];
