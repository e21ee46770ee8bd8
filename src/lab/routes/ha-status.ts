import { nowSeconds } from "../clock.ts";
import type { ClusterState } from "../state/cluster.ts";
import { guestOf } from "../state/ha.ts";
import type { Section } from "../state/section-config.ts";
import type { HaResource, LabNode } from "../state/types.ts";
import { isIn } from "../versions.ts";

/** Manager and nodes renew their report this often, in seconds. */
const REPORT_SECONDS = 10;

function reportTime(): number {
  return Math.floor(nowSeconds() / REPORT_SECONDS) * REPORT_SECONDS;
}

/** `Sun Nov 22 13:20:33 2026`, as Perl writes a time. */
export function perlTime(seconds: number): string {
  const [day, date, month, year, time] = new Date(seconds * 1000).toUTCString().replace(",", "").split(" ");
  return `${day} ${month} ${String(Number(date)).padStart(2, " ")} ${time} ${year}`;
}

/** State as the manager keeps it; nothing for a resource that it has not taken up yet, or is to ignore. */
function crmState(resource: HaResource): string | undefined {
  if (resource.request === "ignored" || resource.state === "queued") return undefined;
  return resource.state === "starting" ? "started" : resource.state;
}

function verboseState(resource: HaResource): string {
  if (resource.request === "ignored") return "ignored";
  if (resource.state === "request_stop") return "stopping";
  if (resource.state === "stopped" && resource.request === "disabled") return "disabled";
  return resource.state;
}

/** How many resources keep a node's manager busy. */
function activeOn(state: ClusterState, node: LabNode): number {
  let count = 0;
  for (const resource of state.ha.values()) {
    const crm = crmState(resource);
    if (crm !== undefined && crm !== "stopped" && guestOf(state, resource.sid)?.node === node.name) count += 1;
  }
  return count;
}

function lrmRow(state: ClusterState, node: LabNode): Section {
  const { disarmed } = state.datacenter.ha;
  const time = node.online ? reportTime() : Math.floor(node.bootedAt / 1000);
  let status = "old timestamp - dead?";
  let watchdog = "watchdog standby";
  if (node.online && disarmed?.state === "disarmed") {
    status = "disarm mode";
    watchdog = "watchdog released";
  } else if (node.online) {
    const busy = activeOn(state, node) > 0;
    status = busy ? "active" : "idle";
    watchdog = busy ? "watchdog active" : "watchdog standby";
  }
  return {
    id: `lrm:${node.name}`,
    type: "lrm",
    node: node.name,
    status: `${node.name} (${status}, ${tellsWatchdogs(state) ? `${watchdog}, ` : ""}${perlTime(time)})`,
    timestamp: time,
  };
}

function serviceRow(state: ClusterState, resource: HaResource): Section {
  const node = guestOf(state, resource.sid)?.node ?? state.entry.name;
  const crm = crmState(resource);
  const shown = state.datacenter.ha.disarmed?.mode === "ignore" ? "ignore" : verboseState(resource);
  return {
    id: `service:${resource.sid}`,
    type: "service",
    sid: resource.sid,
    node,
    ...(crm === undefined ? {} : { crm_state: crm }),
    state: shown,
    status: `${resource.sid} (${node}, ${shown})`,
    request_state: resource.request,
    max_restart: resource.max_restart ?? 1,
    max_relocate: resource.max_relocate ?? 1,
    failback: resource.failback ?? 1,
    ...(resource.comment === undefined ? {} : { comment: resource.comment }),
  };
}

function sorted(state: ClusterState): HaResource[] {
  return [...state.ha.values()].sort((one, other) => (one.sid < other.sid ? -1 : 1));
}

/** Whether the state of the watchdogs is told, as it is from 9.2 on. */
function tellsWatchdogs(state: ClusterState): boolean {
  return isIn(state.entry.version, { since: "9.2" });
}

function fencingRow(state: ClusterState, active: boolean): Section {
  const { disarmed } = state.datacenter.ha;
  const row = { id: "fencing", type: "fencing", node: state.entry.name };
  if (!disarmed) {
    const status = active ? "armed (CRM watchdog active)" : "standby (CRM watchdog standby)";
    return { ...row, status, "armed-state": active ? "armed" : "standby" };
  }
  const watchdog = disarmed.state === "disarmed" ? "released" : "active";
  return {
    ...row,
    status: `${disarmed.state}, resource mode: ${disarmed.mode} (CRM watchdog ${watchdog})`,
    "armed-state": disarmed.state,
    resource_mode: disarmed.mode,
  };
}

/** Quorum, master, watchdogs, nodes and resources, as the overview lists them. */
export function currentStatus(state: ClusterState): Section[] {
  const node = state.entry.name;
  const { ha } = state.datacenter;
  const active = ha.active(state);
  const rows: Section[] = [
    {
      id: "quorum",
      type: "quorum",
      node,
      status: state.quorate ? "OK" : `No quorum on node '${node}'!`,
      quorate: state.quorate ? 1 : 0,
    },
  ];
  const { disarmed } = ha;
  if (active) {
    const time = reportTime();
    const extra = disarmed ? ` - ${disarmed.state}, resource mode: ${disarmed.mode}` : "";
    const status = `${node} (active, ${perlTime(time)})${extra}`;
    rows.push({ id: "master", type: "master", node, status, timestamp: time });
  }
  if (tellsWatchdogs(state)) rows.push(fencingRow(state, active));
  if (active) for (const member of state.nodes.values()) rows.push(lrmRow(state, member));
  for (const resource of sorted(state)) rows.push(serviceRow(state, resource));
  return rows;
}

/** The manager's own record, with those of the nodes. */
export function managerStatus(state: ClusterState): Section {
  const node = state.entry.name;
  const quorum = { node, quorate: state.quorate ? "1" : "" };
  if (!state.datacenter.ha.active(state)) return { manager_status: { node_status: {} }, quorum };
  const services: Section = {};
  for (const resource of sorted(state)) {
    const crm = crmState(resource);
    if (crm !== undefined)
      services[resource.sid] = {
        node: guestOf(state, resource.sid)?.node ?? node,
        state: crm,
        uid: Buffer.from(resource.sid).toString("base64url"),
        ...(crm === "started" ? { running: resource.state === "started" ? 1 : 0 } : {}),
      };
  }
  const nodes = [...state.nodes.values()];
  return {
    manager_status: {
      master_node: node,
      node_status: Object.fromEntries(nodes.map((member) => [member.name, member.online ? "online" : "unknown"])),
      service_status: services,
      timestamp: reportTime(),
    },
    lrm_status: Object.fromEntries(
      nodes.map((member) => [
        member.name,
        {
          mode: state.datacenter.ha.disarmed?.state === "disarmed" ? "disarm" : "active",
          results: {},
          state: activeOn(state, member) > 0 ? "active" : "wait_for_agent_lock",
          timestamp: reportTime(),
        },
      ]),
    ),
    quorum,
  };
}
