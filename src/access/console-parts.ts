import type { GateCall } from "../schema/gate.ts";

/** The name under which consoles are asked for, which no tool has. */
const CONSOLE = "console";
const COMMAND = /^RUN \/nodes\/\{node\}\/(?:shell|terminal|cli\/\{family\}|lxc\/\{vmid\}\/shell)$/;
const OPENING =
  /^(?:POST \/nodes\/\{node\}\/(lxc\/\{vmid\}\/)?termproxy|GET \/nodes\/\{node\}\/(lxc\/\{vmid\}\/)?vncwebsocket)$/;

/**
 * Commands that were admitted and are under way. Asking for the console of the very machine that one runs on is a part
 * of it, and nobody is asked about that once more; ceiling, scopes and denials hold for it as for any call.
 */
export class ConsoleParts {
  readonly #running = new Map<string, number>();

  /** Notes an admitted command; what it gives ends that. */
  begin(call: GateCall): () => void {
    if (!COMMAND.test(call.operation)) return () => {};
    const keys = [keyOf(call, undefined), ...(call.params.vmid === undefined ? [] : [keyOf(call, call.params.vmid)])];
    for (const key of keys) this.#running.set(key, (this.#running.get(key) ?? 0) + 1);
    return () => {
      for (const key of keys) {
        const left = (this.#running.get(key) ?? 0) - 1;
        if (left > 0) this.#running.set(key, left);
        else this.#running.delete(key);
      }
    };
  }

  /** Whether a call opens the console of a command that is under way. */
  has(call: GateCall): boolean {
    const [opens, ...guest] = OPENING.exec(call.operation) ?? [];
    if (opens === undefined || call.caller.tool !== CONSOLE) return false;
    return this.#running.has(keyOf(call, guest.some(Boolean) ? call.params.vmid : undefined));
  }
}

function keyOf({ cluster, caller, params }: GateCall, vmid: unknown): string {
  return JSON.stringify([
    caller.principal,
    caller.requestId,
    cluster,
    String(params.node),
    vmid === undefined ? "" : String(vmid),
  ]);
}
