import { setTimeout as sleep } from "node:timers/promises";
import type { OperationId, Params, Send } from "../schema/operation.ts";
import { encodeRequest } from "./encode.ts";
import { findOperation } from "./route.ts";
import { TASK_TYPES, type TaskType } from "./task-types.ts";
import { parseUpid, type Upid } from "./upid.ts";
import { returnsFact } from "./wire-facts.ts";

/** Milliseconds before each look; the task appears when the server forks its worker, which may be late (pve-facts 24). */
const LOOK_MS = [100, 400, 1000, 2000, 4000];
/** Milliseconds after which looking ends, however slow the answers are. */
const LOOK_LIMIT_MS = 45_000;
/** Seconds by which the clocks may differ when no answer has told the server's time yet. */
const CLOCK_SLACK_S = 2;

/** A write that left and whose answer did not arrive. */
export interface LostWrite {
  operation: OperationId;
  params: Params;
  /** `user@realm!id`. */
  tokenUser: string;
  /** Earliest server time of sending, in milliseconds; undefined while the server's clock is unknown. */
  sentAt(): number | undefined;
  /** Local time of sending, milliseconds. */
  sentLocal: number;
  /** Tasks that are accounted for by other requests. */
  isKnown(upid: string): boolean;
  send: Send;
  lookMs?: readonly number[] | undefined;
}

/** A task that must be the write's own, or what was looked for in vain and how a person can check. */
export type LostOutcome = { upid: string } | { lookedFor: string; check: string };

/**
 * Looks the outcome of a lost write up in the task lists, without ever sending the write again (pve-facts 24). Tasks
 * carry whole seconds: one of the same type, object and token that another process started within the second of
 * sending cannot be told from our own; but for a clone's new id it does the same thing.
 */
export async function findLostOutcome(write: LostWrite): Promise<LostOutcome> {
  const { operation, params } = write;
  const type = expectedTask(operation);
  if (type === undefined) {
    return { lookedFor: "the call starts no task that could be looked up", check: readAgain(operation, params) };
  }
  const filter = taskFilter(type, params);
  const what = `a task of type ${type.types.join(" or ") || "any"}${filter.id === undefined ? "" : ` on ${filter.id}`} by ${write.tokenUser}`;
  const list = listing(operation, params, filter.vmid);
  const check = `see ${list.text} for ${what} started at or after ${new Date(write.sentAt() ?? write.sentLocal).toISOString()}, and read the object itself.`;
  let seen = "none was found";
  const limit = AbortSignal.timeout(LOOK_LIMIT_MS);
  for (const pause of write.lookMs ?? LOOK_MS) {
    if (limit.aborted) break;
    await sleep(pause);
    const rows = await look(write.send, list.requests, limit);
    if (rows === undefined) {
      seen = "the task list could not be read";
      continue;
    }
    const since = write.sentAt();
    const earliest =
      since === undefined ? Math.floor(write.sentLocal / 1000) - CLOCK_SLACK_S : Math.floor(since / 1000);
    const fitting = rows.filter(
      (task) =>
        task.user === write.tokenUser &&
        task.starttime >= earliest &&
        (type.types.length === 0 || type.types.includes(task.type)) &&
        (filter.id === undefined || task.id === filter.id) &&
        (filter.end === undefined || task.id === filter.end || task.id.endsWith(`@${filter.end}`)) &&
        !write.isKnown(task.upid),
    );
    if (fitting.length === 1) return { upid: fitting[0]!.upid };
    if (fitting.length > 1) {
      return { lookedFor: `${fitting.length} tasks fit: ${fitting.map((task) => task.upid).join(", ")}`, check };
    }
    seen = "none was found";
  }
  return { lookedFor: `${what} was looked for in ${list.text}, and ${seen}`, check };
}

/** The task an operation starts: from the table, or any of a guest when its answer is a text, which a UPID is. */
function expectedTask(operation: OperationId): TaskType | undefined {
  const known = TASK_TYPES[operation];
  if (known !== undefined) return known;
  if (!/^\w+ \/nodes\/\{node\}\/(?:qemu|lxc)\/\{vmid\}\//.test(operation)) return undefined;
  return returnsFact(operation)?.type === "string" ? { types: [], id: "vmid" } : undefined;
}

function taskFilter(type: TaskType, params: Params): { id?: string; vmid?: string; end?: string } {
  if (type.idEnd !== undefined) return { end: String(params[type.idEnd] ?? "") };
  if (type.id !== undefined) {
    const id = String(params[type.id] ?? "");
    return type.id === "vmid" ? { id, vmid: id } : { id };
  }
  // A backup of one guest carries its id, one of several none.
  const single =
    type.types.includes("vzdump") && /^\d+$/.test(String(params.vmid ?? "")) ? String(params.vmid) : undefined;
  return single === undefined ? {} : { id: single, vmid: single };
}

type Request = [OperationId, Params];

function listing(
  operation: OperationId,
  params: Params,
  vmid: string | undefined,
): { requests: Request[]; text: string } {
  const requests: Request[] = [];
  const texts: string[] = [];
  if (typeof params.node === "string" && operation.includes("{node}")) {
    const query = { source: "all", ...(vmid === undefined ? { limit: 200 } : { vmid: Number(vmid) }) };
    requests.push(["GET /nodes/{node}/tasks", { node: params.node, ...query }]);
    texts.push(`GET /nodes/${params.node}/tasks?source=all${vmid === undefined ? "" : `&vmid=${vmid}`}`);
  }
  requests.push(["GET /cluster/tasks", {}]);
  texts.push("GET /cluster/tasks");
  return { requests, text: texts.join(" and ") };
}

/** The tasks of all lists that could be read; undefined when none could. */
async function look(send: Send, requests: readonly Request[], signal: AbortSignal): Promise<Upid[] | undefined> {
  const answers = await Promise.allSettled(
    requests.map(([operation, params]) => send<unknown>(operation, params, { signal })),
  );
  const tasks = new Map<string, Upid>();
  let read = false;
  for (const answer of answers) {
    if (answer.status === "rejected" || !Array.isArray(answer.value.data)) continue;
    read = true;
    for (const row of answer.value.data as { upid?: unknown }[]) {
      const upid = parseUpid(row?.upid);
      if (upid !== undefined) tasks.set(upid.upid, upid);
    }
  }
  return read ? [...tasks.values()] : undefined;
}

function readAgain(operation: OperationId, params: Params): string {
  const read: OperationId = `GET ${operation.slice(operation.indexOf(" ") + 1) as `/${string}`}`;
  // What a command did has nothing that could be read.
  if (findOperation(read) === undefined) return "look whether it had its effect before it is done again.";
  try {
    return `read the object again (GET ${encodeRequest(operation, params).path}) and compare it with what was asked for.`;
  } catch {
    return "read the object again and compare it with what was asked for.";
  }
}
