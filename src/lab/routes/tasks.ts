import { die, forbidden, parameterRefusal } from "../refusal.ts";
import type { LabTask } from "../tasks.ts";
import { parseUpid, type Upid } from "../upid.ts";
import { type Answer, type Call, flag, int, may, type Route, text } from "./route.ts";

/** Lines of a log, and rows of a list, that are given when nothing else is asked for (pve-facts 50, 51). */
const DEFAULT_LIMIT = 50;
/** Bytes from which a log is downloaded compressed. */
const GZIP_FROM = 1024;

/** A token owns what it started itself; a user, what the user and the user's tokens did. */
function isOwn(call: Call, task: Pick<LabTask, "user" | "tokenid">): boolean {
  return task.user === call.user && (call.token.id === undefined || task.tokenid === call.token.id);
}

/** Tasks that the caller may see, newest first: its own, or all with Sys.Audit (pve-facts 51). */
export function* visibleTasks(call: Call): Generator<LabTask> {
  const now = Date.now();
  for (const task of [...call.state.tasks.all()].reverse())
    if (task.visibleAt <= now && (isOwn(call, task) || may(call, `/nodes/${task.node}`, "Sys.Audit"))) yield task;
}

/** A task as lists give it. */
export function listedTask(task: LabTask): Record<string, unknown> {
  return {
    upid: task.upid,
    node: task.node,
    pid: task.pid,
    pstart: task.pstart,
    starttime: task.starttime,
    type: task.type,
    id: task.id,
    user: task.user,
    ...(task.tokenid === undefined ? {} : { tokenid: task.tokenid }),
    ...(task.endtime === undefined ? {} : { endtime: task.endtime, status: task.exitstatus }),
  };
}

function statusClass(exitstatus: string): string {
  if (exitstatus === "OK") return "ok";
  if (exitstatus.startsWith("WARNINGS: ")) return "warning";
  return exitstatus === "unexpected status" ? "unknown" : "error";
}

/** Running tasks first, then the archive backwards, which grows as workers end. */
function inOrder(tasks: Iterable<LabTask>): LabTask[] {
  const endOf = ({ endtime }: LabTask): number => endtime ?? Number.MAX_SAFE_INTEGER;
  return [...tasks].sort((one, other) => endOf(other) - endOf(one));
}

function list(call: Call): { data: unknown; total: number } {
  const node = text(call, "node");
  const source = text(call, "source") ?? "archive";
  const vmid = text(call, "vmid");
  const type = text(call, "typefilter");
  const user = text(call, "userfilter")?.toLowerCase();
  const since = int(call, "since");
  const until = int(call, "until");
  const classes = text(call, "statusfilter")
    ?.split(/[,;\s]+/)
    .map((name) => name.toLowerCase());
  const errors = flag(call, "errors");
  const rows: Record<string, unknown>[] = [];
  for (const task of inOrder(visibleTasks(call))) {
    const running = task.endtime === undefined;
    if (task.node !== node || (running ? source === "archive" : source === "active")) continue;
    if (vmid !== undefined && task.id !== vmid) continue;
    if (type !== undefined && task.type !== type) continue;
    if (user !== undefined && !task.user.toLowerCase().includes(user)) continue;
    if (since !== undefined && task.starttime < since) continue;
    if (until !== undefined && task.starttime > until) continue;
    if (errors && (running || ["ok", "warning"].includes(statusClass(task.exitstatus ?? "")))) continue;
    if (classes && (running || !classes.includes(statusClass(task.exitstatus ?? "")))) continue;
    rows.push({ ...listedTask(task), ...(running ? { status: "RUNNING" } : {}) });
  }
  const start = int(call, "start") ?? 0;
  const limit = int(call, "limit") ?? DEFAULT_LIMIT;
  return { data: rows.slice(start, limit === 0 ? undefined : start + limit), total: rows.length };
}

