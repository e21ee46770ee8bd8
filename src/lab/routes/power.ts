import { applyWaiting } from "../containers/update.ts";
import { die, parameterRefusal } from "../refusal.ts";
import type { ClusterState } from "../state/cluster.ts";
import { followRequest } from "../state/ha.ts";
import { checkLock, shutDown, startContainer } from "../state/power.ts";
import type { HaResource, LabGuest } from "../state/types.ts";
import type { LabTask, Outcome } from "../tasks.ts";
import { absence, theGuest } from "./guests.ts";
import { type Call, flag, int, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";
import { isRoot } from "./volume-access.ts";

/** Hands a start or stop to the HA manager: the task ends at once, the state follows. */
export function requestHa(
  call: Call,
  guest: LabGuest,
  resource: HaResource,
  request: "started" | "stopped",
): { data: string } {
  const type = request === "started" ? "hastart" : "hastop";
  return startTask(call, {
    node: guest.node,
    type,
    id: String(guest.vmid),
    weight: 0.1,
    work: (task) => {
      task.log.push(
        `Requesting HA ${request === "started" ? "start" : "stop"} for ${guest.type === "qemu" ? "VM" : "CT"} ${guest.vmid}`,
      );
      if (resource.state === "error")
        throw new Error(`service '${resource.sid}' in error state, must be disabled and fixed first`);
      resource.request = request;
      resource.state = request === "started" ? "starting" : "request_stop";
      followRequest(call.state, resource);
      return undefined;
    },
  });
}

interface Action {
  name: string;
  task: string;
  weight: number;
  /** Refused before a worker starts. */
  check?: (guest: LabGuest, call: Call) => void;
  /** Is for a running one only, which the complaint calls by this name. */
  running?: "CT" | "VM";
  /** Goes to the HA manager when one looks after the guest. */
  ha?: "started" | "stopped";
  work: (call: Call, guest: LabGuest, task: LabTask) => Outcome | undefined;
}

/** Starts a container with the changes that waited for it; what cannot be applied is told and waits on. */
function begin(state: ClusterState, guest: LabGuest, task: LabTask): Outcome | undefined {
  if (guest.config.template !== 1 && guest.config.lock === undefined)
    for (const text of Object.values(applyWaiting(state, guest, false))) task.log.push(`WARN: ${text.trimEnd()}`);
  return startContainer(state, guest, task);
}

/** Ends a container; its changes go on waiting for the next start. */
function end(guest: LabGuest, work: () => void): undefined {
  const { pending, pendingDelete } = guest;
  Object.assign(guest, { pending: {}, pendingDelete: [] });
  try {
    work();
  } finally {
    Object.assign(guest, { pending, pendingDelete });
    guest.digest = undefined;
  }
}

const LXC: readonly Action[] = [
  {
    name: "start",
    task: "vzstart",
    weight: 1,
    ha: "started",
    check: (guest) => {
      if (guest.running) throw die(`CT ${guest.vmid} already running`);
    },
    work: ({ state }, guest, task) => begin(state, guest, task),
  },
  {
    name: "stop",
    task: "vzstop",
    weight: 0.5,
    ha: "stopped",
    running: "CT",
    work: ({ state }, guest) => {
      checkLock(guest);
      return end(guest, () => state.powerOff(guest));
    },
  },
  {
    name: "shutdown",
    task: "vzshutdown",
    weight: 1.5,
    ha: "stopped",
    running: "CT",
    work: (call, guest) => end(guest, () => shutDown(call.state, guest, flag(call, "forceStop"))),
  },
  {
    name: "reboot",
    task: "vzreboot",
    weight: 2,
    running: "VM",
    work: ({ state }, guest, task) => {
      end(guest, () => shutDown(state, guest, false));
      return begin(state, guest, task);
    },
  },
  {
    name: "suspend",
    task: "vzsuspend",
    weight: 0.3,
    running: "CT",
    work: (_, guest, task) => {
      // Checkpointing needs a program that hosts do not have.
      task.log.push(
        `lxc-checkpoint: ${guest.vmid}: ../src/lxc/criu.c: criu_version_ok: 767 No such file or directory - execing criu failed, is it installed?`,
        `lxc-checkpoint: ${guest.vmid}: ../src/lxc/tools/lxc_checkpoint.c: checkpoint: 182 Checkpointing ${guest.vmid} failed`,
      );
      throw new Error(`command 'lxc-checkpoint -n ${guest.vmid} -s -D /var/lib/vz/dump' failed: exit code 1`);
    },
  },
  {
    name: "resume",
    task: "vzresume",
    weight: 0.3,
    check: (guest) => {
      if (guest.running) throw die(`CT ${guest.vmid} already running`);
    },
    work: (_, guest) => {
      throw new Error(`command 'lxc-checkpoint -n ${guest.vmid} -r -D /var/lib/vz/dump' failed: exit code 1`);
    },
  },
];

/** A container that is not there does not run, and is started by a worker that finds no configuration. */
function missing(call: Call, action: Action): { data: string } {
  const vmid = text(call, "vmid") ?? "";
  if (action.running) throw die(`${action.running} ${vmid} not running`);
  return startTask(call, {
    node: text(call, "node") ?? "",
    type: action.task,
    id: vmid,
    weight: 0.1,
    work: () => {
      throw absence(call, "lxc") ?? new Error(`CT ${vmid} is there by now`);
    },
  });
}

function act(call: Call, action: Action): { data: string } {
  if (flag(call, "skiplock") && !isRoot(call)) throw parameterRefusal({ skiplock: "Only root may use this option." });
  if (call.state.guests.get(int(call, "vmid") ?? 0)?.type !== "lxc") return missing(call, action);
  const guest = theGuest(call, "lxc");
  if (action.running && !guest.running) throw die(`${action.running} ${guest.vmid} not running`);
  action.check?.(guest, call);
  const resource = call.state.haOf(guest);
  if (action.ha && resource) return requestHa(call, guest, resource, action.ha);
  return startTask(call, {
    node: guest.node,
    type: action.task,
    id: String(guest.vmid),
    weight: action.weight,
    work: (task) => action.work(call, guest, task),
  });
}

/** Starting and stopping containers. */
export const powerRoutes: readonly Route[] = LXC.map((action) => ({
  id: `POST /nodes/{node}/lxc/{vmid}/status/${action.name}`,
  permission: { path: "/vms/{vmid}", any: ["VM.PowerMgmt"] },
  writes: true,
  run: (call) => act(call, action),
}));
