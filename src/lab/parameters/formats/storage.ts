import { STORAGE_CONTENT } from "../../../schema/format-data/words.ts";
import { anchored, lengthOf, numeric, SPACE, splitList } from "../perl.ts";
import { type Check, rule } from "./check.ts";
import { IDENTIFIER_FORMATS } from "./identifiers.ts";

const STORAGE_ID = /^[a-z][a-z0-9_.-]*[a-z0-9]\n?$/iu;
const VOLUME = /^[a-z][a-z0-9_.-]*[a-z0-9]:[^\n]+\n?$/iu;
const CONTENT = new Set(STORAGE_CONTENT);
const OVERRIDE = /^([a-z]+)=((?:[^.]|\.(?=[^.]))+)\n?$/u;
const BLOCKSIZE = /^([1-9][0-9]*)([km])?\n?$/iu;
const BLOCKSIZE_UNITS: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2 };

function checkStorageId(value: string): string | undefined {
  if (lengthOf(value) < 2) return `storage ID '${value}' cannot be shorter than 2 characters\n`;
  return STORAGE_ID.test(value) ? undefined : `storage ID '${value}' contains illegal characters\n`;
}

const volume = rule(VOLUME, (value) => `unable to parse volume ID '${value}'`);
const path: Check = (value) => (value.startsWith("/") ? undefined : volume(value));

/**
 * A mapping of ids: entries `source:target`, one target for all others, or `1` for identity. It is itself a list, so
 * an item of a list is a whole list only where the outer one was cut at NULs.
 */
function mapping(checkId: Check): Check {
  return (value) => {
    if (value === "" || value === "0") return undefined;
    const sources = new Set<string>();
    let fallback = false;
    let identity = false;
    for (const entry of splitList(value)) {
      const pair = /^([^:]+):([^:]+)\n?$/.exec(entry);
      const wrong = pair ? (checkId(pair[1]!) ?? checkId(pair[2]!)) : entry === "1" ? undefined : checkId(entry);
      if (wrong !== undefined) return `entry '${entry}' contains invalid ID - ${wrong}\n\n`;
      if (pair) {
        if (sources.has(pair[1]!)) return `duplicate mapping for source '${pair[1]}'\n\n`;
        sources.add(pair[1]!);
      } else if (entry === "1") identity = true;
      else if (fallback) return "default target ID can only be provided once\n\n";
      else fallback = true;
    }
    return identity && (fallback || sources.size > 0)
      ? "identity mapping cannot be combined with other mappings\n\n"
      : undefined;
  };
}

function isOverride(value: string): boolean {
  const found = OVERRIDE.exec(value);
  if (!found || !CONTENT.has(found[1]!)) return false;
  const target = found[2]!;
  return lengthOf(target) < 1023 && target.split("/").every((part) => lengthOf(part) < 255);
}

function checkBlocksize(value: string): string | undefined {
  if (value === "") return undefined;
  const found = BLOCKSIZE.exec(value);
  if (!found)
    return `invalid ZFS blocksize format '${value}'. Use a positive number (no leading zeros) with an optional 'k' or 'm' suffix.\n`;
  const size = numeric(found[1]!) * (BLOCKSIZE_UNITS[found[2]?.toLowerCase() ?? ""] ?? 1);
  if (Number.isInteger(Math.log2(size)) && size >= 512 && size <= 16 * 1024 ** 2) return undefined;
  return `value '${value}' is not a valid ZFS blocksize. Must be a power of 2 between 512B and 16MiB (e.g., 4k, 8k, 16k, 64k, 1m).\n`;
}

/** Formats of storages and their volumes. */
export const STORAGE_FORMATS: Readonly<Record<string, Check>> = {
  "pve-storage-id": checkStorageId,
  "pve-storage-content": rule(
    (value) => CONTENT.has(value),
    (value) => `invalid content type '${value}'`,
  ),
  "pve-storage-path": rule(/^\/[^;()]/u, "value does not look like a valid absolute path"),
  "pve-storage-path-in-property-string": rule(
    /^\/[^;,=()]/u,
    "Value does not look like a valid absolute path. These symbols are currently not allowed in path: ;,=()",
  ),
  "pve-storage-options": rule(anchored(`[^${SPACE}]+`), (value) => `invalid options '${value}'`),
  "pve-storage-vgname": rule(
    /^[a-z0-9][a-z0-9_.-]*[a-z0-9]\n?$/iu,
    (value) => `lvm name '${value}' contains illegal characters`,
  ),
  "pve-storage-zfs-blocksize": checkBlocksize,
  "pve-dir-override": rule(isOverride, (value) => `invalid override '${value}'`),
  "pve-volume-id": volume,
  "pve-volume-id-or-absolute-path": path,
  "pve-volume-id-or-qm-path": (value) => (value === "none" || value === "cdrom" ? undefined : path(value)),
  "storage-pair": mapping(checkStorageId),
  "bridge-pair": mapping(IDENTIFIER_FORMATS["pve-bridge-id"]!),
  "disk-size": rule(
    /^\p{Nd}+(\.\p{Nd}+)?([KMGT](iB)?)?\n?$/u,
    (value) => `value does not look like a valid disk size: ${value}`,
  ),
};
