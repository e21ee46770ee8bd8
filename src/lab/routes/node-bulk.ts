import { splitList } from "../permissions/check.ts";
import { die, forbidden, parameterRefusal } from "../refusal.ts";
import { startupOrder } from "../state/startup.ts";
import type { LabGuest } from "../state/types.ts";
import type { LabTask } from "../tasks.ts";
import { nodeName } from "./node-of.ts";
import { type Call, checkOf, flag, int, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";

/** All of the privileges at the top, or the first one on each of the guests that are named. */
function checkGuests(call: Call, privileges: readonly string[], words: string): void {
  const check = checkOf(call);
  if (check.all("/", privileges, true)) return;
  const vmids = splitList(call.params.vms);
  if (vmids.length === 0) throw forbidden("/", [words]);
  for (const vmid of vmids) check.all(`/vms/${vmid}`, [privileges[0]!]);
}

/** Guests of the node that are meant; templates, and without names those of the HA manager, stay out. */
function guests(call: Call, everything = false): LabGuest[] {
  const { state } = call;
  const named = text(call, "vms") === undefined ? undefined : new Set(splitList(call.params.vms));
  const node = nodeName(call);
  return [...state.guests.values()].filter(
    (guest) =>
      guest.node === node &&
      (named === undefined || named.has(String(guest.vmid))) &&
      (everything || (guest.config.template !== 1 && (named !== undefined || state.haOf(guest) === undefined))),
  );
}

type Started = { guest: LabGuest; upid: string };

/** One of the guests' own operations, carried out for each of them in turn; failures become lines of the log. */
async function each(
  call: Call,
  task: LabTask,
  list: readonly LabGuest[],
  operation: (guest: LabGuest) => { id: string; params?: Record<string, unknown>; line: string } | undefined,
): Promise<Started[]> {
  // The table of all routes is asked for at the last moment, as it holds this one too.
  const { routes } = await import("./index.ts");
  const started: Started[] = [];
  for (const guest of list) {
    const step = operation(guest);
    if (!step) continue;
    const route = routes.findLast(({ id }) => id === step.id);
    if (!route) continue;
    task.log.push(step.line);
    try {
      const params = { node: guest.node, vmid: guest.vmid, ...step.params };
      const { data } = await route.run({ ...call, params });
      if (typeof data === "string") started.push({ guest, upid: data });
    } catch (error) {
      task.log.push(error instanceof Error ? error.message : String(error));
    }
  }
  return started;
}

function label(guest: LabGuest): string {
  return `${guest.type === "lxc" ? "CT" : "VM"} ${guest.vmid}`;
}

function reportFailures(call: Call, task: LabTask, started: readonly Started[], verb: string): void {
  for (const { guest, upid } of started) {
    const status = call.state.tasks.get(upid)?.exitstatus;
    if (status !== undefined && status !== "OK" && !status.startsWith("WARNINGS"))
      task.log.push(`${verb} ${label(guest)} failed: ${status}`);
  }
}

/** Runs guests' operations under one parent, which ends well whatever becomes of them (pve-facts 55). */
function bulk(
  call: Call,
  type: string,
  weight: number,
  list: readonly LabGuest[],
  operation: Parameters<typeof each>[3],
  finish?: (task: LabTask, started: readonly Started[]) => undefined,
): { data: string } {
  let started: Started[] = [];
  return startTask(call, {
    node: nodeName(call),
    type,
    id: "",
    weight: list.length === 0 ? 0.05 : weight,
    begin: (task) => {
      void each(call, task, list, operation).then((all) => {
        started = all;
      });
    },
    work: (task) => finish?.(task, started),
  });
}

function startAll(call: Call): { data: string } {
  checkGuests(call, ["VM.PowerMgmt"], "VM.PowerMgmt");
  const list = guests(call)
    .filter((guest) => flag(call, "force") || Number(guest.config.onboot ?? 0) === 1)
    .sort(startupOrder);
  const idle = list.filter((guest) => !guest.running);
  return bulk(
    call,
    "startall",
    1.5,
    idle,
    (guest) => ({
      id: `POST /nodes/{node}/${guest.type}/{vmid}/status/start`,
      line: `Starting ${label(guest)}`,
    }),
    (task, started) => void reportFailures(call, task, started, "Starting"),
  );
}

function stopAll(call: Call): { data: string } {
  checkGuests(call, ["VM.PowerMgmt"], "VM.PowerMgmt");
  const timeout = int(call, "timeout") ?? 180;
  const forceStop = text(call, "force-stop") === undefined || flag(call, "force-stop") ? 1 : 0;
  const list = guests(call)
    .filter((guest) => guest.running)
    .sort((one, other) => startupOrder(other, one));
  return bulk(
    call,
    "stopall",
    2.5,
    list,
    (guest) => ({
      id: `POST /nodes/{node}/${guest.type}/{vmid}/status/shutdown`,
      params: { timeout, forceStop },
      line: `Stopping ${label(guest)} (timeout = ${timeout} seconds)`,
    }),
    (task, started) => void reportFailures(call, task, started, "Stopping"),
  );
}

function suspendAll(call: Call): { data: string } {
  checkGuests(call, ["VM.PowerMgmt", "VM.Config.Disk"], "VM.PowerMgmt && VM.Config.Disk");
  const list = guests(call).sort((one, other) => startupOrder(other, one));
  const running = list.filter((guest) => guest.running && guest.type === "qemu");
  return bulk(call, "suspendall", 1.5, running, (guest) => ({
    id: "POST /nodes/{node}/qemu/{vmid}/status/suspend",
    params: { todisk: 1 },
    line: `Suspending VM ${guest.vmid}`,
  }));
}

function migrateAll(call: Call): { data: string } {
  checkGuests(call, ["VM.Migrate"], "VM.Migrate");
  const target = text(call, "target")!;
  if (target === nodeName(call)) throw parameterRefusal({ target: "target is local node." });
  if (!call.state.quorate) throw die("cluster not ready - no quorum?");
  if (!call.state.nodes.has(target)) throw die(`no such cluster node '${target}'`);
  const workers = int(call, "max-workers") ?? int(call, "maxworkers") ?? Number(call.state.options.max_workers ?? 0);
  if (!(workers > 0)) throw die("either 'maxworkers' parameter or max_workers in datacenter.cfg must be set!");
  const list = guests(call, true);
  const disks = call.params["with-local-disks"];
  return bulk(
    call,
    "migrateall",
    3.5,
    list,
    (guest) => ({
      id: `POST /nodes/{node}/${guest.type}/{vmid}/migrate`,
      params: {
        target,
        ...(guest.type === "lxc" ? { restart: guest.running ? 1 : 0 } : { online: guest.running ? 1 : 0 }),
        ...(guest.type === "qemu" && disks !== undefined ? { "with-local-disks": disks } : {}),
      },
      line: `Migrating ${label(guest)}`,
    }),
    (task, started) => {
      if (list.length === 0) task.log.push("no virtual guests matched, nothing to do..");
      else if (started.length === 0) throw new Error("no migrations worker started...");
      else task.log.push(`All jobs finished, used ${started.length} workers in total.`);
      return undefined;
    },
  );
}

/** What is done to all guests of a node. */
export const nodeBulkRoutes: readonly Route[] = [
  { id: "POST /nodes/{node}/startall", run: startAll },
  { id: "POST /nodes/{node}/stopall", run: stopAll },
  { id: "POST /nodes/{node}/suspendall", run: suspendAll },
  { id: "POST /nodes/{node}/migrateall", run: migrateAll },
];
