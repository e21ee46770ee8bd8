import type { OperationId } from "../../schema/operation.ts";
import { ArgumentError } from "../errors.ts";
import { checkBoot } from "./boot-order.ts";
import { isDrive } from "./drive.ts";
import { optionValue, valueText } from "./option-value.ts";
import { encodeSshKeys } from "./ssh-keys.ts";

/** What is asked for of a new VM, beside where it is made. */
export interface NewVm {
  name?: string | undefined;
  cores?: number | undefined;
  /** MiB. */
  memory?: number | undefined;
  /** GiB. */
  disk?: number | undefined;
  importFrom?: string | undefined;
  iso?: string | undefined;
  /** "none" for a VM without network. */
  bridge?: string | undefined;
  vlan?: number | undefined;
  ostype?: string | undefined;
  ciuser?: string | undefined;
  sshkeys?: readonly string[] | undefined;
  ipconfig0?: string | undefined;
  tags?: readonly string[] | undefined;
  pool?: string | undefined;
  start: boolean;
  config: Readonly<Record<string, unknown>>;
}

/** What the node decides, asked for only where the VM needs it. */
export interface Surroundings {
  storage(): string;
  bridge(): Promise<string>;
  cpu(): Promise<string | undefined>;
}

const CREATE: OperationId = "POST /nodes/{node}/qemu";

/** Parameters of the request that have an argument of their own, or belong to something else than making a new VM. */
const REFUSED: Readonly<Record<string, string>> = {
  node: "Use the argument node.",
  vmid: "Use the argument vmid.",
  storage: "Use the argument storage.",
  archive: "That restores a backup, which this tool does not: proxmox_api_call can.",
  force: "That overwrites a VM by a backup: proxmox_api_call can.",
  unique: "That belongs to restoring a backup: proxmox_api_call can.",
  "live-restore": "That belongs to restoring a backup: proxmox_api_call can.",
};

/** Parameters of the request that are no options of the VM. */
const STEERING = new Set(["bwlimit", "ha-managed", "import-working-storage", "pool", "start"]);

/** The parameters of a new VM beside node and vmid, and the slot of its disk, if it has one by argument. */
export async function newVmParams(
  vm: NewVm,
  from: Surroundings,
): Promise<{ params: Record<string, unknown>; slot?: string; warnings: string[] }> {
  const given = givenOptions(vm.config);
  const params = { ...given };
  const put = (key: string, value: unknown, argument = key): void => {
    if (value === undefined) return;
    if (key in vm.config && valueText(given[key] ?? "") !== valueText(value))
      throw new ArgumentError(argument, `says otherwise than config.${key}`, "Say it once.");
    params[key] = value;
  };
  for (const key of ["name", "cores", "memory", "ciuser", "ipconfig0", "pool"] as const) put(key, vm[key]);
  if (vm.sshkeys !== undefined) put("sshkeys", encodeSshKeys(vm.sshkeys, "sshkeys"));
  if (vm.tags !== undefined) put("tags", vm.tags.join(";"));
  if (vm.start) put("start", true);
  put("ostype", vm.ostype);
  const usual = (key: string, value: unknown): void => {
    if (!(key in vm.config) && value !== undefined) params[key] ??= value;
  };
  usual("ostype", "l26");
  const linux = params.ostype === "l26";
  usual("scsihw", "virtio-scsi-single");
  if (!("cpu" in vm.config) && !("arch" in vm.config)) usual("cpu", await from.cpu());
  // Windows knows neither virtio's disks nor its NICs before their drivers are installed.
  const slot = linux ? "scsi0" : "sata0";
  const argument = vm.importFrom === undefined ? "disk" : "importFrom";
  if (vm[argument] !== undefined && slot in vm.config)
    throw new ArgumentError(
      argument,
      `wants the slot of config.${slot}`,
      "Say it once, or use another slot in config.",
    );
  const file = diskFile(vm, from);
  if (file !== undefined) params[slot] = linux ? `${file},iothread=1` : file;
  if (vm.iso !== undefined) put("ide2", `${vm.iso},media=cdrom`, "iso");
  // Without it the firmware forgets its settings at every start.
  if (params.bios === "ovmf" && !("efidisk0" in vm.config)) params.efidisk0 = `${from.storage()}:1,efitype=4m`;
  addCloudInitDrive(vm, params, from);
  await addNetwork(vm, params, linux ? "virtio" : "e1000", from);
  const set = new Map(Object.entries(params).map(([key, value]) => [key, valueText(value)]));
  checkBoot({}, set, []);
  const hasDisk = Object.entries(params).some(([key, value]) => holdsDisk(key, valueText(value)));
  return {
    params,
    ...(file === undefined ? {} : { slot }),
    warnings: hasDisk ? [] : ["The VM has no disk: give disk, or a drive in config."],
  };
}

/** The options of `config` as they are sent; null stands for none, not even the usual one. */
function givenOptions(config: NewVm["config"]): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(config)) {
    if (Object.hasOwn(REFUSED, key)) throw new ArgumentError(`config.${key}`, "does not belong there", REFUSED[key]!);
    if (value === null) continue;
    options[key] = STEERING.has(key) ? value : optionValue({ operation: CREATE, key, value });
  }
  return options;
}

function diskFile(vm: NewVm, from: Surroundings): string | undefined {
  if (vm.importFrom !== undefined) return `${from.storage()}:0,import-from=${vm.importFrom}`;
  return vm.disk === undefined ? undefined : `${from.storage()}:${vm.disk}`;
}

const CLOUD_INIT = /^(?:cicustom|cipassword|citype|ciuser|nameserver|searchdomain|sshkeys|ipconfig\d+)$/;

/** Values for cloud-init reach no guest without its drive (pve-facts 69). */
function addCloudInitDrive(vm: NewVm, params: Record<string, unknown>, from: Surroundings): void {
  if (!Object.keys(params).some((key) => CLOUD_INIT.test(key))) return;
  if (Object.values(params).some((value) => /(?:^|[:=])cloudinit\b/.test(valueText(value)))) return;
  const free = ["ide2", "ide0", "ide1", "ide3"].find((key) => params[key] === undefined && !(key in vm.config));
  if (free !== undefined) params[free] = `${from.storage()}:cloudinit`;
}

/** A VM gets one network, unless config has its own or there is to be none. */
async function addNetwork(
  vm: NewVm,
  params: Record<string, unknown>,
  model: string,
  from: Surroundings,
): Promise<void> {
  const asked = vm.bridge !== undefined ? "bridge" : vm.vlan !== undefined ? "vlan" : undefined;
  if (asked !== undefined && "net0" in vm.config)
    throw new ArgumentError(asked, "wants net0, which config has", "Say it once, or use another network in config.");
  if (vm.bridge === "none") {
    if (vm.vlan !== undefined)
      throw new ArgumentError("vlan", "is given, and bridge is none", "Leave one of them out.");
    return;
  }
  if (asked === undefined && Object.keys(vm.config).some((key) => /^net\d+$/.test(key))) return;
  params.net0 = `${model},bridge=${await from.bridge()}${vm.vlan === undefined ? "" : `,tag=${vm.vlan}`}`;
}

function holdsDisk(key: string, text: string): boolean {
  return isDrive(key) && !/^(?:efidisk|tpmstate)/.test(key) && !/media=cdrom|cloudinit|^none/.test(text);
}
