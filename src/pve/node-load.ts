import type { OperationId, Params } from "../schema/operation.ts";
import { Slots } from "./slots.ts";

/** Slow or protected calls in flight per target node, which has three workers (pve-facts 122). */
const SLOW_PER_NODE = 2;

/** Reads that hold a worker for long (pve-facts 125). */
const SLOW_READS =
  /\/(?:agent\/|content$|disks\/(?:list|smart|zfs|lvm|lvmthin|directory)$|report$|scan\/|apt\/|ceph\/|rrd$|rrddata$|import-metadata$|file-restore\/|status\/current$|hardware\/)/;

/** Bounds the slow calls that one node is given at a time. */
export class NodeLoad {
  readonly #slots = new Map<string, Slots>();

  /** Waits for its turn; what it returns ends it. Calls that are neither slow nor writes pass at once. */
  async enter(operation: OperationId, params: Params, signal?: AbortSignal): Promise<() => void> {
    const node = params.node;
    if (typeof node !== "string" || !isSlow(operation)) return () => {};
    let slots = this.#slots.get(node);
    if (slots === undefined) {
      slots = new Slots(SLOW_PER_NODE);
      this.#slots.set(node, slots);
    }
    return slots.acquire(signal);
  }
}

function isSlow(operation: OperationId): boolean {
  return operation.includes("{node}") && (!operation.startsWith("GET ") || SLOW_READS.test(operation));
}
