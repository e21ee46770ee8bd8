import { cut, isSuspended, mustRun, refuseRootOptions, resume, shutdown, start, suspend } from "../guests/power.ts";
import { die, parameterRefusal } from "../refusal.ts";
import { checkLock } from "../state/power.ts";
import type { LabGuest } from "../state/types.ts";
import type { LabTask, Outcome } from "../tasks.ts";
import { noConfiguration } from "./guests.ts";
import { requestHa } from "./power.ts";
import { type Call, flag, int, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";

interface Action {
  name: string;
  task: string;
  /** Multiple of the time that a start takes. */
  weight: number;
  /** Refuses before a worker starts. */
  check?: (guest: LabGuest, call: Call) => void;
  /** Goes to the HA manager when one looks after the VM (pve-facts 89). */
  ha?: "started" | "stopped";
  /** Asks whether the VM runs before a worker starts. */
  early?: true;
  work: (call: Call, guest: LabGuest, task: LabTask) => Outcome | undefined;
}

function endShutdowns(call: Call, guest: LabGuest): void {
  for (const task of call.state.tasks.all())
    if (task.type === "qmshutdown" && task.id === String(guest.vmid) && task.endtime === undefined)
      call.state.tasks.cancel(task);
}

function notPaused(guest: LabGuest, call: Call): void {
  if (guest.paused && !flag(call, "forceStop")) throw die("VM is paused - cannot shutdown");
}

const ACTIONS: readonly Action[] = [
  {
    name: "start",
    task: "qmstart",
    weight: 1,
    ha: "started",
    work: ({ state }, guest, task) => start(state, guest, task),
  },
  {
    name: "stop",
    task: "qmstop",
    weight: 0.5,
    ha: "stopped",
    check: (guest, call) => {
      if (flag(call, "overrule-shutdown") && call.state.haOf(guest))
        throw parameterRefusal({ "overrule-shutdown": "Not applicable for HA resources." });
    },
    work: (call, guest) => {
      if (flag(call, "overrule-shutdown")) endShutdowns(call, guest);
      return cut(call.state, guest);
    },
  },
  {
    name: "shutdown",
    task: "qmshutdown",
    weight: 2,
    ha: "stopped",
    check: notPaused,
    work: (call, guest, task) => shutdown(call.state, guest, task, flag(call, "forceStop")),
  },
  {
    name: "reboot",
    early: true,
    task: "qmreboot",
    weight: 2,
    check: (guest, call) => {
      notPaused(guest, call);
      mustRun(guest);
    },
    work: ({ state }, guest, task) => {
      shutdown(state, guest, task, false);
      return start(state, guest, task);
    },
  },
  {
    name: "reset",
    early: true,
    task: "qmreset",
    weight: 0.3,
    check: mustRun,
    work: (_, guest) => {
      checkLock(guest);
      guest.paused = false;
      return undefined;
    },
  },
  {
    name: "suspend",
    early: true,
    task: "qmpause",
    weight: 0.3,
    check: (guest, call) => {
      mustRun(guest);
      if (flag(call, "todisk") && call.state.haOf(guest)) throw die("Cannot suspend HA managed VM to disk");
    },
    work: (call, guest) => suspend(call, guest),
  },
  {
    name: "resume",
    early: true,
    task: "qmresume",
    weight: 0.3,
    check: (guest) => {
      if (!isSuspended(guest)) mustRun(guest);
    },
    work: ({ state }, guest, task) => resume(state, guest, task),
  },
];

/** A VM that is not there: some actions find that out before a worker starts, the others within. */
function missing(call: Call, action: Action): { data: string } {
  const [node, vmid] = [text(call, "node") ?? "", int(call, "vmid") ?? 0];
  if (action.early) throw noConfiguration(node, vmid);
  const work = (): never => {
    if (action.name !== "start") throw noConfiguration(node, vmid);
    throw new Error(`Configuration file 'nodes/${node}/qemu-server/${vmid}.conf' does not exist`);
  };
  return startTask(call, { node, type: action.task, id: String(vmid), weight: 0.1, work });
}

function act(call: Call, action: Action): { data: string } {
  refuseRootOptions(call);
  const guest = call.state.guests.get(int(call, "vmid") ?? 0);
  if (guest?.type !== "qemu") return missing(call, action);
  const resource = call.state.haOf(guest);
  // HA takes its requests on any node; a worker looks for the VM on the node that was asked.
  if (guest.node !== text(call, "node") && !(action.ha && resource)) return missing(call, action);
  action.check?.(guest, call);
  if (action.ha && resource) return requestHa(call, guest, resource, action.ha);
  return startTask(call, {
    node: guest.node,
    type: action.name === "suspend" && flag(call, "todisk") ? "qmsuspend" : action.task,
    id: String(guest.vmid),
    weight: action.weight,
    work: (task) => action.work(call, guest, task),
  });
}

/** Starting and stopping VMs. */
export const qemuPowerRoutes: readonly Route[] = ACTIONS.map((action) => ({
  id: `POST /nodes/{node}/qemu/{vmid}/status/${action.name}`,
  permission: { path: "/vms/{vmid}", any: ["VM.PowerMgmt"] },
  writes: true,
  run: (call) => act(call, action),
}));
