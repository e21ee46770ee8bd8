import type { AccessClass, OperationId, Params } from "../schema/operation.ts";
import { ACCESS_CLASSES } from "../schema/operation.ts";

/** The worse of two classes. */
export function worse(a: AccessClass, b: AccessClass): AccessClass {
  return ACCESS_CLASSES.indexOf(a) >= ACCESS_CLASSES.indexOf(b) ? a : b;
}

/** Whether `needed` lies above the ceiling. */
export function exceeds(needed: AccessClass, ceiling: AccessClass): boolean {
  return ACCESS_CLASSES.indexOf(needed) > ACCESS_CLASSES.indexOf(ceiling);
}

const CONFIG = /^(PUT|POST) \/nodes\/\{node\}\/(qemu|lxc)\/\{vmid\}\/config$/;
const CREATE = /^POST \/nodes\/\{node\}\/(qemu|lxc)$/;
const MOVE = /^POST \/nodes\/\{node\}\/(qemu\/\{vmid\}\/move_disk|lxc\/\{vmid\}\/move_volume)$/;
const DISK_KEY = /^(ide|sata|scsi|virtio|unused|mp|efidisk|tpmstate|rootfs)\d*$/;

/**
 * The class of one actual call: the operation's own class, or worse where its parameters make it so. A class table
 * says what an operation can do; a disk named in `delete=` (pve-facts 16), a forced restore (pve-facts 95) or a
 * source removed after a move destroy data.
 */
export function classOfCall(operation: OperationId, base: AccessClass, params: Params): AccessClass {
  if (CONFIG.test(operation) && (deletesDisk(params.delete) || truthy(params.force))) return worse(base, "destructive");
  if (CREATE.test(operation) && truthy(params.force)) return worse(base, "destructive");
  if (MOVE.test(operation) && truthy(params.delete)) return worse(base, "destructive");
  return base;
}

function deletesDisk(value: unknown): boolean {
  const keys = Array.isArray(value) ? value : typeof value === "string" ? value.split(/[,;\s\0]+/) : [];
  return keys.some((key) => DISK_KEY.test(String(key)));
}

function truthy(value: unknown): boolean {
  return value === true || value === 1 || value === "1";
}
