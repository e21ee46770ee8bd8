import { forbidden, parameterRefusal, Refusal } from "../refusal.ts";
import { describe } from "../state/volume.ts";
import { splitVolid, type VolumeName } from "../state/volume-name.ts";
import { type Call, may } from "./route.ts";

/** root@pam itself, which no token ever is (pve-facts 37). */
export function isRoot(call: Call): boolean {
  const { id } = call.token as { id?: string };
  return call.user === "root@pam" && (id === undefined || id === "");
}

/** 403 unless the caller holds one of the privileges on the path. */
export function demand(call: Call, path: string, ...privileges: string[]): void {
  if (!privileges.some((privilege) => may(call, path, privilege))) throw forbidden(path, privileges);
}

/** 403 for a pool that is not there. */
export function demandPool(call: Call, pool: string): void {
  if (!call.state.pools.has(pool)) throw new Refusal(403, `Permission check failed (pool '${pool}' does not exist)`);
}

/** Refuses a caller who may not use a volume, for its kind, its owner and the guest it is meant for. */
export function checkVolumeAccess(
  call: Call,
  volid: string,
  options: { vmid?: number | undefined; kind?: VolumeName["kind"] } = {},
): void {
  if (!/^[a-z][a-z0-9._-]*[a-z0-9]:.+$/is.test(volid)) {
    if (isRoot(call)) return;
    throw new Refusal(
      500,
      "Only root can pass arbitrary filesystem paths. at /usr/share/perl5/PVE/Storage.pm line 651.",
    );
  }
  const { kind, vmid: owner, storage } = describe(call.state, volid);
  const wanted = options.kind;
  if (wanted !== undefined && kind !== wanted && !(wanted === "rootdir" && kind === "images"))
    throw new Error(`unable to use volume ${volid} - content type needs to be '${wanted}'`);
  const path = `/storage/${storage.storage}`;
  if (may(call, path, "Datastore.Allocate")) return;
  if (kind === "iso" || kind === "vztmpl" || kind === "import") {
    demand(call, path, "Datastore.AllocateSpace", "Datastore.Audit");
    return;
  }
  if (owner === undefined) throw new Error(`missing privileges to access ${volid}`);
  if (owner === options.vmid) return;
  demand(call, path, kind === "backup" ? "Datastore.AllocateSpace" : "Datastore.Audit");
  demand(call, `/vms/${owner}`, kind === "backup" ? "VM.Backup" : "VM.Config.Disk");
}

/** The volume id that the last parts of a path spell, with or without its storage. */
export function volumeId(storage: string, volume: string): string {
  if (!volume.includes(":")) return `${storage}:${volume}`;
  let named: string;
  try {
    named = splitVolid(volume).storage;
  } catch (error) {
    throw parameterRefusal({ volume: `${(error as Error).message}\n` });
  }
  if (named !== storage) throw parameterRefusal({ volume: `storage ID mismatch (${named} != ${storage})\n` });
  return volume;
}
