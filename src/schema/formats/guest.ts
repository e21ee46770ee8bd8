import { HOTPLUG_FEATURES } from "../format-data/words.ts";
import { isBlank, leadingNumber, SPACE, splitList, splitOn } from "../text.ts";
import { isCommandBatch, isPem, isPemChain } from "./documents.ts";
import type { TextFormat } from "./text-format.ts";

const DISKS = "ide[0-3]|sata[0-5]|scsi([0-9]|[12][0-9]|30)|virtio([0-9]|1[0-5])";
const STARTUP_PART = /^((order=)?\p{Nd}+|(up|down)=\p{Nd}+)\n?$/u;
const CPU_RANGE = new RegExp(`^[${SPACE}]*(\\p{Nd}+)(-(\\p{Nd}+))?[${SPACE}]*$`, "u");

function isStartupOrder(value: string): boolean {
  if (value === "" || value === "0") return false;
  return value.split(",").every((part) => isBlank(part) || STARTUP_PART.test(part));
}

function isCpuSet(value: string): boolean {
  return splitOn(value, ",").every((part) => {
    const match = CPU_RANGE.exec(part);
    return match !== null && (match[3] === undefined || leadingNumber(match[3]) >= leadingNumber(match[1]!));
  });
}

function isPhysBits(value: string): boolean {
  const digits = /^(host|\p{Nd}{1,2})\n?$/u.exec(value)?.[1];
  if (digits === undefined || digits === "host") return digits !== undefined;
  return leadingNumber(digits) >= 8 && leadingNumber(digits) <= 64;
}

/** Options of guests, of tasks and of schedules. */
export const GUESTS: Readonly<Record<string, TextFormat>> = {
  "pve-startup-order": { test: isStartupOrder, is: "order, up and down delays, e.g. order=1,up=30,down=60" },
  "pve-cpuset": { test: isCpuSet, is: "CPU numbers and rising ranges, e.g. 0-3,8" },
  "pve-phys-bits": { test: isPhysBits, is: "host or a number from 8 to 64, e.g. 40" },
  "pve-hotplug-features": {
    test: (value) =>
      value === "0" || value === "1" || splitList(value).every((feature) => HOTPLUG_FEATURES.includes(feature)),
    is: `0, 1 or a list of ${HOTPLUG_FEATURES.join(", ")}`,
  },
  "pve-qm-bootdisk": { test: new RegExp(`^(${DISKS}|efidisk0|tpmstate0)$`, "u"), is: "a disk's name, e.g. scsi0" },
  "pve-qm-bootdev": {
    test: new RegExp(`^(${DISKS}|net([0-9]|[12][0-9]|3[01])|usb([0-9]|1[0-3])|hostpci([0-9]|1[0-5]))$`, "u"),
    is: "a disk, network, USB or PCI device's name, e.g. scsi0",
  },
  // The server's zone table decides; these are the names it can hold.
  "pve-ct-timezone": {
    test: /^[A-Za-z0-9_+-]+(\/[A-Za-z0-9_+-]+)*$/u,
    is: "host, UTC or a time zone, e.g. Europe/Vienna",
  },
  "pve-day-of-week": { test: /^(mon|tue|wed|thu|fri|sat|sun)\n?$/u, is: "a day: mon, tue, wed, thu, fri, sat or sun" },
  "pve-task-status-type": { test: /^(ok|error|warning|unknown)\n?$/iu, is: "ok, error, warning or unknown" },
  "pve-command-batch": {
    test: isCommandBatch,
    is: 'ASCII JSON, a list of calls, e.g. [{"method":"GET","path":"version"}]',
  },
  "pem-string": { test: isPem, is: "one PEM block, from its BEGIN line to its END line" },
  "pem-certificate-chain": {
    test: isPemChain,
    is: "PEM blocks of certificates, from BEGIN CERTIFICATE to END CERTIFICATE",
  },
};
