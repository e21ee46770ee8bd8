import { getClusterStatus } from "../../../generated/clients/cluster-status.ts";
import { getClusterTasks } from "../../../generated/clients/cluster-tasks.ts";
import type { GuestResource, Resource } from "../../pve/cluster.ts";
import type { ToolCluster } from "../context.ts";
import { isOn } from "../flag.ts";
import { reasonOf } from "../gather.ts";
import { outcomeOf } from "../tasks/task-row.ts";
import { concerned, type NodeAction } from "./action.ts";
import { isManaged, labelsOf } from "./node-guests.ts";

/** What an action is about to be done to. */
export interface NodeTarget {
  node: string;
  row: Resource;
  guests: readonly GuestResource[];
  named?: readonly GuestResource[];
  force: boolean;
  target?: Resource;
}

/** What a person should know before consenting; a part that cannot be read is named as such. */
export async function consequencesOf(one: ToolCluster, action: NodeAction, at: NodeTarget): Promise<string[]> {
  if (action === "wakeonlan") {
    return at.row.status === "online" ? [`${at.node} is seen as online: there may be nothing to wake.`] : [];
  }
  const goesDown = action === "reboot" || action === "shutdown";
  const notes = guestNotes(action, at);
  const told = async (what: string, look: () => Promise<string[]>): Promise<string[]> => {
    try {
      return await look();
    } catch (error) {
      return [`${what} could not be read (${reasonOf(error)}).`];
    }
  };
  if (action === "migrateall") notes.push(...roomNotes(at));
  if (goesDown) {
    const found = await Promise.all([
      told("The quorum", async () => memberNotes(action, at.node, (await getClusterStatus(one.send)).data ?? [], one)),
      told("Running tasks", async () => taskNotes(at.node, (await getClusterTasks(one.send)).data ?? [])),
    ]);
    notes.push(...found.flat());
  }
  return notes;
}

const WHAT: Readonly<Record<Exclude<NodeAction, "wakeonlan">, string>> = {
  reboot: "Running guests that go down with it",
  shutdown: "Running guests that go down with it",
  startall: "Guests to start, onboot or not",
  stopall: "Guests to shut down",
  suspendall: "VMs to suspend to disk",
  migrateall: "Guests to move",
};

function guestNotes(action: Exclude<NodeAction, "wakeonlan">, at: NodeTarget): string[] {
  const meant = concerned(action, at.guests, at.named, at.force);
  const notes: string[] = [];
  if (meant.length > 0) notes.push(`${WHAT[action]} (${meant.length}): ${labelsOf(meant)}.`);
  else if (action === "startall" && !at.force) notes.push("Guests that start at boot and are not running are started.");
  else notes.push("No guest that this token sees is concerned.");
  const managed = (at.named ?? at.guests).filter((guest) => isManaged(guest) && guest.template !== true);
  if (managed.length > 0)
    notes.push(`${labelsOf(managed)}: managed by HA, ${managedNote(action, at.named !== undefined)}.`);
  if (action === "suspendall") {
    const containers = (at.named ?? at.guests).filter(({ type, status }) => type === "lxc" && status === "running");
    if (containers.length > 0) notes.push(`Containers are not suspended, and keep running: ${labelsOf(containers)}.`);
  }
  if (action === "migrateall") {
    const containers = meant.filter(({ type, status }) => type === "lxc" && status === "running");
    if (containers.length > 0) notes.push(`Running containers are restarted on the way: ${labelsOf(containers)}.`);
  }
  const locked = meant.filter(({ lock }) => lock);
  if (locked.length > 0) notes.push(`Locked, so that it may fail for them: ${labelsOf(locked)}.`);
  return notes;
}

function managedNote(action: Exclude<NodeAction, "wakeonlan">, named: boolean): string {
  if (action === "reboot" || action === "shutdown") {
    return "so the datacenter's shutdown policy decides whether they stop, wait or move to another node";
  }
  if (action === "migrateall") return "so HA is asked to move them, and does it in its own time";
  if (action === "suspendall" && named) return "which refuses to suspend them";
  return named
    ? "so HA is asked, and acts in its own time"
    : "so this leaves them alone: name them in vmids to include them";
}

/** Whether the cluster keeps its majority, and whether the node is the one that answers this server. */
function memberNotes(
  action: NodeAction,
  node: string,
  members: readonly Readonly<Record<string, unknown>>[],
  one: ToolCluster,
): string[] {
  const notes: string[] = [];
  const nodes = members.filter(({ type }) => type === "node");
  const head = members.find(({ type }) => type === "cluster");
  if (head !== undefined && nodes.length > 1) {
    const left = nodes.filter(({ name, online }) => name !== node && isOn(online)).length;
    const majority = Math.floor(nodes.length / 2) + 1;
    if (!isOn(head.quorate)) notes.push("The cluster has no quorum now.");
    else if (left < majority) {
      notes.push(
        `With ${node} gone, ${left} of ${nodes.length} nodes are left, and ${majority} are needed: unless a quorum device votes too, the cluster loses its quorum, refuses writes, and nodes with HA guests may fence themselves.`,
      );
    } else notes.push(`The cluster keeps its quorum: ${left} of ${nodes.length} nodes are left.`);
  }
  const answers = nodes.some(({ name, local }) => name === node && isOn(local)) || nodes.length === 1;
  if (answers) {
    const others = one.cluster.config.endpoints.length > 1 ? ", unless another configured endpoint answers" : "";
    notes.push(
      `${node} is the node that answers this server: it is cut off${others} until ${node} is back${action === "shutdown" ? ", which takes somebody at its power" : ""}.`,
    );
  }
  return notes;
}

/** Tasks that the node's end would cut off. */
function taskNotes(node: string, tasks: readonly Readonly<Record<string, unknown>>[]): string[] {
  const running = tasks.filter((task) => task.node === node && outcomeOf(task) === "running");
  if (running.length === 0) return [];
  const names = running.slice(0, 5).map(({ type, id }) => `${type}${id ? ` ${id}` : ""}`);
  const rest = running.length - names.length;
  return [`Tasks run there and would be cut off: ${names.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}.`];
}

/** Whether the target has the memory, by what the cluster last reported. */
function roomNotes(at: NodeTarget): string[] {
  const { target } = at;
  if (target?.maxmem === undefined || target.mem === undefined) return [];
  const needed = concerned("migrateall", at.guests, at.named, at.force)
    .filter(({ status }) => status === "running")
    .reduce((sum, { maxmem }) => sum + (maxmem ?? 0), 0);
  const free = target.maxmem - target.mem;
  if (needed <= free) return [];
  return [`They may need ${gib(needed)} of memory, and ${target.node} has ${gib(free)} free.`];
}

function gib(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}
