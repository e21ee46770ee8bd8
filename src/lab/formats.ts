import { isIP } from "node:net";

/** The complaint about a value of a named format, without PVE's prefix; nothing when it is fine. */
type Check = (value: string) => string | undefined;

function matches(pattern: RegExp, complaint: string | ((value: string) => string)): Check {
  return (value) => {
    if (pattern.test(value)) return undefined;
    return typeof complaint === "string" ? complaint : complaint(value);
  };
}

function holds(test: (value: string) => boolean, complaint: string | ((value: string) => string)): Check {
  return (value) => {
    if (test(value)) return undefined;
    return typeof complaint === "string" ? complaint : complaint(value);
  };
}

/** A final newline passes the server's end anchor. */
function trimmed(value: string): string {
  return value.endsWith("\n") ? value.slice(0, -1) : value;
}

function isAddress(value: string, family?: 4 | 6): boolean {
  const kind = isIP(trimmed(value));
  return kind !== 0 && !value.includes("%") && (family === undefined || kind === family);
}

/** An address and a prefix of at least `lowest` bits. */
function isNetwork(value: string, lowest: number, family?: 4 | 6): boolean {
  const match = /^([^/]+)\/(\d+)\n?$/.exec(value);
  if (!match || !isAddress(match[1]!, family)) return false;
  const prefix = Number(match[2]);
  return prefix >= lowest && prefix <= (isIP(match[1]!) === 4 ? 32 : 128);
}

