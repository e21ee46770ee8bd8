import { setTimeout as sleep } from "node:timers/promises";
import { ProxmoxMcpError } from "../errors/index.ts";
import type { Send } from "../schema/operation.ts";
import { inSpan } from "../telemetry/span.ts";
import type { TaskLog, TaskState, TaskStatus, Tasks } from "./cluster.ts";
import {
  ConnectionLostError,
  ConnectionRefusedError,
  GatewayTimeoutError,
  NodeUnreachableError,
  RequestTimeoutError,
} from "./errors.ts";
import type { Caller } from "./gate.ts";
import { parseUpid, type Upid } from "./upid.ts";

/** Milliseconds between polls; the last one repeats (pve-facts 58). */
const POLL_MS = [250, 250, 500, 1000, 2000, 5000, 10_000];
/** Milliseconds after its start during which a task may not be visible yet (pve-facts 49). */
const VISIBILITY_MS = 10_000;
const LOG_LIMIT = 50;

const STATUS = "GET /nodes/{node}/tasks/{upid}/status";
const LOG = "GET /nodes/{node}/tasks/{upid}/log";

export interface TaskDependencies {
  send(caller: Caller): Send;
  /** The server's time, milliseconds since the epoch. */
  serverNow(): number;
  /** A task that was waited for has ended, and may have changed what was read before. */
  onEnd?(): void;
}

/** The state that an exit status stands for (pve-facts 48). */
export function exitState(exitstatus: string): TaskState {
  if (exitstatus === "OK") return "ok";
  if (/^WARNINGS: \d+$/.test(exitstatus)) return "warnings";
  if (exitstatus === "" || exitstatus === "unexpected status" || exitstatus.startsWith("unable to get last line")) {
    return "unknown";
  }
  return "failed";
}

