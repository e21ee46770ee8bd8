import { hasTimeZone } from "../host-tables.ts";
import { isBlank, numeric, SPACE, splitOn } from "../perl.ts";
import { type Check, rule } from "./check.ts";

const DISK = "ide[0-3]|sata[0-5]|scsi(?:[0-9]|[12][0-9]|30)|virtio(?:[0-9]|1[0-5])";
const BOOT_DISK = new RegExp(`^(?:${DISK}|efidisk0|tpmstate0)$`, "u");
const BOOT_DEVICE = new RegExp(
  `^(?:${DISK}|net(?:[0-9]|[12][0-9]|3[01])|usb(?:[0-9]|1[0-3])|hostpci(?:[0-9]|1[0-5]))$`,
  "u",
);
const STARTUP = /^((order=)?\p{Nd}+|(up|down)=\p{Nd}+)\n?$/u;
const CPU_RANGE = new RegExp(`^[${SPACE}]*(\\p{Nd}+)(?:-(\\p{Nd}+))?[${SPACE}]*$`, "u");
/** `.` or `..` between slashes or at the end. */
const DOTS = /\/\.\.?(?:\/|\n?$)/;

function isCpuSet(value: string): boolean {
  return splitOn(value, ",").every((part) => {
    const found = CPU_RANGE.exec(part);
    return found !== null && (found[2] === undefined || numeric(found[2]) >= numeric(found[1]!));
  });
}

function isStartup(value: string): boolean {
  if (value === "" || value === "0") return false;
  return splitOn(value, ",").every((part) => isBlank(part) || STARTUP.test(part));
}

/** Formats of guest options. */
export const GUEST_FORMATS: Readonly<Record<string, Check>> = {
  "pve-qm-bootdisk": rule(BOOT_DISK, (value) => `invalid boot disk '${value}'`),
  "pve-qm-bootdev": rule(BOOT_DEVICE, (value) => `invalid boot device '${value}'`),
  "pve-startup-order": rule(isStartup, "unable to parse startup options"),
  "pve-cpuset": rule(isCpuSet, "unable to parse cpuset option"),
  "pve-ct-timezone": rule(
    (value) => value === "host" || value === "UTC" || hasTimeZone(value),
    (value) => `invalid time zone '${value}'`,
  ),
  "pve-lxc-mp-string": rule(
    (value) => !DOTS.test(value) && !value.startsWith("../"),
    (value) => `${value} contains illegal character sequences`,
  ),
  "pve-lxc-dev-string": rule(
    (value) => value.startsWith("/dev/") && !DOTS.test(value),
    (value) => `${value} is not a valid device path`,
  ),
  urlencoded: rule(/^[-%a-zA-Z0-9_.!~*'()]*\n?$/u, (value) => `invalid urlencoded string: ${value}`),
};