function parsed(call: Call): { upid: string; fields: Upid } {
  const upid = text(call, "upid") ?? "";
  const fields = parseUpid(upid);
  if (!fields) throw parameterRefusal({ upid: "unable to parse worker upid" });
  return { upid, fields };
}

function demand(call: Call, task: Pick<LabTask, "user" | "tokenid">, privilege: string): void {
  const path = `/nodes/${text(call, "node")}`;
  if (!isOwn(call, task) && !may(call, path, privilege)) throw forbidden(path, [privilege]);
}

/** The task of that name on the node; unreadable at first, gone after a while (pve-facts 49). */
function readable(call: Call, upid: string): LabTask | undefined {
  const task = call.state.tasks.get(upid);
  return task && task.node === text(call, "node") && task.visibleAt <= Date.now() ? task : undefined;
}

/** The task that the path names, for callers who own it or hold the privilege. */
function theTask(call: Call, privilege: string): LabTask {
  const task = readable(call, parsed(call).upid);
  if (!task) throw parameterRefusal({ upid: "no such task" });
  demand(call, task, privilege);
  return task;
}

function status(call: Call): Record<string, unknown> {
  const task = theTask(call, "Sys.Audit");
  const { endtime: _, status: exitstatus, ...row } = listedTask(task);
  return task.endtime === undefined ? { ...row, status: "running" } : { ...row, status: "stopped", exitstatus };
}

/** A log is a file: without one there is a line that says so, and no refusal (pve-facts 50). */
function log(call: Call): Answer {
  const { upid, fields } = parsed(call);
  demand(call, fields, "Sys.Audit");
  const lines = readable(call, upid)?.log;
  if (flag(call, "download")) {
    if (text(call, "start") !== undefined || text(call, "limit") !== undefined)
      throw die("'download' cannot be used together with 'start' or 'limit' parameters");
    if (!lines) throw die(`Could not open file '${upid}' - No such file or directory`);
    const body = lines.map((line) => `${line}\n`).join("");
    return { data: null, raw: { type: "text/plain", body, ...(body.length > GZIP_FROM ? { encoding: "gzip" } : {}) } };
  }
  if (!lines) return { data: [{ n: 1, t: "unable to open file - No such file or directory" }], total: 1 };
  if (lines.length === 0) return { data: [{ n: 1, t: "no content" }], total: 1 };
  const start = int(call, "start") ?? 0;
  const limit = int(call, "limit") ?? DEFAULT_LIMIT;
  const data = lines.map((t, index) => ({ n: index + 1, t })).slice(start, limit === 0 ? undefined : start + limit);
  return { data, total: lines.length };
}

function stop(call: Call): null {
  call.state.tasks.cancel(theTask(call, "Sys.Modify"));
  return null;
}

/** Tasks of a node: lists, states, logs, cancellation. */
export const taskRoutes: readonly Route[] = [
  { id: "GET /nodes/{node}/tasks", run: list },
  { id: "GET /nodes/{node}/tasks/{upid}", run: () => ({ data: [{ name: "log" }, { name: "status" }] }) },
  { id: "GET /nodes/{node}/tasks/{upid}/status", run: (call) => ({ data: status(call) }) },
  { id: "GET /nodes/{node}/tasks/{upid}/log", run: log },
  { id: "DELETE /nodes/{node}/tasks/{upid}", run: (call) => ({ data: stop(call) }) },
];

/** Starts a worker for a call and gives the answer, its UPID. */
export function startTask(
  call: Call,
  plan: { node: string; type: string; id: string; weight: number } & Partial<
    Pick<Parameters<Call["state"]["tasks"]["start"]>[0], "begin" | "work">
  >,
): { data: string } {
  if (!call.state.nodes.has(plan.node)) throw die(`no such cluster node '${plan.node}'`);
  const task = call.state.tasks.start({
    ...plan,
    user: call.user,
    tokenid: call.token.id,
    ...(call.outcome ? { outcome: call.outcome } : {}),
  });
  return { data: task.upid };
}
