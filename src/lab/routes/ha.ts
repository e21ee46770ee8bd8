import { die } from "../refusal.ts";
import type { ClusterState } from "../state/cluster.ts";
import { followMove, followRequest, guestOf } from "../state/ha.ts";
import { deleteOptions, guarded, options, type Section, splitList, storable } from "../state/section-config.ts";
import type { HaResource } from "../state/types.ts";
import { directory } from "./crud.ts";
import { groupsMigrated, haGroupRoutes } from "./ha-groups.ts";
import { haRuleRoutes } from "./ha-rules.ts";
import { currentStatus, managerStatus } from "./ha-status.ts";
import { type Call, type Route, text } from "./route.ts";

const OPTIONS = options("", "state comment failback max_restart max_relocate group");

/** `vm:100`, also for a bare VMID. */
function parseSid(state: ClusterState, sid: string): string {
  if (/^\d+$/.test(sid)) {
    const guest = state.guests.get(Number(sid));
    if (!guest) throw die(`unable do detect SID from VMID - VM/CT ${sid} does not exist`);
    return state.sid(guest);
  }
  if (!/^\S+:\S+$/.test(sid)) throw die(`unable to parse service id '${sid}'`);
  return sid;
}

function theSid(call: Call): string {
  return parseSid(call.state, text(call, "sid") ?? "");
}

function requestOf(state: unknown): HaResource["request"] {
  return state === undefined || state === "enabled" ? "started" : (String(state) as HaResource["request"]);
}

function shown(call: Call, resource: HaResource): Section {
  const { ha } = call.state.datacenter;
  return { ...ha.configured(resource), sid: resource.sid, digest: ha.digest(call.state) };
}

function list(call: Call): Section[] {
  const type = text(call, "type");
  return [...call.state.ha.values()]
    .filter((resource) => type === undefined || resource.type === type)
    .map((resource) => shown(call, resource));
}

function theResource(call: Call): HaResource {
  const sid = theSid(call);
  const resource = call.state.ha.get(sid);
  if (!resource) throw die(`no such resource '${sid}'`);
  return resource;
}

/** The values of a resource's options, defaults and all. */
function apply(resource: HaResource, section: Section): void {
  for (const key of ["comment", "failback", "max_restart", "max_relocate"] as const) {
    if (section[key] === undefined) delete resource[key];
    else Object.assign(resource, { [key]: section[key] });
  }
}

/** A group must be there, where there are groups still. */
function checkGroup(call: Call): void {
  const group = text(call, "group");
  if (group === undefined) return;
  if (groupsMigrated(call.state)) throw die("invalid parameter 'group': ha groups have been migrated to rules");
  if (!call.state.datacenter.ha.groups.has(group)) throw die(`HA group '${group}' does not exist`);
}

function create(call: Call): null {
  const { state } = call;
  const sid = theSid(call);
  const [type = "", name = ""] = sid.split(":");
  if (text(call, "type") !== undefined && text(call, "type") !== type) throw die("types does not match");
  if (type !== "vm" && type !== "ct") throw die(`unknown section type '${type}'`);
  if (!/^[1-9][0-9]+$/.test(name)) throw die(`invalid VMID '${name}'`);
  if (!guestOf(state, sid)) throw die(`resource '${sid}' does not exist in cluster`);
  checkGroup(call);
  guarded("create resource failed", () => {
    if (state.ha.has(sid)) throw die(`resource ID '${sid}' already defined`);
    const { sid: _, type: __, ...rest } = call.params;
    const section = storable("POST /cluster/ha/resources", rest);
    const request = requestOf(section.state);
    const resource: HaResource = { sid, type: type as HaResource["type"], request, state: "queued" };
    apply(resource, section);
    state.ha.set(sid, resource);
    state.datacenter.ha.declare(resource, section);
    state.datacenter.ha.used = true;
    followRequest(state, resource);
  });
  return null;
}

/** A resource in error state takes no request but to be disabled. */
function checkState(state: ClusterState, sid: string, wanted?: string): void {
  const resource = state.ha.get(sid);
  if (resource?.state === "error" && resource.request !== "ignored" && wanted !== "disabled")
    throw die(`service '${sid}' in error state, must be disabled and fixed first`);
}

