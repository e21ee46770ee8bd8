import type { GateCall } from "../pve/gate.ts";
import { Slots } from "../pve/slots.ts";
import { BATCH_OPERATION } from "../schema/operation.ts";

/** A command in a container may take long, and meets none of the locks that changes of its configuration do. */
const GUEST = /^(?!RUN )\w+ \/nodes\/\{node\}\/(?:qemu|lxc)\/\{vmid\}/;

/** One change of a guest at a time: two at once meet Proxmox's own locks, or overwrite each other (pve-facts 56). */
export class GuestTurns {
  readonly #slots = new Map<string, Slots>();

  /** Waits until no other change of the call's guests is under way; answers with what ends the turn. */
  async take(call: GateCall): Promise<() => void> {
    const ends: (() => void)[] = [];
    const end = () => {
      for (const one of ends.splice(0)) one();
    };
    try {
      for (const guest of await guestsOf(call)) {
        const slots = this.#slots.get(guest) ?? new Slots(1);
        this.#slots.set(guest, slots);
        ends.push(await slots.acquire(call.signal));
      }
    } catch (error) {
      end();
      throw error;
    }
    return end;
  }
}

/** Always in the same order, so that no two calls wait for each other. */
async function guestsOf(call: GateCall): Promise<string[]> {
  const calls =
    call.operation === BATCH_OPERATION ? (await import("./batch.ts")).callsWithin(call.cluster, call) : [call];
  const guests = calls.flatMap(({ operation, params }) =>
    GUEST.test(operation) ? [`${call.cluster} ${String(params.vmid)}`] : [],
  );
  return [...new Set(guests)].sort();
}