/** The tasks of a cluster, each asked for on the node that its UPID names (pve-facts 47). */
export function clusterTasks({ send, serverNow, onEnd }: TaskDependencies): Tasks {
  async function status(
    caller: Caller,
    text: string,
    { signal, seenMs }: { signal?: AbortSignal; seenMs?: number } = {},
  ): Promise<TaskStatus> {
    const upid = requireUpid(text);
    const { node, type, id, user, starttime } = upid;
    const known = { upid: text, node, type, id, user, starttime };
    try {
      const { data } = await send(caller)<unknown>(STATUS, { node, upid: text }, options(signal));
      const row = (typeof data === "object" && data !== null ? data : {}) as Record<string, unknown>;
      if (row.status === "running") return { ...known, state: "running" };
      const exitstatus = typeof row.exitstatus === "string" ? row.exitstatus : "";
      return { ...known, state: exitState(exitstatus), ...(exitstatus === "" ? {} : { exitstatus }) };
    } catch (error) {
      if (!isMissingTask(error)) throw error;
      // The same answer means "not visible yet" at first and "cleaned up" later (pve-facts 49).
      const age = seenMs ?? serverNow() - upid.starttime * 1000;
      return { ...known, state: age < VISIBILITY_MS ? "running" : "unknown" };
    }
  }

  async function page(
    caller: Caller,
    upid: Upid,
    range: { start: number; limit: number },
    signal?: AbortSignal,
  ): Promise<TaskLog> {
    const answer = await send(caller)<unknown>(LOG, { node: upid.node, upid: upid.upid, ...range }, options(signal));
    const rows = Array.isArray(answer.data) ? (answer.data as { n?: unknown; t?: unknown }[]) : [];
    const lines = rows.map((row) => String(row?.t ?? ""));
    // A line of the server's own, which stands for a log that is empty or gone (pve-facts 50).
    if (lines.length === 1 && /^(no content|unable to open file\b.*)$/.test(lines[0]!)) {
      return { lines: [], start: range.start, total: (answer.total ?? 1) <= 1 ? 0 : answer.total! };
    }
    return { lines, start: range.start, total: answer.total ?? range.start + lines.length };
  }

  async function log(
    caller: Caller,
    text: string,
    { start, limit = LOG_LIMIT, signal }: { start?: number; limit?: number; signal?: AbortSignal } = {},
  ): Promise<TaskLog> {
    const upid = requireUpid(text);
    const first = await page(caller, upid, { start: start ?? 0, limit }, signal);
    if (start !== undefined || limit === 0 || first.total <= limit) return first;
    return page(caller, upid, { start: first.total - limit, limit }, signal);
  }

  /** The lines from `start` on; of many, the last ones. */
  async function newest(caller: Caller, upid: Upid, start: number, signal?: AbortSignal): Promise<TaskLog> {
    const next = await page(caller, upid, { start, limit: LOG_LIMIT }, signal);
    if (next.total <= start + LOG_LIMIT) return next;
    return page(caller, upid, { start: next.total - LOG_LIMIT, limit: LOG_LIMIT }, signal);
  }

  return {
    status: (caller, upid, settings) => status(caller, upid, settings),
    log,
    async wait(caller, text, settings) {
      const { type } = requireUpid(text);
      return inSpan(`task ${type}`, { attributes: { "proxmox.task.type": type } }, async (span) => {
        const seen = await follow(caller, text, settings);
        span.set({ "proxmox.task.state": seen.state });
        if (seen.state === "failed" || seen.state === "unknown") span.fail(`task-${seen.state}`);
        return seen;
      });
    },
  };

  async function follow(
    caller: Caller,
    text: string,
    { waitMs, signal, ending, onProgress }: Parameters<Tasks["wait"]>[2],
  ): Promise<TaskStatus> {
    const upid = requireUpid(text);
    const began = performance.now();
    const elapsed = () => performance.now() - began;
    let seen: TaskStatus | undefined;
    let failure: unknown;
    let nextLine = 0;
    for (let poll = 0; ; poll++) {
      try {
        const young = serverNow() - upid.starttime * 1000 < VISIBILITY_MS;
        seen = await status(caller, text, { ...options(signal), ...(young ? { seenMs: elapsed() } : {}) });
        failure = undefined;
        if (seen.state !== "running") {
          onEnd?.();
          return seen;
        }
      } catch (error) {
        if (!isTransient(error)) throw error;
        failure = error;
      }
      if (onProgress !== undefined) {
        const fresh =
          failure === undefined && poll > 1
            ? await newest(caller, upid, nextLine, signal).catch(() => undefined)
            : undefined;
        if (fresh !== undefined) nextLine = Math.max(nextLine, fresh.start + fresh.lines.length);
        onProgress(fresh?.lines ?? [], Math.round(elapsed()));
      }
      const left = waitMs - elapsed();
      // Timers may end a millisecond early, which is no reason for one more poll.
      if (left < 2 || ending?.aborted) break;
      const pause = POLL_MS[Math.min(poll, POLL_MS.length - 1)]!;
      await sleepUntil(ending, sleep(Math.min(left, pause), undefined, options(signal)));
    }
    if (seen === undefined) throw failure;
    return seen;
  }
}

/** Waits for the pause to be over, or cut short. */
async function sleepUntil(ending: AbortSignal | undefined, pause: Promise<unknown>): Promise<void> {
  let cut: (() => void) | undefined;
  const end = new Promise<void>((resolve) => {
    cut = resolve;
    ending?.addEventListener("abort", resolve as () => void, { once: true });
  });
  await Promise.race([pause, end]).finally(() => ending?.removeEventListener("abort", cut!));
}

function options(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

function requireUpid(text: string): Upid {
  const upid = parseUpid(text);
  if (upid === undefined) {
    throw new ProxmoxMcpError({
      code: "invalid-upid",
      message: "This is not a task's UPID.",
      next: "Give the UPID as the call that started the task returned it, UPID:node:…:user@realm: with its final colon.",
    });
  }
  return upid;
}

function isMissingTask(error: unknown): boolean {
  return error instanceof ProxmoxMcpError && error.code === "not-found" && /no such task/.test(error.message);
}

/** What passes by itself while a task goes on, such as a network reload that cuts our own connection (pve-facts 101). */
function isTransient(error: unknown): boolean {
  return [
    ConnectionLostError,
    ConnectionRefusedError,
    GatewayTimeoutError,
    NodeUnreachableError,
    RequestTimeoutError,
  ].some((kind) => error instanceof kind);
}
