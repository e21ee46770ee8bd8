import { STORAGE_CONTENT } from "../format-data/words.ts";
import { codePoints, splitList } from "../text.ts";
import { NETWORK } from "./network.ts";
import { faultOf, oneOf, type TextFormat } from "./text-format.ts";

const STORAGE_ID = /^[a-z][a-z0-9_.-]*[a-z0-9]\n?$/iu;
const VOLUME_ID = /^[a-z][a-z0-9_.-]*[a-z0-9]:[^\n]+\n?$/iu;
const BLOCK_SIZE = /^([1-9][0-9]*)([km])?\n?$/iu;
const DIR_OVERRIDE = /^([a-z]+)=((?:[^.]|\.(?=[^.]))+)\n?$/u;

const isVolumeOrPath = (value: string): boolean => value.startsWith("/") || VOLUME_ID.test(value);

const STORAGE: TextFormat = {
  test: STORAGE_ID,
  is: "a storage's name: a letter first, a letter or digit last, two or more characters, e.g. local-lvm",
};

/** The rules of a mapping list: `1` (all stay), one default target, and `source:target` pairs. */
function pairs(value: string, target: TextFormat): boolean | string {
  if (value === "" || value === "0") return true;
  const sources = new Set<string>();
  let identity = false;
  let fallback: string | undefined;
  for (const entry of splitList(value)) {
    const pair = /^([^:]+):([^:]+)$/u.exec(entry);
    if (entry === "1") {
      identity = true;
    } else if (pair) {
      const fault = faultOf(target, pair[1]!) ?? faultOf(target, pair[2]!);
      if (fault !== undefined) return `has a pair whose name ${fault}`;
      if (sources.has(pair[1]!)) return "maps one source twice";
      sources.add(pair[1]!);
    } else {
      const fault = faultOf(target, entry);
      if (fault !== undefined) return `has a name that ${fault}`;
      if (fallback !== undefined) return "has two default targets";
      fallback = entry;
    }
  }
  if (identity && (sources.size > 0 || (fallback ?? "0") !== "0")) return "has 1 (all stay) beside other mappings";
  return true;
}

function isBlockSize(value: string): boolean {
  if (value === "") return true;
  const match = BLOCK_SIZE.exec(value);
  if (!match) return false;
  const factor = { k: 1024, m: 1048576 }[match[2]?.toLowerCase() as "k" | "m"] ?? 1;
  const bytes = Number(match[1]) * factor;
  return bytes >= 512 && bytes <= 16777216 && Number.isInteger(Math.log2(bytes));
}

function isDirOverride(value: string): boolean {
  const match = DIR_OVERRIDE.exec(value);
  if (!match || !STORAGE_CONTENT.includes(match[1]!)) return false;
  const path = match[2]!;
  return codePoints(path) < 1023 && path.split("/").every((part) => codePoints(part) < 255);
}

/** Storages, volumes and paths. */
export const STORAGES: Readonly<Record<string, TextFormat>> = {
  "pve-storage-id": STORAGE,
  "pve-volume-id": { test: VOLUME_ID, is: "a volume: storage, colon, name, e.g. local:iso/debian.iso" },
  "pve-volume-id-or-absolute-path": {
    test: isVolumeOrPath,
    is: "a volume or an absolute path, e.g. local-lvm:vm-100-disk-0",
  },
  "pve-volume-id-or-qm-path": {
    test: (value) => value === "none" || value === "cdrom" || isVolumeOrPath(value),
    is: "none, cdrom, a volume or an absolute path, e.g. local:iso/debian.iso",
  },
  "pve-storage-path": { test: /^\/[^;()]/u, is: "an absolute path, e.g. /mnt/data" },
  "pve-storage-path-in-property-string": { test: /^\/[^;,=()]/u, is: "an absolute path, e.g. /mnt/data" },
  "pve-storage-content": oneOf(STORAGE_CONTENT, "a content type"),
  "pve-storage-vgname": {
    test: /^[a-z0-9][a-z0-9_.-]*[a-z0-9]\n?$/iu,
    is: "a volume group's name of two or more characters, e.g. pve",
  },
  "pve-storage-zfs-blocksize": { test: isBlockSize, is: "a power of two from 512 to 16M, e.g. 16k" },
  "pve-dir-override": {
    test: isDirOverride,
    is: "content type = directory without two dots in a row, e.g. iso=/images",
  },
  "storage-pair": {
    test: (value) => pairs(value, STORAGE),
    is: "1, a target storage or source:target, e.g. local-lvm:ceph",
  },
  "bridge-pair": {
    test: (value) => pairs(value, NETWORK["pve-bridge-id"]!),
    is: "1, a target bridge or source:target, e.g. vmbr0:vmbr1",
  },
  "disk-size": {
    test: /^\p{Nd}+(\.\p{Nd}+)?([KMGT](iB)?)?\n?$/u,
    is: "a size with an optional unit K, M, G or T, e.g. 32G",
  },
  "pve-lxc-mp-string": {
    test: /^(?!\.\.\/)(?!.*\/\.\.?(\/|\n?$)).*$/su,
    is: "a path without . and .. parts, e.g. /mnt/data",
  },
  "pve-lxc-dev-string": {
    test: /^\/dev\/(?!.*\/\.\.?(\/|\n?$))(?!\.\.?(\/|\n?$)).*$/su,
    is: "a device below /dev without . and .. parts, e.g. /dev/ttyUSB0",
  },
  urlencoded: {
    test: /^[-%a-zA-Z0-9_.!~*'()]*\n?$/u,
    is: "percent-encoded text: spaces as %20, no raw + / = or :, e.g. ssh-ed25519%20AAAA",
  },
  string: { test: () => true, is: "text" },
};
