import { createHash } from "node:crypto";

/** A container template that the vendor's index has. */
export interface Appliance {
  template: string;
  type: "lxc";
  section: string;
  os: string;
  version: string;
  package: string;
  headline: string;
  description: string;
  infopage: string;
  architecture: string;
  source: string;
  location: string;
  maintainer: string;
  md5sum: string;
  sha512sum: string;
}

const SOURCE = "http://download.proxmox.com/images";

/** Pages that many templates share. */
const PAGES: Readonly<Record<string, string>> = {
  images: "https://linuxcontainers.org",
  wiki: "https://pve.proxmox.com/wiki/Linux_Container#pct_supported_distributions",
};

/** File, section, system, version, package, headline and page of each template. */
const INDEX: readonly (readonly [string, string, string, string, string, string, string])[] = [
  [
    "proxmox-mail-gateway-8.2-standard_8.2-1_amd64.tar.zst",
    "mail",
    "debian-12",
    "8.2-1",
    "proxmox-mail-gateway-8.2-standard",
    "Proxmox Mail Gateway 8.2",
    "https://www.proxmox.com/en/proxmox-mail-gateway/overview",
  ],
  [
    "proxmox-mail-gateway-9.1-standard_9.1-1_amd64.tar.zst",
    "mail",
    "debian-13",
    "9.1-1",
    "proxmox-mail-gateway-9.1-standard",
    "Proxmox Mail Gateway 9.1",
    "https://www.proxmox.com/en/proxmox-mail-gateway/overview",
  ],
  [
    "almalinux-10-default_20250930_amd64.tar.xz",
    "system",
    "almalinux",
    "20250930",
    "almalinux-10-default",
    "LXC default image for almalinux 10 (20250930)",
    "images",
  ],
  [
    "almalinux-9-default_20240911_amd64.tar.xz",
    "system",
    "almalinux",
    "20240911",
    "almalinux-9-default",
    "LXC default image for almalinux 9 (20240911)",
    "images",
  ],
  [
    "alpine-3.22-default_20250617_amd64.tar.xz",
    "system",
    "alpine",
    "20250617",
    "alpine-3.22-default",
    "LXC default image for alpine 3.22 (20250617)",
    "images",
  ],
  [
    "alpine-3.23-default_20260116_amd64.tar.xz",
    "system",
    "alpine",
    "20260116",
    "alpine-3.23-default",
    "LXC default image for alpine 3.23 (20260116)",
    "images",
  ],
  [
    "alpine-3.24-default_20260714_amd64.tar.xz",
    "system",
    "alpine",
    "20260714",
    "alpine-3.24-default",
    "LXC default image for alpine 3.24 (20260714)",
    "images",
  ],
  [
    "archlinux-base_20260420-1_amd64.tar.zst",
    "system",
    "archlinux",
    "20260420-1",
    "archlinux-base",
    "ArchLinux base image.",
    "https://www.archlinux.org",
  ],
  [
    "centos-10-stream-default_20260713_amd64.tar.xz",
    "system",
    "centos",
    "20260713",
    "centos-10-stream-default",
    "LXC default image for centos 10-stream (20260713)",
    "images",
  ],
  [
    "centos-9-stream-default_20240828_amd64.tar.xz",
    "system",
    "centos",
    "20240828",
    "centos-9-stream-default",
    "LXC default image for centos 9-stream (20240828)",
    "images",
  ],
  [
    "debian-12-standard_12.12-1_amd64.tar.zst",
    "system",
    "debian-12",
    "12.12-1",
    "debian-12-standard",
    "Debian 12 Bookworm (standard)",
    "wiki",
  ],
  [
    "debian-13-standard_13.6-1_amd64.tar.zst",
    "system",
    "debian-13",
    "13.6-1",
    "debian-13-standard",
    "Debian 13 Trixie (standard)",
    "wiki",
  ],
  [
    "devuan-5.0-standard_5.0_amd64.tar.gz",
    "system",
    "devuan-5.0",
    "5.0",
    "devuan-5.0-standard",
    "Devuan 5 (standard)",
    "https://devuan.org",
  ],
  [
    "fedora-43-default_20260115_amd64.tar.xz",
    "system",
    "fedora",
    "20260115",
    "fedora-43-default",
    "LXC default image for fedora 43 (20260115)",
    "images",
  ],
  [
    "fedora-44-default_20260713_amd64.tar.xz",
    "system",
    "fedora",
    "20260713",
    "fedora-44-default",
    "LXC default image for fedora 44 (20260713)",
    "images",
  ],
  [
    "gentoo-current-openrc_20250508_amd64.tar.xz",
    "system",
    "gentoo",
    "20250508",
    "gentoo-current-openrc",
    "LXC openrc image for gentoo current (20250508)",
    "images",
  ],
  [
    "openeuler-25.03-default_20250507_amd64.tar.xz",
    "system",
    "openeuler",
    "20250507",
    "openeuler-25.03-default",
    "LXC default image for openeuler 25.03 (20250507)",
    "images",
  ],
  [
    "opensuse-15.6-default_20240910_amd64.tar.xz",
    "system",
    "opensuse",
    "20240910",
    "opensuse-15.6-default",
    "LXC default image for opensuse 15.6 (20240910)",
    "images",
  ],
  [
    "opensuse-16.0-default_20260116_amd64.tar.xz",
    "system",
    "opensuse",
    "20260116",
    "opensuse-16.0-default",
    "LXC default image for opensuse 16.0 (20260116)",
    "images",
  ],
  [
    "rockylinux-10-default_20251001_amd64.tar.xz",
    "system",
    "rockylinux",
    "20251001",
    "rockylinux-10-default",
    "LXC default image for rockylinux 10 (20251001)",
    "images",
  ],
  [
    "rockylinux-9-default_20240912_amd64.tar.xz",
    "system",
    "rockylinux",
    "20240912",
    "rockylinux-9-default",
    "LXC default image for rockylinux 9 (20240912)",
    "images",
  ],
  [
    "ubuntu-22.04-standard_22.04-1_amd64.tar.zst",
    "system",
    "ubuntu-22.04",
    "22.04-1",
    "ubuntu-22.04-standard",
    "Ubuntu 22.04 Jammy (standard)",
    "wiki",
  ],
  [
    "ubuntu-24.04-standard_24.04-2_amd64.tar.zst",
    "system",
    "ubuntu-24.04",
    "24.04-2",
    "ubuntu-24.04-standard",
    "Ubuntu 24.04 Noble (standard)",
    "wiki",
  ],
  [
    "ubuntu-25.04-standard_25.04-1.1_amd64.tar.zst",
    "system",
    "ubuntu-25.04",
    "25.04-1",
    "ubuntu-25.04-standard",
    "Ubuntu 25.04 Plucky (standard)",
    "wiki",
  ],
  [
    "ubuntu-26.04-standard_26.04-1_amd64.tar.zst",
    "system",
    "ubuntu-26.04",
    "26.04-1",
    "ubuntu-26.04-standard",
    "Ubuntu 26.04 Resolute (standard)",
    "wiki",
  ],
];

function sum(algorithm: string, text: string): string {
  return createHash(algorithm).update(text).digest("hex");
}

let appliances: readonly Appliance[] | undefined;

/** The index of container templates; its checksums are made up. */
export function allAppliances(): readonly Appliance[] {
  appliances ??= INDEX.map(([template, section, os, version, name, headline, page]) => {
    const location = `${SOURCE}/${section}/${template}`;
    return {
      template,
      type: "lxc",
      section,
      os,
      version,
      package: name,
      headline,
      description: PAGES[page] === PAGES.images ? "" : headline,
      infopage: PAGES[page] ?? page,
      architecture: "amd64",
      source: SOURCE,
      location,
      maintainer: "Proxmox Support Team <support@proxmox.com>",
      md5sum: sum("md5", location),
      sha512sum: sum("sha512", location),
    };
  });
  return appliances;
}
