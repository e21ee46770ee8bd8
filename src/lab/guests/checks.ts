import { die, forbidden, parameterRefusal } from "../refusal.ts";
import { type Call, may } from "../routes/route.ts";
import { isRoot } from "../routes/volume-access.ts";
import type { ConfigValue, LabGuest } from "../state/types.ts";
import { isCdrom, isDrive, isUnused, newDisk, parseDrive } from "./drives.ts";
import { parsePairs } from "./pairs.ts";
import { describe, parseVolumeId } from "./volumes.ts";

/** Kinds of systems that stay with the machine they were installed on. */
export const WINDOWS = /^(?:wxp|w2k\d*|wvista|win\d+)$/;

const KEY = /(?:^|\s)(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S+|sk-\S+) +\S+/;

/** Refuses what is no list of public keys, one a line. */
export function checkKeys(value: ConfigValue | undefined): void {
  if (value === undefined) return;
  const lines = decodeURIComponent(String(value)).split("\n");
  if (lines.some((line) => line.trim() !== "" && !line.startsWith("#") && !KEY.test(line)))
    throw die("SSH public key validation error");
}

/** Refuses drives whose texts contradict themselves. */
export function checkDriveTexts(call: Call, set: Readonly<Record<string, ConfigValue>>): void {
  for (const key of Object.keys(set).sort()) {
    if (!isDrive(key)) continue;
    const drive = parseDrive(set[key]!);
    const file = drive.get("file") ?? "";
    if (file === "") throw parameterRefusal({ [key]: "unable to parse drive options" });
    if (drive.has("import-from")) {
      if (newDisk(file)?.gib !== 0)
        throw parameterRefusal({
          [key]: "'import-from' requires special syntax - use <storage ID>:0,import-from=<source>",
        });
      const needed = key === "efidisk0" ? ["efitype", "pre-enrolled-keys"] : key === "tpmstate0" ? ["version"] : [];
      const missing = needed.find((name) => !drive.has(name));
      if (missing !== undefined)
        throw parameterRefusal({ [key]: `need to specify '${missing}' when using 'import-from'` });
    }
    const parts = parseVolumeId(file);
    if (!parts || newDisk(file) || parts.name === "cloudinit") continue;
    if (describe(call.state, file).kind === "iso" && !isCdrom(drive))
      throw parameterRefusal({ [key]: "explicit 'media=cdrom' is required for iso images" });
  }
}

/** Refuses a hook script that is no snippet of a storage. */
export function checkHookscript(call: Call, set: Readonly<Record<string, ConfigValue>>): void {
  const { hookscript } = set;
  if (hookscript === undefined) return;
  const complain = (text: string) => parameterRefusal({ hookscript: `${text}\n` });
  const volid = String(hookscript);
  let kind: string;
  try {
    kind = describe(call.state, volid).kind;
  } catch (error) {
    throw complain((error as Error).message);
  }
  if (kind !== "snippets") throw complain(`'${volid}' is not in the snippets directory`);
  if (!call.state.volumes.has(volid)) throw complain(`script '${volid}' does not exist`);
}

function checkUsb(call: Call, vmid: number, key: string, value: ConfigValue): void {
  if (isRoot(call)) return;
  if (!may(call, `/vms/${vmid}`, "VM.Config.HWType")) throw forbidden(`/vms/${vmid}`, ["VM.Config.HWType"]);
  const device = parsePairs(String(value), "host");
  const host = device.get("host");
  if (host !== undefined && !/^spice$/i.test(host)) throw die(`only root can set '${key}' config for real devices`);
  if (host === undefined && !device.has("mapping")) throw die("either 'host' or 'mapping' must be set.");
  const mapping = host === undefined ? device.get("mapping") : undefined;
  if (mapping !== undefined && !may(call, `/mapping/usb/${mapping}`, "Mapping.Use"))
    throw forbidden(`/mapping/usb/${mapping}`, ["Mapping.Use"]);
}

function checkPci(call: Call, vmid: number, key: string, value: ConfigValue): void {
  if (isRoot(call)) return;
  const device = parsePairs(String(value), "host");
  if (device.has("host")) throw die(`only root can set '${key}' config for non-mapped devices`);
  const mapping = device.get("mapping");
  if (mapping === undefined) throw die("either 'host' or 'mapping' must be set.");
  if (!may(call, `/mapping/pci/${mapping}`, "Mapping.Use")) throw forbidden(`/mapping/pci/${mapping}`, ["Mapping.Use"]);
  if (!may(call, `/vms/${vmid}`, "VM.Config.HWType")) throw forbidden(`/vms/${vmid}`, ["VM.Config.HWType"]);
  if (device.has("romfile")) throw parameterRefusal({ [key]: "only root@pam can set 'romfile' option" });
}

