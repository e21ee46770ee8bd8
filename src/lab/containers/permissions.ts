import { forbidden, Refusal } from "../refusal.ts";
import { type Call, may } from "../routes/route.ts";
import { checkVolumeAccess, isRoot } from "../routes/volume-access.ts";
import type { ConfigValue } from "../state/types.ts";
import { isMount, mountType, parseMount, parseNic, wantedVolume } from "./mounts.ts";

type Config = Readonly<Record<string, ConfigValue>>;

interface Change {
  vmid: number;
  /** Pool that a new container is to join. */
  pool?: string | undefined;
  /** Nothing for a new container. */
  old?: Config;
  next: Config;
  remove: readonly string[];
  unprivileged: boolean;
}

/** 403 for what only root@pam itself may do. */
function onlyRoot(what: string): Refusal {
  return new Refusal(403, `Permission check failed (${what} is only allowed for root@pam)`);
}

function demand(call: Call, change: Change, privilege: string): void {
  if (may(call, `/vms/${change.vmid}`, privilege)) return;
  if (change.pool !== undefined && may(call, `/pool/${change.pool}`, privilege)) return;
  throw forbidden(`/vms/${change.vmid}`, [privilege]);
}

function checkMount(call: Call, change: Change, key: string, removed: boolean): void {
  demand(call, change, "VM.Config.Disk");
  if (removed) return;
  const mount = parseMount(change.next[key]!);
  const type = mountType(mount);
  if (type !== "volume") throw onlyRoot(`mount point type ${type}`);
  const wanted = wantedVolume(mount);
  if (!wanted) checkVolumeAccess(call, mount.get("volume") ?? "", { vmid: change.vmid, kind: "rootdir" });
  else if (!may(call, `/storage/${wanted.storage}`, "Datastore.AllocateSpace"))
    throw forbidden(`/storage/${wanted.storage}`, ["Datastore.AllocateSpace"]);
}

function features(value: ConfigValue | undefined): Map<string, string> {
  return value === undefined ? new Map() : parseNic(value);
}

/** Tokens and users may switch nesting of an unprivileged container, and nothing else (pve-facts 37). */
function checkFeatures(call: Call, change: Change, removed: boolean): void {
  if (!change.unprivileged) throw onlyRoot("changing feature flags for privileged container");
  const before = features(change.old?.features);
  const after = removed ? new Map<string, string>() : features(change.next.features);
  // New ones are taken for what they are: anything but nesting switched on is for root alone.
  const plain = before.size === 0 ? after : removed ? before : undefined;
  if (plain && plain.size > 0 && !(plain.size === 1 && /^(?:1|on|yes|true)$/i.test(plain.get("nesting") ?? "")))
    throw onlyRoot("changing feature flags (except nesting)");
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => (before.get(name) ?? "") !== (after.get(name) ?? ""),
  );
  if (changed.some((name) => name !== "nesting")) throw onlyRoot("changing feature flags (except nesting)");
  if (changed.length > 0) demand(call, change, "VM.Allocate");
}

const CPU = new Set(["cores", "cpuunits", "cpulimit"]);
const NETWORK = /^(?:net\d+|nameserver|searchdomain|hostname)$/;

/** Refuses a change of a container's options to whoever may not make it. */
export function checkChange(call: Call, change: Change): void {
  if (isRoot(call)) return;
  const keys = [
    ...change.remove.map((key) => [key, true] as const),
    ...Object.keys(change.next).map((key) => [key, false] as const),
  ];
  for (const [key, removed] of keys) {
    if (CPU.has(key)) demand(call, change, "VM.Config.CPU");
    else if (isMount(key)) checkMount(call, change, key, removed);
    else if (key === "memory" || key === "swap") demand(call, change, "VM.Config.Memory");
    else if (NETWORK.test(key)) demand(call, change, "VM.Config.Network");
    else if (/^dev\d+$/.test(key)) throw onlyRoot("configuring device passthrough");
    else if (key === "features") checkFeatures(call, change, removed);
    else if (key === "hookscript") throw onlyRoot("changing the hookscript");
    else demand(call, change, "VM.Config.Options");
  }
}
