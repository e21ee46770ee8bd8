import { CLI_OPERATION, type OperationId, type Params } from "../../schema/operation.ts";

/** Where a call acts, as far as its parameters say. */
export interface Place {
  node?: string;
  storage?: string;
  pool?: string;
  /** Every guest that is named, be it by a list, a volume, an HA resource or a replication job. */
  vmids: readonly number[];
  /** Acts on all guests of a node or of the cluster. */
  everyGuest?: boolean;
  /** Sets or removes tags, by which a guest may be protected. */
  retags?: boolean;
  /** Family and arguments of a command on a host. */
  cli?: string;
  argv?: readonly string[];
}

/** Calls that act on all guests unless some are named. */
const BULK = /^POST (\/nodes\/\{node\}\/(stopall|suspendall|migrateall)|\/cluster\/bulk-action\/guest\/\w+)$/;

const CONFIG = /^(POST|PUT) \/nodes\/\{node\}\/(qemu|lxc)\/\{vmid\}\/config$/;

/** Reads the place out of a call's parameters; a value of any shape counts as its text. */
export function placeOf(operation: OperationId, params: Params): Place {
  const vmids = new Set([
    ...numbers(params.vmid),
    ...numbers(params.vms),
    ...numbers(params["target-vmid"]),
    ...items(params.sid).flatMap((sid) => numbers(sid.replace(/^(vm|ct):/, ""))),
    ...(operation.includes("/replication") ? items(params.id).flatMap((id) => numbers(id.split("-")[0])) : []),
    ...(operation === CLI_OPERATION ? guestsNamed(argvOf(params)) : []),
    ...(operation.includes("{volume}") || operation.endsWith("/prunebackups") ? ownersOf(params.volume) : []),
  ]);
  const node = text(params.node);
  const storage = text(params.storage);
  const pool = text(params.pool) ?? text(params.poolid);
  return {
    ...(node === undefined ? {} : { node }),
    ...(storage === undefined ? {} : { storage }),
    ...(pool === undefined ? {} : { pool }),
    vmids: [...vmids],
    ...(BULK.test(operation) && items(params.vms).length === 0 ? { everyGuest: true } : {}),
    ...(operation === CLI_OPERATION ? { cli: String(params.family), argv: argvOf(params) } : {}),
    ...(CONFIG.test(operation) && touchesTags(params) ? { retags: true } : {}),
  };
}

function argvOf(params: Params): string[] {
  return [params.argv ?? []].flat().map(String);
}

/** A command names guests by id, as an HA resource, in a path of the API, and in a volume's name. */
function guestsNamed(argv: readonly string[]): number[] {
  return argv.flatMap((word) => [
    ...[...word.matchAll(/(?:^|[=,:/\s])(\d{3,9})(?=$|[,:/\s])/g)].map(([, id]) => Number(id)),
    ...ownersOf(word),
  ]);
}

/** A volume's name says whose it is: `vm-100-disk-0`, `base-100-disk-0`, `vzdump-qemu-100-…`, `backup/vm/100/…`. */
function ownersOf(volume: unknown): number[] {
  return [...String(volume ?? "").matchAll(/(?:vm|base|subvol|basevol|vzdump-\w+)-(\d+)-|\/(?:vm|ct)\/(\d+)\//g)]
    .map(([, by, backup]) => Number(by ?? backup))
    .filter(isVmid);
}

function touchesTags(params: Params): boolean {
  return [params.tags, ...[params.delete, params.revert].map((list) => items(list).includes("tags") || undefined)].some(
    (one) => one !== undefined && one !== null,
  );
}

function text(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value).trim();
}

function numbers(value: unknown): number[] {
  return items(value).map(Number).filter(isVmid);
}

function isVmid(value: number): boolean {
  return Number.isInteger(value) && value > 0;
}

function items(value: unknown): string[] {
  return [value ?? []]
    .flat()
    .flatMap((one) => String(one).split(/[,;\s\0]+/))
    .filter(Boolean);
}