function update(call: Call): null {
  const { state } = call;
  const sid = theSid(call);
  checkGroup(call);
  checkState(state, sid, text(call, "state"));
  guarded("update resources config failed", () => {
    const { ha } = state.datacenter;
    const { digest } = call.params;
    if (digest !== undefined && digest !== ha.digest(state))
      throw die("detected modified configuration - file changed by other user? Try again.");
    const resource = state.ha.get(sid);
    if (!resource) throw die(`no such resource '${sid}'`);
    const { sid: _, digest: __, delete: deletions, ...rest } = call.params;
    const values = storable("PUT /cluster/ha/resources/{sid}", rest);
    // What is both given and deleted is gone.
    const section = { ...ha.configured(resource), ...values };
    deleteOptions(section, OPTIONS, {}, splitList(deletions));
    const request = requestOf(section.state);
    const changed = request !== resource.request;
    resource.request = request;
    apply(resource, section);
    ha.declare(resource, section);
    if (changed) followRequest(state, resource);
  });
  return null;
}

function remove(call: Call): null {
  const { state } = call;
  const sid = theSid(call);
  if (!state.ha.has(sid)) throw die(`cannot delete service '${sid}', not HA managed!`);
  state.ha.delete(sid);
  if (text(call, "purge") !== "0") state.datacenter.ha.forget(sid);
  return null;
}

/** Resources that must stay away from where another one goes, or that a rule binds to other nodes. */
function move(call: Call, offline: boolean): Section {
  const { state } = call;
  const sid = theSid(call);
  const resource = state.ha.get(sid);
  if (!resource || resource.request === "ignored") throw die(`resource '${sid}' is not HA managed`);
  checkState(state, sid);
  const node = text(call, "node") ?? "";
  const answer: Section = { sid, "requested-node": node };
  const along = new Set<string>();
  const blocking: Section[] = [];
  const { rules } = state.datacenter.ha;
  for (const id of rules.ids) {
    const rule = rules.get(id)!;
    const members = splitList(rule.resources);
    if (rule.disable || !members.includes(sid)) continue;
    const others = members.filter((other) => other !== sid);
    if (rule.affinity === "positive") for (const other of others) along.add(other);
    else if (rule.affinity === "negative") {
      for (const other of others)
        if (guestOf(state, other)?.node === node) blocking.push({ sid: other, cause: "resource-affinity" });
    } else if (rule.strict && !splitList(rule.nodes).some((item) => item.split(":")[0] === node))
      blocking.push({ sid, cause: "node-affinity" });
  }
  if (blocking.length > 0) return { ...answer, "blocking-resources": blocking };
  if (along.size > 0) answer["comigrated-resources"] = [...along].sort();
  for (const moved of [sid, ...along]) {
    const other = state.ha.get(moved);
    if (other) followMove(state, other, node, offline);
  }
  return answer;
}

const RESOURCES = "/cluster/ha/resources";
function arm(state: ClusterState, mode: string | undefined): null {
  const { ha } = state.datacenter;
  // Commands wait for an active manager; the next one takes them up.
  state.timers.after(state.pace.haMs, () => {
    if (!ha.active(state)) return;
    ha.disarmed = mode === undefined ? undefined : { mode, state: "disarmed" };
    if (mode === undefined) for (const resource of state.ha.values()) followRequest(state, resource);
  });
  if (mode !== undefined && ha.active(state)) ha.disarmed = { mode, state: "disarming" };
  return null;
}

/** High availability: resources, rules, states, and groups as far as they are still known. */
export const haRoutes: readonly Route[] = [
  directory("/cluster/ha", "id", "status resources groups rules"),
  directory("/cluster/ha/status", "name", "current manager_status disarm-ha arm-ha"),
  { id: "GET /cluster/ha/status/current", run: ({ state }) => ({ data: currentStatus(state) }) },
  { id: "GET /cluster/ha/status/manager_status", run: ({ state }) => ({ data: managerStatus(state) }) },
  { id: "POST /cluster/ha/status/arm-ha", writes: true, run: ({ state }) => ({ data: arm(state, undefined) }) },
  {
    id: "POST /cluster/ha/status/disarm-ha",
    writes: true,
    run: (call) => ({ data: arm(call.state, text(call, "resource-mode") ?? "freeze") }),
  },
  { id: `GET ${RESOURCES}`, run: (call) => ({ data: list(call) }) },
  { id: `POST ${RESOURCES}`, writes: true, run: (call) => ({ data: create(call) }) },
  { id: `GET ${RESOURCES}/{sid}`, run: (call) => ({ data: shown(call, theResource(call)) }) },
  { id: `PUT ${RESOURCES}/{sid}`, writes: true, run: (call) => ({ data: update(call) }) },
  { id: `DELETE ${RESOURCES}/{sid}`, writes: true, run: (call) => ({ data: remove(call) }) },
  { id: `POST ${RESOURCES}/{sid}/migrate`, writes: true, run: (call) => ({ data: move(call, false) }) },
  { id: `POST ${RESOURCES}/{sid}/relocate`, writes: true, run: (call) => ({ data: move(call, true) }) },
  ...haGroupRoutes,
  ...haRuleRoutes,
];
