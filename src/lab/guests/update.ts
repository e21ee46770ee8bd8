import { randomBytes } from "node:crypto";
import { die, parameterRefusal } from "../refusal.ts";
import { type Call, flag, int, text } from "../routes/route.ts";
import { isRoot } from "../routes/volume-access.ts";
import { checkLock } from "../state/power.ts";
import type { ConfigValue, LabGuest } from "../state/types.ts";
import {
  checkDriveTexts,
  checkHookscript,
  checkKeys,
  checkNew,
  checkRemoval,
  pinnedMachine,
  WINDOWS,
} from "./checks.ts";
import { cryptPassword } from "./crypt.ts";
import { destroyVolume, dropUnused, release } from "./detach.ts";
import { checkDrives, createDisks, resolveCdrom } from "./disks.ts";
import { bootOrder, type Config, isCdrom, isDrive, isUnused, parseDrive, printDrive } from "./drives.ts";
import { newUuid, parseNet, printNet } from "./identity.ts";
import { CONTROL, checkOptions, optionExists, stored, uniqueTags } from "./options.ts";
import { applyPending, changed, cleanPending, deleteLater, hotplug, keep } from "./pending.ts";

/** What a configuration request asks for. */
export interface Change {
  set: Config;
  remove: string[];
  revert: Set<string>;
  force: boolean;
  digest: string | undefined;
}

function split(list: string | undefined): string[] {
  return (list ?? "").split(/[,;\s\0]+/).filter((name) => name !== "");
}

/** A password as it is stored: hashed unless it was already. */
function storedPassword(password: string): string {
  return /^\$(?:[156]|2[ay])(?:\$.+){2}/.test(password) ? password : cryptPassword(password, randomBytes(6));
}

/** Refuses what only root may say. */
export function refuseSkiplock(call: Call): void {
  if (flag(call, "skiplock") && !isRoot(call)) throw parameterRefusal({ skiplock: "Only root may use this option." });
}

/** Values as they are written: drives and interfaces in their usual form, secrets hashed, tags in order. */
export function normalise(call: Call, set: Config): void {
  for (const [key, value] of Object.entries(set)) {
    if (isDrive(key)) set[key] = printDrive(parseDrive(value));
    else if (/^net\d+$/.test(key)) set[key] = printNet(call.state, parseNet(String(value)));
    else if (key === "vmgenid" && String(value) === "1") set[key] = newUuid();
    else if (key === "tags") set[key] = uniqueTags(String(value), call.state.options["tag-style"]);
    else if (key === "memory") set[key] = String(value).replace(/^current=(?=\d+$)/, "");
    else if (key === "cpuunits") set[key] = Math.min(10_000, Math.max(1, Number(value)));
  }
}

/** The configuration options among a request's parameters. */
export function optionsOf(call: Call, others: ReadonlySet<string> = CONTROL): Config {
  const set: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(call.params))
    if (!others.has(key) && value !== null && value !== undefined) set[key] = value;
  resolveCdrom(set);
  return Object.fromEntries(Object.entries(set).map(([key, value]) => [key, stored(key, value)]));
}

/** Reads a request and refuses it where nothing has to be known of the VM's present state. */
export function planChange(call: Call, deleteList = text(call, "delete")): Change {
  const [node, vmid] = [text(call, "node") ?? "", int(call, "vmid") ?? 0];
  refuseSkiplock(call);
  const set = optionsOf(call);
  checkKeys(set.sshkeys);
  const names = split(deleteList).map((name) => (name === "cdrom" ? "ide2" : name));
  const revert = new Set(split(text(call, "revert")));
  if (Object.keys(set).length + names.length + revert.size === 0) throw die("no options specified");
  for (const key of revert) {
    if (!optionExists(key)) throw parameterRefusal({ revert: `unknown option '${key}'` });
    if (key in set) throw parameterRefusal({ delete: `you can't use '-${key}' and -revert ${key}' at the same time` });
  }
  for (const key of names) {
    if (key in set) throw parameterRefusal({ delete: `you can't use '-${key}' and -delete ${key}' at the same time` });
    if (revert.has(key))
      throw parameterRefusal({ revert: `you can't use '-delete ${key}' and '-revert ${key}' at the same time` });
    if (!optionExists(key)) throw parameterRefusal({ delete: `unknown option '${key}'` });
  }
  checkDriveTexts(call, set);
  normalise(call, set);
  checkHookscript(call, set);
  checkOptions(call, vmid, [...names.filter((name) => !isUnused(name)), ...Object.keys(set)]);
  checkDrives(call, { node, vmid }, set);
  return { set, remove: names, revert, force: flag(call, "force"), digest: text(call, "digest") };
}

/** Refuses a change that was made up from an older configuration. */
function checkDigest(call: Call, guest: LabGuest, digest: string | undefined): void {
  if (digest !== undefined && digest !== "" && digest !== call.state.digest(guest))
    throw die("checksum mismatch (file change by other user?)");
}

/** Refuses a change that the VM is not ready for: a newer configuration, a lock, or more to give back than it has. */
export function checkReady(call: Call, guest: LabGuest, wanted: Change): void {
  checkDigest(call, guest, wanted.digest);
  const wakes = wanted.remove.includes("vmstate") && guest.config.lock === "suspended";
  if (!wakes && !(flag(call, "skiplock") && isRoot(call))) checkLock(guest);
  if (!("memory" in wanted.set || "balloon" in wanted.set)) return;
  const balloon = Number(wanted.set.balloon ?? guest.pending.balloon ?? guest.config.balloon ?? 0);
  const memory = wanted.set.memory ?? guest.pending.memory ?? guest.config.memory ?? 512;
  if (balloon > Number(/\d+/.exec(String(memory))?.[0]))
    throw die("balloon value too large (must be smaller than assigned memory)");
}

