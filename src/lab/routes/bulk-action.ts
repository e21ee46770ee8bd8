import { forbidden } from "../refusal.ts";
import { followRequest } from "../state/ha.ts";
import { checkLock, shutDown, startContainer, startVm } from "../state/power.ts";
import { splitList } from "../state/section-config.ts";
import type { LabGuest } from "../state/types.ts";
import type { LabTask, Outcome } from "../tasks.ts";
import { directory } from "./crud.ts";
import { type Call, flag, may, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";

type Action = "start" | "shutdown" | "suspend" | "migrate";

interface Plan {
  task: string;
  privilege: string;
  heading: string;
  doing: string;
  failed: string;
  child: { qemu: string; lxc: string };
  /** Why a guest is passed over. */
  skip: (guest: LabGuest, call: Call) => string | undefined;
  work: (call: Call, guest: LabGuest, task: LabTask) => Outcome | undefined;
}

function kind(guest: LabGuest): string {
  return guest.type === "qemu" ? "VM" : "CT";
}

const PLANS: Readonly<Record<Action, Plan>> = {
  start: {
    task: "bulk-start",
    privilege: "VM.PowerMgmt",
    heading: "Starting",
    doing: "Starting",
    failed: "Some guests failed to start:",
    child: { qemu: "qmstart", lxc: "vzstart" },
    skip: (guest) => (guest.running && !guest.paused ? "already running." : undefined),
    work: ({ state }, guest, task) => {
      if (guest.paused) {
        guest.paused = false;
        return undefined;
      }
      return guest.type === "qemu" ? startVm(state, guest, task) : startContainer(state, guest, task);
    },
  },
  shutdown: {
    task: "bulk-shutdown",
    privilege: "VM.PowerMgmt",
    heading: "Shutting down",
    doing: "Shutting down",
    failed: "Some guests failed to shutdown",
    child: { qemu: "qmshutdown", lxc: "vzshutdown" },
    skip: (guest) => (guest.running ? undefined : "not running."),
    work: (call, guest) => shutDown(call.state, guest, text(call, "force-stop") !== "0"),
  },
  suspend: {
    task: "bulk-suspend",
    privilege: "VM.PowerMgmt",
    heading: "Suspending",
    doing: "Suspending",
    failed: "Some guests failed to suspend",
    child: { qemu: "qmsuspend", lxc: "vzsuspend" },
    skip: (guest) =>
      guest.type === "lxc" ? "suspending CTs is experimental." : guest.running ? undefined : "not running.",
    work: (call, guest) => {
      checkLock(guest);
      if (flag(call, "to-disk")) call.state.powerOff(guest);
      else guest.paused = true;
      return undefined;
    },
  },
  migrate: {
    task: "bulk-migrate",
    privilege: "VM.Migrate",
    heading: "Migrating",
    doing: "Migrating",
    failed: "Some guests failed to migrate",
    child: { qemu: "qmigrate", lxc: "vzmigrate" },
    skip: (guest, call) => (guest.node === text(call, "target") ? `already on ${guest.node}, skipping.` : undefined),
    work: (call, guest) => {
      checkLock(guest);
      const target = text(call, "target") ?? "";
      if (!call.state.nodes.get(target)?.online) throw new Error(`target node '${target}' is not online`);
      if (guest.running && guest.type === "qemu" && !flag(call, "online"))
        throw new Error("can't migrate running VM without --online");
      guest.node = target;
      return undefined;
    },
  },
};

/** Guests that were named, or all but templates, in order of their ids. */
function guestsOf(call: Call): { guests: LabGuest[]; named: string[] } {
  const named = splitList(call.params.vms);
  const guests = [...call.state.guests.values()].filter(
    (guest) => guest.config.template !== 1 && (named.length === 0 || named.includes(String(guest.vmid))),
  );
  return { guests: guests.sort((one, other) => one.vmid - other.vmid), named };
}

function check(call: Call, plan: Plan, named: readonly string[]): void {
  const paths = named.length > 0 ? named.map((vmid) => `/vms/${vmid}`) : ["/"];
  for (const path of paths) if (!may(call, path, plan.privilege)) throw forbidden(path, [plan.privilege]);
}

/** Hands the request to the HA manager, whose guests nobody else starts or stops. */
function throughHa(call: Call, action: Action, guest: LabGuest): boolean {
  const resource = call.state.haOf(guest);
  if (!resource || (action !== "start" && action !== "shutdown")) return false;
  resource.request = action === "start" ? "started" : "stopped";
  followRequest(call.state, resource);
  return true;
}

function run(call: Call, action: Action): { data: string } {
  const plan = PLANS[action];
  const { guests, named } = guestsOf(call);
  check(call, plan, named);
  // Only the worker learns whether there is such a node.
  const target = action === "migrate" ? (text(call, "target") ?? "") : undefined;
  const nowhere = target !== undefined && !call.state.nodes.has(target);
  const children: { guest: LabGuest; task: LabTask }[] = [];
  const unreached: number[] = [];
  let warnings = 0;
  return startTask(call, {
    node: call.state.entry.name,
    type: plan.task,
    id: "",
    // Later than the longest of its children.
    weight: 2.5,
    begin: (task) => {
      const where = target === undefined ? "" : ` to ${target}`;
      const what = named.length > 0 ? `guests${where}: ${named.join(", ")}` : `all guests${where}`;
      task.log.push(`${plan.heading} ${what}`);
      for (const guest of guests) {
        const skipped = plan.skip(guest, call);
        if (skipped !== undefined) {
          const start = action === "migrate" ? "" : "Skipping ";
          task.log.push(`WARN: ${start}${kind(guest)} ${guest.vmid}${action === "migrate" ? " " : ", "}${skipped}`);
          warnings += 1;
          continue;
        }
        if (!call.state.datacenter.loopback) {
          task.log.push("WARN: Can't connect to localhost:8006");
          unreached.push(guest.vmid);
          continue;
        }
        task.log.push(`${plan.doing} ${kind(guest)} ${guest.vmid}`);
        if (nowhere) {
          task.log.push(`WARN: no such cluster node '${target}'`);
          unreached.push(guest.vmid);
          continue;
        }
        if (throughHa(call, action, guest)) continue;
        const child = call.state.tasks.start({
          node: guest.node,
          type: plan.child[guest.type],
          id: String(guest.vmid),
          user: call.user,
          ...(call.token.id === undefined ? {} : { tokenid: call.token.id }),
          weight: 1,
          work: (own) => plan.work(call, guest, own),
        });
        children.push({ guest, task: child });
      }
    },
    work: (task) => {
      const failed = children.filter(
        ({ task: { exitstatus } }) => exitstatus !== "OK" && !exitstatus?.startsWith("WARNINGS: "),
      );
      for (const { guest, task: child } of failed) {
        task.log.push(
          `WARN: ${plan.doing} ${kind(guest)} ${guest.vmid} failed: ${child.exitstatus ?? "still running"}`,
        );
        warnings += 1;
      }
      const lost = [...unreached, ...failed.map(({ guest }) => guest.vmid)];
      if (lost.length > 0) throw new Error(`${plan.failed} ${lost.join(", ")}`);
      return warnings === 0 ? undefined : { kind: "warnings", count: warnings };
    },
  });
}

const PATH = "/cluster/bulk-action";

/** One request for many guests, wherever they are. */
export const bulkActionRoutes: readonly Route[] = [
  directory(PATH, "name", "guest"),
  directory(`${PATH}/guest`, "name", "start shutdown migrate suspend"),
  ...(Object.keys(PLANS) as Action[]).map(
    (action): Route => ({ id: `POST ${PATH}/guest/${action}`, writes: true, run: (call) => run(call, action) }),
  ),
];
