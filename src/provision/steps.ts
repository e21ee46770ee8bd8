import { ProxmoxMcpError } from "../errors/index.ts";
import type { OperationId, Params, Send } from "../schema/operation.ts";
import { type Leftover, RolledBackError } from "./errors.ts";

/** One thing that is made, and how it is taken back. */
export interface Step {
  /** What is made, e.g. `role proxmox-mcp-vms`. */
  readonly what: string;
  /** Every remote command or request of it, as it goes out; no secret is ever in one. */
  readonly lines: readonly string[];
  do(): Promise<void>;
  /** Takes it back; finds nothing wrong with its not being there. */
  undo?(): Promise<void>;
  readonly undoLines?: readonly string[];
  /** The request that it is, where it is one to the API; and what takes it back, over any way. */
  readonly request?: { operation: OperationId; params: Params };
  undoOver?(send: Send): Promise<void>;
}

/** What says that the thing is another's, which is left alone. */
const ANOTHERS = new Set(["already-exists", "already-there", "secret-conflict"]);

/**
 * Does the steps in order. When one fails, it and those before it are taken back in reverse order: a step that failed
 * may have been done all the same. Throws `RolledBackError`, which says what could not be taken back.
 */
export async function carryOut(
  steps: readonly Step[],
  { done = () => {}, signal }: { done?: (what: string) => void; signal?: AbortSignal | undefined } = {},
): Promise<void> {
  for (const [index, step] of steps.entries()) {
    let begun = false;
    try {
      signal?.throwIfAborted();
      begun = true;
      await step.do();
    } catch (error) {
      const isAnothers = error instanceof ProxmoxMcpError && ANOTHERS.has(error.code);
      const { undone, left } = await takeBack(steps.slice(0, isAnothers || !begun ? index : index + 1));
      throw new RolledBackError(
        step.what,
        error,
        undone.filter((what) => what !== step.what),
        left,
      );
    }
    done(step.what);
  }
}

/** Takes steps back, the last one first, each of them whatever becomes of the others. */
export async function takeBack(steps: readonly Step[]): Promise<{ undone: string[]; left: Leftover[] }> {
  const undone: string[] = [];
  const left: Leftover[] = [];
  for (const step of [...steps].reverse()) {
    if (!step.undo) continue;
    try {
      await step.undo();
      undone.push(step.what);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      left.push({ what: step.what, why, lines: step.undoLines ?? [] });
    }
  }
  return { undone, left };
}