function checkShare(call: Call, vmid: number, value: ConfigValue): void {
  if (isRoot(call)) return;
  if (!may(call, `/vms/${vmid}`, "VM.Config.Disk")) throw forbidden(`/vms/${vmid}`, ["VM.Config.Disk"]);
  const directory = parsePairs(String(value), "dirid").get("dirid") ?? "";
  if (!may(call, `/mapping/dir/${directory}`, "Mapping.Use"))
    throw forbidden(`/mapping/dir/${directory}`, ["Mapping.Use"]);
}

/** Refuses devices of the host itself to everyone but root; mapped ones are for whoever may use the mapping. */
function checkDevice(call: Call, vmid: number, key: string, value: ConfigValue): void {
  if (/^usb\d+$/.test(key)) checkUsb(call, vmid, key, value);
  else if (/^hostpci\d+$/.test(key)) checkPci(call, vmid, key, value);
  else if (/^virtiofs\d+$/.test(key)) checkShare(call, vmid, value);
}

/** Refuses to whoever may not have it the devices of a new VM. */
export function checkDevices(call: Call, vmid: number, set: Readonly<Record<string, ConfigValue>>): void {
  if (isRoot(call)) return;
  for (const [key, value] of Object.entries(set))
    if (/^serial\d+$/.test(key) && String(value) !== "socket")
      throw die(`only root can set '${key}' config for real devices`);
  for (const kind of ["usb", "hostpci", "virtiofs"])
    for (const [key, value] of Object.entries(set)) if (key.startsWith(kind)) checkDevice(call, vmid, key, value);
}

/** Refuses to take away what the caller may not have. */
export function checkRemoval(call: Call, vmid: number, key: string, value: ConfigValue): void {
  if (/^serial\d+$/.test(key) && String(value) !== "socket" && !isRoot(call))
    throw die(`only root can delete '${key}' config for real devices`);
  if (isUnused(key) && !may(call, `/vms/${vmid}`, "VM.Config.Disk"))
    throw forbidden(`/vms/${vmid}`, ["VM.Config.Disk"]);
  checkDevice(call, vmid, key, value);
}

const CLIPBOARD = /^(?:std|cirrus|vmware|virtio|qxl)/;

/** Refuses a new value for what the VM has, or for itself. */
export function checkNew(call: Call, guest: LabGuest, key: string, value: ConfigValue): void {
  const old = guest.config[key];
  if (/^serial\d+$/.test(key)) {
    if (((old ?? "socket") !== "socket" || String(value) !== "socket") && !isRoot(call))
      throw die(`only root can modify '${key}' config for real devices`);
    return;
  }
  if (old !== undefined) checkDevice(call, guest.vmid, key, old);
  checkDevice(call, guest.vmid, key, value);
  if (key === "vga") {
    const vga = parsePairs(String(value), "type");
    const type = vga.get("type");
    if (vga.get("clipboard") === "vnc" && type !== undefined && !CLIPBOARD.test(type))
      throw die(`vga type ${type} is not compatible with VNC clipboard`);
  }
  if (key === "machine") {
    const machine = parsePairs(String(value), "type");
    if (machine.get("viommu") === "intel" && !/q35/.test(machine.get("type") ?? ""))
      throw die("to use Intel vIOMMU please set the machine type to q35");
  }
}

/** The machine that a VM of that system is kept on; nothing where it has one already or needs none. */
export function pinnedMachine(machine: ConfigValue | undefined, ostype: ConfigValue | undefined): string | undefined {
  if (!WINDOWS.test(String(ostype ?? ""))) return undefined;
  const pairs = parsePairs(String(machine ?? ""), "type");
  const type = pairs.get("type") ?? "pc";
  if (/-\d+\.\d+/.test(type)) return undefined;
  const rest = [...pairs].filter(([name]) => name !== "type").map(([name, value]) => `,${name}=${value}`);
  return `pc-${type === "q35" ? "q35" : "i440fx"}-10.0+pve1${rest.join("")}`;
}
