import { disksOf } from "../guests/vm-disks.ts";

/** A VM's configuration by key, as the server gives it. */
export type VmConfig = Readonly<Record<string, unknown>>;

export interface PendingChange {
  key: string;
  from?: unknown;
  /** Absent when the key is to go. */
  to?: unknown;
}

/** A VM's configuration as it runs, as it will be at the next start, and the difference: `/pending` holds all three. */
export function configOf(rows: readonly Readonly<Record<string, unknown>>[]): {
  config: VmConfig;
  nextConfig: VmConfig;
  pending: PendingChange[];
} {
  const config: Record<string, unknown> = {};
  const nextConfig: Record<string, unknown> = {};
  const pending: PendingChange[] = [];
  for (const row of rows) {
    const key = String(row.key);
    if (key === "digest") continue;
    const now = row.value ?? undefined;
    if (now !== undefined) config[key] = nextConfig[key] = now;
    const from = now === undefined ? {} : { from: now };
    if (Number(row.delete ?? 0) !== 0) {
      delete nextConfig[key];
      pending.push({ key, ...from });
    } else if (row.pending !== undefined && row.pending !== null) {
      nextConfig[key] = row.pending;
      pending.push({ key, ...from, to: row.pending });
    }
  }
  return { config, nextConfig, pending };
}

/** A property string by key, for reading only: what a release does not know stays readable. */
export function pairsOf(value: unknown, bare = ""): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const part of String(value ?? "").split(",")) {
    if (part.trim() === "") continue;
    const cut = part.indexOf("=");
    if (cut < 0) pairs.set(bare, part);
    else pairs.set(part.slice(0, cut), part.slice(cut + 1));
  }
  return pairs;
}

function keysLike(config: VmConfig, pattern: RegExp): string[] {
  return Object.keys(config)
    .filter((key) => pattern.test(key) && config[key] !== undefined && config[key] !== "")
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

export interface Drive {
  /** e.g. `scsi0`. */
  key: string;
  /** As it stands in the configuration. */
  text: string;
  /** Volume id; absent for an empty drive, the host's own drive and a path of the host. */
  volid?: string;
  storage?: string;
  kind: "disk" | "cdrom" | "cloudinit";
}

/** The drives of a VM, those of its firmware included. */
export function drivesOf(config: VmConfig): Drive[] {
  return disksOf(config).map(({ key, volume, storage, kind }) => ({
    key,
    text: String(config[key]),
    // One that is pending is still spelt as it was asked for, `storage:cloudinit`.
    kind: /[:/](?:vm-\d+-)?cloudinit(?:\.\w+)?$/.test(volume) ? "cloudinit" : kind,
    ...(storage === undefined ? {} : { volid: volume, storage }),
  }));
}

export interface Nic {
  key: string;
  text: string;
  bridge?: string;
  linkDown: boolean;
}

/** The network cards of a VM. */
export function nicsOf(config: VmConfig): Nic[] {
  return keysLike(config, /^net\d+$/).map((key) => {
    const text = String(config[key]);
    const pairs = pairsOf(text, "model");
    const bridge = pairs.get("bridge");
    return {
      key,
      text,
      linkDown: isOn(pairs.get("link_down")),
      ...(bridge === undefined ? {} : { bridge }),
    };
  });
}

export interface HostDevice {
  key: string;
  text: string;
  mapping?: string;
  /** Addresses of raw devices. */
  hosts: string[];
}

/** Devices of the host that a VM is to have: `hostpciN` or `usbN`. */
export function hostDevicesOf(config: VmConfig, kind: "hostpci" | "usb"): HostDevice[] {
  return keysLike(config, new RegExp(`^${kind}\\d+$`)).map((key) => {
    const text = String(config[key]);
    const pairs = pairsOf(text, "host");
    const mapping = pairs.get("mapping");
    const hosts = (pairs.get("host") ?? "").split(";").filter((host) => host !== "");
    return { key, text, hosts, ...(mapping === undefined ? {} : { mapping }) };
  });
}

/** `1`, `on`, `yes` and `true` inside of property strings (pve-facts 3). */
export function isOn(value: unknown): boolean {
  return value === true || /^(?:1|on|yes|true)$/i.test(String(value ?? ""));
}

/** Whether the configuration switches the guest agent on: `1`, `enabled=1,…` (pve-facts 71). */
export function agentIsOn(config: VmConfig): boolean {
  return isOn(pairsOf(config.agent, "enabled").get("enabled"));
}

/**
 * The devices that the firmware is to try, in order; nothing where the legacy form or none is set, which stands for
 * disk, CD and network (pve-facts 68).
 */
export function bootOrderOf(config: VmConfig): string[] | undefined {
  if (config.boot === undefined) return undefined;
  const text = String(config.boot);
  if (text !== "" && !text.startsWith("order=")) return undefined;
  return text
    .slice("order=".length)
    .split(";")
    .filter((device) => device !== "");
}

/** Keys that cloud-init is to apply in the guest. */
export function cloudInitKeysOf(config: VmConfig): string[] {
  return keysLike(config, /^(?:ciuser|cipassword|sshkeys|cicustom|nameserver|searchdomain|ipconfig\d+)$/);
}

/** Mebibytes of memory that a VM starts with; 512 when nothing is set. */
export function memoryOf(config: VmConfig): number {
  const given = /\d+/.exec(String(config.memory ?? ""))?.[0];
  return given === undefined ? 512 : Number(given);
}
