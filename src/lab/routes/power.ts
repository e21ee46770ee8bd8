import { die, parameterRefusal } from "../refusal.ts";
import type { ClusterState } from "../state/cluster.ts";
import { checkLock, shutDown, startContainer, startVm } from "../state/power.ts";
import type { HaResource, LabGuest } from "../state/types.ts";
import type { LabTask, Outcome } from "../tasks.ts";
import { theGuest } from "./guests.ts";
import { type Call, flag, type Route } from "./route.ts";
import { startTask } from "./tasks.ts";

/** How a manager starts or stops a guest some seconds after it was asked to (pve-facts 89). */
function followRequest(state: ClusterState, guest: LabGuest, resource: HaResource): void {
  state.timers.after(state.pace.haMs, () => {
    if (state.ha.get(resource.sid) !== resource) return;
    const wanted = resource.request === "started";
    resource.state = resource.request;
    if (guest.running === wanted || !state.nodes.get(guest.node)?.online) return;
    const prefix = guest.type === "qemu" ? "qm" : "vz";
    state.tasks.start({
      node: guest.node,
      type: `${prefix}${wanted ? "start" : "shutdown"}`,
      id: String(guest.vmid),
      user: "root@pam",
      weight: 1,
      work: (task) => {
        try {
          if (!wanted) return shutDown(state, guest, true);
          return guest.type === "qemu" ? startVm(state, guest, task) : startContainer(state, guest, task);
        } catch (error) {
          resource.state = "error";
          throw error;
        }
      },
    });
  });
}

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
      followRequest(call.state, guest, resource);
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
  /** Goes to the HA manager when one looks after the guest. */
  ha?: "started" | "stopped";
  work: (call: Call, guest: LabGuest, task: LabTask) => Outcome | undefined;
}

function mustRun(guest: LabGuest): void {
  if (!guest.running) throw die(`${guest.type === "qemu" ? "VM" : "CT"} ${guest.vmid} not running`);
}

const QEMU: readonly Action[] = [
  {
    name: "start",
    task: "qmstart",
    weight: 1,
    ha: "started",
    work: ({ state }, guest, task) => startVm(state, guest, task),
  },
  {
    name: "stop",
    task: "qmstop",
    weight: 0.5,
    ha: "stopped",
    work: ({ state }, guest) => {
      checkLock(guest);
      if (guest.running) state.powerOff(guest);
      return undefined;
    },
  },
  {
    name: "shutdown",
    task: "qmshutdown",
    weight: 2,
    ha: "stopped",
    work: (call, guest, task) => {
      if (guest.running && guest.agent !== "running" && guest.config.agent !== undefined)
        task.log.push(
          `QEMU Guest Agent is not running - VM ${guest.vmid} qga command 'guest-ping' failed - got timeout`,
        );
      return shutDown(call.state, guest, flag(call, "forceStop"));
    },
  },
  {
    name: "reboot",
    task: "qmreboot",
    weight: 2,
    check: mustRun,
    work: ({ state }, guest) => {
      shutDown(state, guest, false);
      state.powerOn(guest);
      return undefined;
    },
  },
  {
    name: "reset",
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
    task: "qmpause",
    weight: 0.3,
    check: mustRun,
    work: (call, guest) => {
      checkLock(guest);
      if (flag(call, "todisk")) {
        call.state.powerOff(guest);
        guest.config.lock = "suspended";
        call.state.touch(guest);
      } else guest.paused = true;
      return undefined;
    },
  },
  {
    name: "resume",
    task: "qmresume",
    weight: 0.3,
    check: (guest) => {
      if (guest.config.lock !== "suspended") mustRun(guest);
    },
    work: ({ state }, guest) => {
      if (guest.config.lock === "suspended") {
        delete guest.config.lock;
        state.touch(guest);
        state.powerOn(guest);
      }
      guest.paused = false;
      return undefined;
    },
  },
];

const LXC: readonly Action[] = [
  {
    name: "start",
    task: "vzstart",
    weight: 1,
    ha: "started",
    check: (guest) => {
      if (guest.running) throw die(`CT ${guest.vmid} already running`);
    },
    work: ({ state }, guest, task) => startContainer(state, guest, task),
  },
  {
    name: "stop",
    task: "vzstop",
    weight: 0.5,
    ha: "stopped",
    check: mustRun,
    work: ({ state }, guest) => {
      checkLock(guest);
      state.powerOff(guest);
      return undefined;
    },
  },
  {
    name: "shutdown",
    task: "vzshutdown",
    weight: 1.5,
    ha: "stopped",
    check: mustRun,
    work: (call, guest) => shutDown(call.state, guest, flag(call, "forceStop")),
  },
  {
    name: "reboot",
    task: "vzreboot",
    weight: 2,
    check: mustRun,
    work: ({ state }, guest) => {
      shutDown(state, guest, false);
      state.powerOn(guest);
      return undefined;
    },
  },
  {
    name: "suspend",
    task: "vzsuspend",
    weight: 0.3,
    check: mustRun,
    work: (_, guest, task) => {
      // Checkpointing needs a program that hosts do not have.
      task.log.push(`lxc-checkpoint: ${guest.vmid}: Checkpointing ${guest.vmid} failed`);
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

function act(call: Call, type: "qemu" | "lxc", action: Action): { data: string } {
  const guest = theGuest(call, type);
  // A token is never root, not even root's (pve-facts 37).
  if (flag(call, "skiplock")) throw parameterRefusal({ skiplock: "Only root may use this option." });
  action.check?.(guest, call);
  const resource = call.state.haOf(guest);
  if (action.ha && resource) return requestHa(call, guest, resource, action.ha);
  const toDisk = action.name === "suspend" && type === "qemu" && flag(call, "todisk");
  return startTask(call, {
    node: guest.node,
    type: toDisk ? "qmsuspend" : action.task,
    id: String(guest.vmid),
    weight: action.weight,
    work: (task) => action.work(call, guest, task),
  });
}

function forType(type: "qemu" | "lxc", actions: readonly Action[]): Route[] {
  return actions.map((action) => ({
    id: `POST /nodes/{node}/${type}/{vmid}/status/${action.name}`,
    permission: { path: "/vms/{vmid}", any: ["VM.PowerMgmt"] },
    writes: true,
    run: (call) => act(call, type, action),
  }));
}

/** Starting and stopping guests. */
export const powerRoutes: readonly Route[] = [...forType("qemu", QEMU), ...forType("lxc", LXC)];