const STORAGE_ID = /^[a-z][a-z0-9_.-]*[a-z0-9]\n?$/i;
const VOLUME_ID = /^[a-z][a-z0-9_.-]*[a-z0-9]:[^\n]+\n?$/i;
const DNS_NAME = /^([a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*\n?$/;
const EMAIL_LOCAL = String.raw`[\p{L}\p{M}\p{Nd}\p{Pc}+~-]+(?:\.[\p{L}\p{M}\p{Nd}\p{Pc}+~-]+)*`;
const EMAIL_DOMAIN = String.raw`@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*`;
const DISK = String.raw`ide[0-3]|sata[0-5]|scsi(?:\d|[12]\d|30)|virtio(?:\d|1[0-5])|efidisk0|tpmstate0`;

const storageId: Check = (value) => {
  if (value.length < 2) return `storage ID '${value}' cannot be shorter than 2 characters`;
  return STORAGE_ID.test(value) ? undefined : `storage ID '${value}' contains illegal characters`;
};
const volumeId: Check = (value) => (VOLUME_ID.test(value) ? undefined : `unable to parse volume ID '${value}'\n`);
const volumeOrPath: Check = (value) => (value.startsWith("/") ? undefined : volumeId(value));

function isCpuSet(value: string): boolean {
  const parts = value.split(",");
  while (parts.at(-1) === "") parts.pop();
  return parts.every((part) => {
    const range = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(part);
    return range !== null && Number(range[2] ?? range[1]) >= Number(range[1]);
  });
}

function isStartup(value: string): boolean {
  if (value === "" || value === "0") return false;
  return value.split(",").every((part) => /^\s*$/.test(part) || /^(?:(?:order=)?\d+|(?:up|down)=\d+)\n?$/.test(part));
}

const pair =
  (check: Check): Check =>
  (value) => {
    if (value === "0" || value === "1") return undefined;
    const ids = value.split(":");
    const wrong = ids.length > 2 ? check(value) : ids.map(check).find((complaint) => complaint !== undefined);
    return wrong === undefined ? undefined : `entry '${value}' contains invalid ID - ${wrong}\n\n`;
  };

/** The formats that the simulated operations rely on, and their neighbours; any other format accepts everything. */
const CHECKS: Readonly<Record<string, Check>> = {
  "pve-vmid": matches(/^[1-9][0-9]{2,8}\n?$/, "value does not look like a valid VM ID"),
  "pve-node": matches(/^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?\n?$/, "value does not look like a valid node name"),
  "pve-storage-id": storageId,
  "pve-configid": matches(/^[a-z][a-z0-9_-]+\n?$/i, (value) => `invalid configuration ID '${value}'`),
  "pve-tag": matches(/^[a-z0-9_][a-z0-9_\-+.]*\n?$/i, "invalid characters in tag"),
  "pve-poolid": matches(
    /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+){0,2}\n?$/,
    (value) => `pool name '${value}' contains invalid characters`,
  ),
  "pve-groupid": matches(/^[A-Za-z0-9._-]+\n?$/, (value) => `group name '${value}' contains invalid characters`),
  "pve-realm": matches(/^[A-Za-z][A-Za-z0-9._-]+\n?$/, "value does not look like a valid realm"),
  "pve-userid": holds(
    (value) => /^[^\s:/]+@[A-Za-z][A-Za-z0-9._-]+\n?$/.test(value) && [...value].length <= 64,
    (value) => `value '${value}' does not look like a valid user name`,
  ),
  "pve-storage-content": matches(
    /^(images|rootdir|vztmpl|iso|backup|snippets|import|none)$/,
    (value) => `invalid content type '${value}'`,
  ),
  "pve-task-status-type": matches(/^(ok|error|warning|unknown)$/i, (value) => `invalid status '${value}'`),
  "dns-name": matches(DNS_NAME, "value does not look like a valid DNS name"),
  address: holds(
    (value) => value !== "0" && (isAddress(value) || DNS_NAME.test(value)),
    (value) => `value does not look like a valid address: ${value}`,
  ),
  ip: holds((value) => isAddress(value), "value does not look like a valid IP address"),
  ipv4: holds((value) => isAddress(value, 4), "value does not look like a valid IPv4 address"),
  ipv6: holds((value) => isAddress(value, 6), "value does not look like a valid IPv6 address"),
  CIDR: holds((value) => isNetwork(value, 8), "value does not look like a valid CIDR network"),
  CIDRv4: holds((value) => isNetwork(value, 8, 4), "value does not look like a valid IPv4 network"),
  CIDRv6: holds((value) => isNetwork(value, 8, 6), "value does not look like a valid IPv6 network"),
  IPorCIDR: holds(
    (value) => isAddress(value) || isNetwork(value, 0),
    "value does not look like a valid IP address or CIDR network",
  ),
  "pve-ipv4-config": holds(
    (value) => value === "dhcp" || value === "manual" || isNetwork(value, 8, 4),
    "value does not look like a valid ipv4 network configuration",
  ),
  "pve-ipv6-config": holds(
    (value) => ["auto", "dhcp", "manual"].includes(value) || isNetwork(value, 8, 6),
    "value does not look like a valid ipv6 network configuration",
  ),
  "mac-addr": matches(
    /^[a-f0-9][02468ace](:[a-f0-9]{2}){5}\n?$/i,
    "value does not look like a valid unicast MAC address",
  ),
  email: matches(
    new RegExp(`^${EMAIL_LOCAL}${EMAIL_DOMAIN}\\n?$`, "u"),
    "value does not look like a valid email address",
  ),
  "email-or-username": matches(
    new RegExp(`^${EMAIL_LOCAL}(?:${EMAIL_DOMAIN})?\\n?$`, "u"),
    "value does not look like a valid email address",
  ),
  "disk-size": matches(/^\d+(\.\d+)?([KMGT](iB)?)?\n?$/, "value does not look like a valid disk size"),
  "pve-volume-id": volumeId,
  "pve-volume-id-or-absolute-path": volumeOrPath,
  "pve-volume-id-or-qm-path": (value) => (value === "none" || value === "cdrom" ? undefined : volumeOrPath(value)),
  "pve-iface": matches(
    /^[a-z][a-z0-9_]{1,20}([:.]\p{Nd}+)?\n?$/iu,
    (value) => `invalid network interface name '${value}'`,
  ),
  "pve-bridge-id": matches(/^[-_.\p{L}\p{M}\p{Nd}]+\n?$/u, (value) => `invalid bridge ID '${value}'`),
  "storage-pair": pair(storageId),
  "pve-cpuset": holds(isCpuSet, "unable to parse cpuset option"),
  "pve-startup-order": holds(isStartup, "unable to parse startup options"),
  "pve-qm-bootdisk": matches(new RegExp(`^(?:${DISK})$`), (value) => `invalid boot disk '${value}'`),
  "pve-qm-bootdev": matches(
    new RegExp(`^(?:${DISK}|net(?:\\d|[12]\\d|3[01])|usb(?:\\d|1[0-3])|hostpci(?:\\d|1[0-5]))$`),
    (value) => `invalid boot device '${value}'`,
  ),
  "pve-phys-bits": holds(
    (value) => trimmed(value) === "host" || (/^\d{1,2}\n?$/.test(value) && Number(value) >= 8 && Number(value) <= 64),
    "value must be an integer between 8 and 64 or 'host'",
  ),
  "pve-hotplug-features": (value) => (value === "0" || value === "1" ? undefined : eachItem(value, hotplugFeature)),
  "lxc-ip-with-ll-iface": holds(
    (value) => isAddress(value.replace(/^(fe80:[^%]*)%\w+$/i, "$1")),
    "value does not look like a valid IP address",
  ),
  "pve-lxc-dev-string": matches(/^\/dev\//, (value) => `${value} is not a valid device path\n`),
  urlencoded: matches(/^[-%a-zA-Z0-9_.!~*'()]*\n?$/, (value) => `invalid urlencoded string: ${value}`),
};

const hotplugFeature = matches(
  /^(network|disk|cpu|memory|usb|cloudinit)$/,
  (value) => `invalid hotplug feature '${value}'`,
);

const LIST_SUFFIX = /-(?:list|alist|opt)$/;

/** Whether a repeated key may be joined into one comma-separated text (pve-facts 4). */
export function isListFormat(format: string | undefined): boolean {
  return format !== undefined && /-a?list$/.test(format);
}

/** Checks the items of a list: parted by commas, semicolons and blanks, or by NUL alone. */
function eachItem(value: string, check: Check): string | undefined {
  const items = value.includes("\0")
    ? value.replace(/\0+$/, "").split("\0")
    : value.split(/[,;\s]+/).filter((item) => item !== "");
  for (const item of items) {
    const wrong = check(item);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** Checks a value of a named format; a list is checked item by item, an optional one may be empty. */
export function checkFormat(format: string, value: string): string | undefined {
  const own = CHECKS[format];
  if (own) return own(value);
  const check = CHECKS[format.replace(LIST_SUFFIX, "")];
  if (!check) return undefined;
  if (format.endsWith("-opt")) return value === "" || value === "0" ? undefined : check(value);
  return eachItem(value, check);
}
