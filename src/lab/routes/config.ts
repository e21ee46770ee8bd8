import { die, forbidden, parameterRefusal } from "../refusal.ts";
import { checkLock } from "../state/power.ts";
import type { ConfigValue, LabGuest } from "../state/types.ts";
import { theGuest } from "./guests.ts";
import { type Call, flag, may, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";

/** Keys of the request that steer it, and are no configuration. */
const CONTROL = new Set([
  "node",
  "vmid",
  "digest",
  "delete",
  "revert",
  "force",
  "skiplock",
  "background_delay",
  "import-working-storage",
]);
/** Options that only root@pam itself may set, never a token (pve-facts 37). */
const ROOT_ONLY = new Set(["args", "lock", "hookscript"]);
/** Options of a running VM that wait for its next start. */
const COLD =
  /^(?:memory|cores|sockets|cpu|vcpus|numa|machine|bios|scsihw|ostype|kvm|acpi|vga|balloon|shares|smbios1|arch|(?:efidisk|tpmstate|serial|hostpci|parallel)\d+)$/;
const NUMERIC = /^(?:0|[1-9]\d*)$/;
/** Options that are given out as numbers; `memory` of a VM is not one of them (pve-facts 28). */
const NUMBER_KEYS: Readonly<Record<"qemu" | "lxc", RegExp>> = {
  qemu: /^(?:cores|sockets|vcpus|onboot|kvm|acpi|numa|protection|tablet|template|balloon|shares|cpuunits|ciupgrade|autostart|freeze|localtime|reboot)$/,
  lxc: /^(?:cores|memory|swap|onboot|unprivileged|protection|template|cpuunits|console|tty|debug)$/,
};

/** The privilege that changing an option takes. */
function privilegeFor(key: string): string {
  if (/^(?:memory|balloon|shares|swap)$/.test(key)) return "VM.Config.Memory";
  if (/^(?:cores|sockets|cpu|vcpus|cpuunits|cpulimit|numa\d*|affinity)$/.test(key)) return "VM.Config.CPU";
  if (/^(?:net\d+|ipconfig\d+|nameserver|searchdomain)$/.test(key)) return "VM.Config.Network";
  if (/^(?:scsi|virtio|sata|ide|unused|efidisk|tpmstate|mp)\d+$|^(?:rootfs|scsihw)$/.test(key)) return "VM.Config.Disk";
  return "VM.Config.Options";
}

function stored(type: "qemu" | "lxc", key: string, value: unknown): ConfigValue {
  const raw = String(value);
  return NUMBER_KEYS[type].test(key) && NUMERIC.test(raw) ? Number(raw) : raw;
}

function shown(guest: LabGuest, values: Readonly<Record<string, ConfigValue>>): Record<string, ConfigValue> {
  if (guest.type !== "qemu" || values.cipassword === undefined) return { ...values };
  return { ...values, cipassword: "**********" };
}

/** A guest's configuration: with what is pending, or as it is now with `current=1`. */
function read(call: Call, type: "qemu" | "lxc"): Record<string, unknown> {
  const guest = theGuest(call, type);
  const snapshot = text(call, "snapshot");
  if (snapshot !== undefined && !guest.snapshots.some(({ name }) => name === snapshot))
    throw die(`snapshot '${snapshot}' does not exist`);
  const config = shown(guest, guest.config);
  if (!flag(call, "current")) {
    for (const key of guest.pendingDelete) delete config[key];
    Object.assign(config, shown(guest, guest.pending));
  }
  return { ...config, digest: call.state.digest(guest) };
}

function pending(call: Call, type: "qemu" | "lxc"): Record<string, unknown>[] {
  const guest = theGuest(call, type);
  const rows = new Map<string, Record<string, unknown>>();
  for (const [key, value] of Object.entries(shown(guest, guest.config))) rows.set(key, { key, value });
  for (const [key, value] of Object.entries(shown(guest, guest.pending)))
    rows.set(key, { ...(rows.get(key) ?? { key }), pending: value });
  for (const key of guest.pendingDelete) rows.set(key, { ...(rows.get(key) ?? { key }), delete: 1 });
  return [...rows.values(), { key: "digest", value: call.state.digest(guest) }];
}

function names(call: Call, parameter: string): string[] {
  return (text(call, parameter) ?? "").split(/[,;\s\0]+/).filter((name) => name !== "");
}

interface Change {
  set: Record<string, ConfigValue>;
  remove: string[];
  revert: string[];
}

/** The change a request asks for, refused before anything happens where it cannot be. */
function plan(call: Call, guest: LabGuest): Change {
  const set: Record<string, ConfigValue> = {};
  for (const [key, value] of Object.entries(call.params))
    if (!CONTROL.has(key) && value !== null && value !== undefined) set[key] = stored(guest.type, key, value);
  const remove = names(call, "delete");
  const revert = names(call, "revert");
  if (flag(call, "skiplock")) throw parameterRefusal({ skiplock: "Only root may use this option." });
  for (const key of Object.keys(set)) {
    if (ROOT_ONLY.has(key)) throw die(`only root can set '${key}' config`);
    if (remove.includes(key))
      throw parameterRefusal({ delete: `you can't use '-${key}' and -delete ${key}' at the same time` });
  }
  for (const key of remove)
    if (!knownOption(guest.type, key)) throw parameterRefusal({ delete: `unknown option '${key}'` });
  if (Object.keys(set).length + remove.length + revert.length === 0) throw die("no options specified");
  for (const key of [...Object.keys(set), ...remove, ...revert]) {
    const privilege = privilegeFor(key);
    if (!may(call, `/vms/${guest.vmid}`, privilege)) throw forbidden(`/vms/${guest.vmid}`, [privilege]);
  }
  return { set, remove, revert };
}

const KNOWN: Readonly<Record<"qemu" | "lxc", RegExp>> = {
  qemu: /^(?:name|description|tags|memory|balloon|shares|cores|sockets|cpu|vcpus|cpuunits|cpulimit|affinity|onboot|startup|ostype|agent|boot|bootdisk|bios|machine|scsihw|vga|kvm|acpi|numa|protection|tablet|hotplug|localtime|freeze|reboot|autostart|arch|args|lock|hookscript|smbios1|vmgenid|watchdog|rng0|audio0|vmstatestorage|keyboard|cicustom|cipassword|citype|ciupgrade|ciuser|sshkeys|nameserver|searchdomain|spice_enhancements|ivshmem|tdf|startdate|migrate_downtime|migrate_speed|amd-sev|intel-tdx|allow-ksm|(?:scsi|virtio|sata|ide|unused|net|ipconfig|efidisk|tpmstate|serial|parallel|hostpci|usb|numa|virtiofs)\d+)$/,
  lxc: /^(?:hostname|description|tags|memory|swap|cores|cpulimit|cpuunits|onboot|startup|ostype|arch|unprivileged|features|protection|console|tty|cmode|lock|hookscript|nameserver|searchdomain|timezone|rootfs|env|entrypoint|debug|(?:mp|unused|net|dev)\d+)$/,
};

function knownOption(type: "qemu" | "lxc", key: string): boolean {
  return KNOWN[type].test(key);
}

function checkDigest(call: Call, guest: LabGuest): void {
  const digest = text(call, "digest");
  if (digest === undefined || digest === call.state.digest(guest)) return;
  throw die(
    guest.type === "qemu"
      ? "checksum mismatch (file change by other user?)"
      : "detected modified configuration - file changed by other user? Try again.",
  );
}

function apply(call: Call, guest: LabGuest, change: Change): void {
  const waits = (key: string): boolean => guest.running && guest.type === "qemu" && COLD.test(key);
  for (const key of change.revert) {
    delete guest.pending[key];
    guest.pendingDelete = guest.pendingDelete.filter((other) => other !== key);
  }
  for (const key of change.remove) {
    delete guest.pending[key];
    if (!(key in guest.config)) continue;
    if (waits(key)) {
      if (!guest.pendingDelete.includes(key)) guest.pendingDelete.push(key);
      continue;
    }
    removeOption(call, guest, key);
  }
  for (const [key, value] of Object.entries(change.set)) {
    guest.pendingDelete = guest.pendingDelete.filter((other) => other !== key);
    if (waits(key) && guest.config[key] !== value) guest.pending[key] = value;
    else {
      delete guest.pending[key];
      guest.config[key] = value;
    }
  }
  call.state.touch(guest);
}

/** Taking a disk away only detaches it; taking an unused one away destroys the volume (pve-facts 16). */
function removeOption(call: Call, guest: LabGuest, key: string): void {
  const value = String(guest.config[key]);
  delete guest.config[key];
  if (!/^(?:(?:scsi|virtio|sata|ide|unused|mp)\d+|efidisk0|tpmstate0)$/.test(key)) return;
  const volid = value.split(",")[0] ?? "";
  const volume = call.state.volumes.get(volid);
  if (!volume || volume.vmid !== guest.vmid) return;
  if (key.startsWith("unused") || flag(call, "force")) {
    call.state.volumes.delete(volid);
    return;
  }
  let slot = 0;
  while (`unused${slot}` in guest.config) slot += 1;
  guest.config[`unused${slot}`] = volid;
}

function put(call: Call, type: "qemu" | "lxc"): { data: unknown } {
  const guest = theGuest(call, type);
  const change = plan(call, guest);
  checkDigest(call, guest);
  if (guest.config.lock !== undefined) throw die(`${type === "qemu" ? "VM" : "CT"} is locked (${guest.config.lock})`);
  apply(call, guest, change);
  return { data: null };
}

function post(call: Call): { data: unknown } {
  const guest = theGuest(call, "qemu");
  const change = plan(call, guest);
  checkDigest(call, guest);
  return startTask(call, {
    node: guest.node,
    type: "qmconfig",
    id: String(guest.vmid),
    weight: 0.3,
    work: (task) => {
      checkLock(guest);
      for (const [key, value] of Object.entries(change.set)) task.log.push(`update VM ${guest.vmid}: -${key} ${value}`);
      apply(call, guest, change);
      return undefined;
    },
  });
}

function destroy(call: Call, type: "qemu" | "lxc"): { data: unknown } {
  const { state } = call;
  const guest = theGuest(call, type);
  const kind = type === "qemu" ? "VM" : "CT";
  if (guest.config.protection === 1) throw die(`can't remove ${kind} ${guest.vmid} - protection mode enabled`);
  if (state.ha.has(state.sid(guest)) && !flag(call, "purge"))
    throw die(`unable to remove ${kind} ${guest.vmid} - used in HA resources and purge parameter not set.`);
  const forced = type === "lxc" && flag(call, "force");
  if (guest.running && !forced)
    throw die(
      type === "qemu"
        ? `VM ${guest.vmid} is running - destroy failed`
        : `unable to destroy CT ${guest.vmid} - container is running`,
    );
  return startTask(call, {
    node: guest.node,
    type: type === "qemu" ? "qmdestroy" : "vzdestroy",
    id: String(guest.vmid),
    weight: 1.5,
    work: () => {
      checkLock(guest);
      const base = [...state.guests.values()].find(
        (other) =>
          other !== guest &&
          Object.values(other.config).some((value) => String(value).includes(`:base-${guest.vmid}-disk-`)),
      );
      if (base && guest.config.template === 1) {
        const volid = [...state.volumes.values()].find((volume) => volume.vmid === guest.vmid)?.volid ?? "";
        throw new Error(`base volume '${volid}' is still in use by linked cloned`);
      }
      if (guest.running && !forced) throw new Error(`${kind} ${guest.vmid} is running - destroy failed`);
      state.remove(guest);
      return undefined;
    },
  });
}

const audit = { path: "/vms/{vmid}", any: ["VM.Audit"] };
/** Any of these lets a caller into the update; each option is checked by itself. */
const configure = {
  path: "/vms/{vmid}",
  any: [
    "VM.Config.Disk",
    "VM.Config.CDROM",
    "VM.Config.CPU",
    "VM.Config.Memory",
    "VM.Config.Network",
    "VM.Config.HWType",
    "VM.Config.Options",
    "VM.Config.Cloudinit",
  ],
};

function forType(type: "qemu" | "lxc"): Route[] {
  const guest = `/nodes/{node}/${type}/{vmid}`;
  return [
    { id: `GET ${guest}/config`, permission: audit, run: (call) => ({ data: read(call, type) }) },
    { id: `GET ${guest}/pending`, permission: audit, run: (call) => ({ data: pending(call, type) }) },
    { id: `PUT ${guest}/config`, permission: configure, writes: true, run: (call) => put(call, type) },
    {
      id: `DELETE ${guest}`,
      permission: { path: "/vms/{vmid}", any: ["VM.Allocate"] },
      writes: true,
      run: (call) => destroy(call, type),
    },
  ];
}

/** Configuration of guests, and their end. */
export const configRoutes: readonly Route[] = [
  ...forType("qemu"),
  ...forType("lxc"),
  { id: "POST /nodes/{node}/qemu/{vmid}/config", permission: configure, writes: true, run: post },
];
