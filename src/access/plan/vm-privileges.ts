import type { Check } from "../../../generated/permissions.ts";
import type { OperationId, Params } from "../../schema/operation.ts";

/** Privileges on the VM by option, as the server's code asks for them: all of a list, or one where several stand in it. */
const BY_OPTION: readonly [RegExp, readonly string[]][] = [
  [/^(?:cores|cpu|cpulimit|cpuunits|numa\d*|sockets|smp|vcpus)$/, ["VM.Config.CPU"]],
  [/^(?:memory|balloon|shares)$/, ["VM.Config.Memory"]],
  [
    /^(?:acpi|hotplug|kvm|machine|scsihw|smbios1|tablet|vga|watchdog|audio0|rng0|hostpci\d+|usb\d+)$/,
    ["VM.Config.HWType"],
  ],
  [
    /^(?:agent|autostart|bios|description|keyboard|localtime|migrate_\w+|name|onboot|ostype|protection|reboot|startdate|startup|tags|tdf|template)$/,
    ["VM.Config.Options"],
  ],
  [/^(?:boot|bootdisk|vmstatestorage|unused\d+)$/, ["VM.Config.Disk"]],
  [/^net\d+$/, ["VM.Config.Network"]],
  [
    /^(?:cicustom|cipassword|citype|ciupgrade|ciuser|nameserver|searchdomain|sshkeys|ipconfig\d+)$/,
    ["VM.Config.Cloudinit", "VM.Config.Network"],
  ],
];

const DRIVE = /^(?:(?:ide|sata|scsi|virtio)\d+|efidisk0|tpmstate0|cdrom)$/;

const CREATE: OperationId = "POST /nodes/{node}/qemu";
const CHANGES: readonly OperationId[] = [
  "POST /nodes/{node}/qemu/{vmid}/config",
  "PUT /nodes/{node}/qemu/{vmid}/config",
];

/**
 * What making a VM or changing its configuration needs, by its very options: the schema leaves that to the server's
 * code. Nothing for any other operation.
 */
export function vmCheck(operation: OperationId, params: Params): Check | undefined {
  const creates = operation === CREATE;
  if (!creates && !CHANGES.includes(operation)) return undefined;
  const pool = creates && params.pool !== undefined ? String(params.pool) : undefined;
  const onVm = (privileges: readonly string[]): Check => {
    const at = (path: string): Check => ({
      kind: "perm",
      path,
      privileges,
      ...(privileges.length > 1 ? { any: true } : {}),
    });
    return pool === undefined ? at("/vms/{vmid}") : { kind: "or", of: [at("/vms/{vmid}"), at(`/pool/${pool}`)] };
  };
  const checks: Check[] = creates ? [onVm(["VM.Allocate"])] : [];
  const options = Object.entries(params).filter(([, value]) => value !== undefined && value !== null);
  const gone = String(params.delete ?? "")
    .split(/[,;\s]+/)
    .filter(Boolean);
  for (const [key, value] of [...options, ...gone.map((name) => [name, ""] as const)]) {
    const text = textOf(value);
    const drive = DRIVE.test(key);
    const privileges = drive
      ? [/media=cdrom|^none|cloudinit/.test(text) ? "VM.Config.CDROM" : "VM.Config.Disk"]
      : BY_OPTION.find(([pattern]) => pattern.test(key))?.[1];
    if (privileges) checks.push(onVm(privileges));
    const storage = drive
      ? /^(?:file=|volume=)?([^:/,=]+):(?:\d+(?:\.\d+)?|cloudinit)(?:,|$)/.exec(text)?.[1]
      : undefined;
    if (storage !== undefined)
      checks.push({ kind: "perm", path: `/storage/${storage}`, privileges: ["Datastore.AllocateSpace"] });
    const mapping = /^(hostpci|usb)\d+$/.test(key) ? /(?:^|,)mapping=([^,]+)/.exec(text)?.[1] : undefined;
    if (mapping !== undefined) {
      const kind = key.startsWith("usb") ? "usb" : "pci";
      checks.push({ kind: "perm", path: `/mapping/${kind}/${mapping}`, privileges: ["Mapping.Use"] });
    }
  }
  if (creates && isOn(params.start)) checks.push(onVm(["VM.PowerMgmt"]));
  const distinct = [...new Map(checks.map((check) => [JSON.stringify(check), check])).values()];
  return distinct.length === 0 ? undefined : { kind: "and", of: distinct };
}

function textOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([key, part]) => `${key}=${String(part)}`)
    .join(",");
}

function isOn(value: unknown): boolean {
  return value === true || value === 1 || value === "1";
}