function checkProtection(guest: LabGuest, what: string): void {
  if (guest.config.protection === 1) throw die(`${what} - protection mode enabled`);
}

function remove(call: Call, guest: LabGuest, key: string, force: boolean): void {
  const { state } = call;
  const value = guest.config[key] ?? guest.pending[key];
  if (value === undefined) return;
  const wasPending = guest.pending[key];
  checkRemoval(call, guest.vmid, key, value);
  delete guest.pending[key];
  const order = bootOrder({ ...guest.config, ...guest.pending });
  if (wasPending === undefined && order?.includes(key))
    setBoot(
      guest,
      order.filter((name) => name !== key),
    );
  if (isUnused(key)) {
    checkProtection(guest, `can't remove unused disk '${parseDrive(value).get("file")}'`);
    destroyVolume(state, guest, key, value);
    delete guest.config[key];
  } else if (isDrive(key)) {
    checkProtection(guest, `can't remove drive '${key}'`);
    if (wasPending !== undefined) release(state, guest, wasPending);
    deleteLater(guest, key, force);
  } else if (key === "tags") delete guest.config.tags;
  else deleteLater(guest, key, force);
  changed(state, guest);
}

function setBoot(guest: LabGuest, devices: readonly string[]): void {
  guest.pending.boot = devices.length === 0 ? " " : `order=${devices.join(";")}`;
}

function checkBoot(guest: LabGuest, value: ConfigValue, change: Change): void {
  for (const device of bootOrder({ boot: value }) ?? []) {
    const exists = device in guest.config || device in guest.pending || device in change.set;
    if (!exists || change.remove.includes(device)) throw die(`invalid bootorder: device '${device}' does not exist'`);
  }
}

function set(call: Call, guest: LabGuest, key: string, value: ConfigValue, change: Change, log: string[]): void {
  if (guest.pending[key] === value) return;
  // A password is in force at once, as a hash where the system inside takes one.
  if (key === "cipassword") {
    const plain = WINDOWS.test(String(guest.config.ostype ?? ""));
    const password = plain ? String(value) : storedPassword(String(value));
    guest.config[key] = password;
    keep(guest, key);
    return;
  }
  if (isDrive(key)) {
    const target = { node: guest.node, vmid: guest.vmid };
    const waiting = guest.pending[key];
    if (waiting !== undefined) release(call.state, guest, waiting);
    const made = createDisks(call, target, { [key]: value }, { ...guest.config, ...guest.pending });
    if (made.imported) delete guest.traits.ignoresShutdown;
    log.push(...made.log);
    guest.pending[key] = made.config[key]!;
    dropUnused(guest, made.config[key]!);
    const order = bootOrder({ ...guest.config, ...guest.pending });
    const isNewCdrom = isCdrom(parseDrive(made.config[key]!), { butCloudinit: true });
    if (order && order.length > 0 && isNewCdrom && !order.includes(key) && !("boot" in change.set))
      setBoot(guest, [...order, key]);
  } else {
    checkNew(call, guest, key, value);
    const order = key === "boot" ? bootOrder({ boot: value }) : undefined;
    if (order && order.length > 0) checkBoot(guest, value, change);
    guest.pending[key] = value;
    if (order && order.length > 0) {
      setBoot(guest, order);
      if (guest.config.bootdisk !== undefined) deleteLater(guest, "bootdisk", false);
    }
    if (key === "ostype" && !("machine" in change.set) && !change.remove.includes("machine")) {
      const pinned = guest.pending.machine === undefined && pinnedMachine(guest.config.machine, value);
      if (pinned) guest.pending.machine = pinned;
    }
  }
  keep(guest, key);
  changed(call.state, guest);
}

/** Drives first, so that a boot order can name them. */
function inOrder(set: Readonly<Config>): [string, ConfigValue][] {
  return Object.entries(set).sort(([one], [other]) => Number(one === "boot") - Number(other === "boot"));
}

/**
 * Carries a change out, option by option; what fails leaves the earlier ones as they are, and what a running VM does
 * not take stays pending (pve-facts 20). Adds to the lines that a task logs.
 */
export function change(call: Call, guest: LabGuest, wanted: Change, log: string[] = []): void {
  const { state } = call;
  checkReady(call, guest, wanted);
  if (wanted.remove.includes("vmstate") && guest.config.lock === "suspended") delete guest.config.lock;
  for (const key of wanted.revert) {
    const waiting = guest.pending[key];
    if (waiting !== undefined && isDrive(key)) release(state, guest, waiting);
    delete guest.pending[key];
    keep(guest, key);
  }
  for (const key of wanted.remove) remove(call, guest, key, wanted.force);
  for (const [key, value] of inOrder(wanted.set)) set(call, guest, key, value, wanted, log);
  cleanPending(guest);
  changed(state, guest);
  const errors = guest.running ? hotplug(state, guest) : applyPending(state, guest);
  for (const key of ["description", "cipassword", "tags", "name"])
    if (guest.config[key] === "") delete guest.config[key];
  changed(state, guest);
  if (Object.keys(errors).length > 0) throw parameterRefusal(errors);
}
