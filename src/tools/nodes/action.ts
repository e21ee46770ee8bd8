import type { GuestResource } from "../../pve/cluster.ts";
import { isManaged } from "./node-guests.ts";

export const NODE_ACTIONS = [
  "reboot",
  "shutdown",
  "wakeonlan",
  "startall",
  "stopall",
  "suspendall",
  "migrateall",
] as const;

export type NodeAction = (typeof NODE_ACTIONS)[number];

export type BulkAction = "startall" | "stopall" | "suspendall" | "migrateall";

/** What an action takes beside the node. */
export const TAKES: Readonly<Record<NodeAction, readonly string[]>> = {
  reboot: [],
  shutdown: [],
  wakeonlan: [],
  startall: ["vmids", "force"],
  stopall: ["vmids", "force", "timeoutSeconds"],
  suspendall: ["vmids"],
  migrateall: ["vmids", "target", "withLocalDisks"],
};

/** Types of the tasks that each guest gets from a bulk action; HA turns them into requests of its own. */
export const CHILD_TYPES: Readonly<Record<BulkAction, readonly string[]>> = {
  startall: ["qmstart", "vzstart", "hastart"],
  stopall: ["qmshutdown", "qmstop", "vzshutdown", "vzstop", "hastop"],
  suspendall: ["qmsuspend", "qmpause"],
  migrateall: ["qmigrate", "vzmigrate", "hamigrate"],
};

export function isBulk(action: NodeAction): action is BulkAction {
  return action in CHILD_TYPES;
}

/** The guests of a node that an action concerns, as far as that can be told without their configurations. */
export function concerned(
  action: NodeAction,
  guests: readonly GuestResource[],
  named: readonly GuestResource[] | undefined,
  force: boolean,
): GuestResource[] {
  const meant = named ?? guests;
  // Templates run nothing, and HA keeps its guests to itself unless they are named.
  const free = meant.filter((guest) => guest.template !== true && (named !== undefined || !isManaged(guest)));
  switch (action) {
    case "reboot":
    case "shutdown":
      return guests.filter(({ status }) => status === "running");
    case "stopall":
      return free.filter(({ status }) => status === "running");
    case "suspendall":
      return free.filter(({ status, type }) => status === "running" && type === "qemu");
    case "startall":
      // Without force, the guests' own onboot decides.
      return force ? free.filter(({ status }) => status !== "running") : [];
    case "migrateall":
      return [...meant];
    case "wakeonlan":
      return [];
  }
}

/** Whether a guest is where an action was to take it. */
export function isReached(action: BulkAction, node: string, now: GuestResource | undefined): boolean {
  if (now === undefined) return true;
  if (action === "migrateall") return now.node !== node;
  return (now.status === "running") === (action === "startall");
}
