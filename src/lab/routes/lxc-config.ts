import { checkDigest, refuseLocked, snapshotConfig, theContainer } from "../containers/container.ts";
import { isOption, optionsOf } from "../containers/options.ts";
import { checkChange } from "../containers/permissions.ts";
import { update } from "../containers/update.ts";
import { die, parameterRefusal } from "../refusal.ts";
import { type Call, flag, type Route, text } from "./route.ts";

function words(call: Call, name: string): string[] {
  return (text(call, name) ?? "").split(/[,;\s\0]+/).filter((word) => word !== "");
}

function read(call: Call): Record<string, unknown> {
  const name = text(call, "snapshot");
  if (name !== undefined && flag(call, "current")) {
    const both = "cannot use 'snapshot' parameter with 'current'";
    throw parameterRefusal({ snapshot: both, current: both });
  }
  const guest = theContainer(call);
  const digest = call.state.digest(guest);
  if (name !== undefined) return { ...snapshotConfig(guest, name), digest };
  const config: Record<string, unknown> = { ...guest.config };
  if (!flag(call, "current")) {
    for (const key of guest.pendingDelete) delete config[key];
    Object.assign(config, guest.pending);
  }
  return { ...config, digest };
}

function pending(call: Call): Record<string, unknown>[] {
  const guest = theContainer(call);
  const rows = new Map<string, Record<string, unknown>>();
  for (const [key, value] of Object.entries(guest.config)) rows.set(key, { key, value });
  for (const [key, value] of Object.entries(guest.pending))
    rows.set(key, { ...(rows.get(key) ?? { key }), pending: value });
  for (const key of guest.pendingDelete) rows.set(key, { ...(rows.get(key) ?? { key }), delete: 1 });
  return [...rows.values(), { key: "digest", value: call.state.digest(guest) }];
}

function put(call: Call): null {
  const { state } = call;
  const set = optionsOf(state, call.params);
  const remove = words(call, "delete");
  const revert = words(call, "revert");
  const given = Object.keys(call.params).filter((name) => !["node", "vmid", "digest"].includes(name));
  if (given.length === 0) throw die("no options specified");
  const guest = theContainer(call);
  const change = { vmid: guest.vmid, old: guest.config, unprivileged: guest.config.unprivileged === 1 };
  checkChange(call, { ...change, next: {}, remove });
  checkChange(call, { ...change, next: {}, remove: revert });
  for (const key of revert) {
    if (!isOption(key)) throw parameterRefusal({ revert: `unknown option '${key}'` });
    if (key in set) throw parameterRefusal({ revert: `you can't use '-${key}' and '-revert ${key}' at the same time` });
  }
  for (const key of remove) {
    if (!isOption(key)) throw parameterRefusal({ delete: `unknown option '${key}'` });
    if (key in set) throw parameterRefusal({ delete: `you can't use '-${key}' and -delete ${key}' at the same time` });
    if (revert.includes(key))
      throw parameterRefusal({ delete: `you can't use '-delete ${key}' and '-revert ${key}' at the same time` });
  }
  checkChange(call, { ...change, next: set, remove: [] });
  refuseLocked(guest);
  checkDigest(call, guest);
  update(state, guest, { set, remove, revert });
  return null;
}

const guest = "/nodes/{node}/lxc/{vmid}";
const audit = { path: "/vms/{vmid}", any: ["VM.Audit"] };

/** Configuration of containers: their PUT answers null and applies what it can at once. */
export const lxcConfigRoutes: readonly Route[] = [
  { id: `GET ${guest}/config`, permission: audit, run: (call) => ({ data: read(call) }) },
  { id: `GET ${guest}/pending`, permission: audit, run: (call) => ({ data: pending(call) }) },
  {
    id: `PUT ${guest}/config`,
    permission: {
      path: "/vms/{vmid}",
      any: ["VM.Config.Disk", "VM.Config.CPU", "VM.Config.Memory", "VM.Config.Network", "VM.Config.Options"],
    },
    writes: true,
    run: (call) => ({ data: put(call) }),
  },
];
