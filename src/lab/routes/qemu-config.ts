import { cloudinitRows, dumpCloudinit } from "../guests/cloudinit.ts";
import { drivesOf, isCloudinit } from "../guests/drives.ts";
import { CLOUDINIT } from "../guests/options.ts";
import { complete, sectionOf, theSnapshot } from "../guests/snapshots.ts";
import { change, checkReady, planChange } from "../guests/update.ts";
import { die, forbidden, parameterRefusal } from "../refusal.ts";
import type { ConfigValue } from "../state/types.ts";
import { theGuest } from "./guests.ts";
import { type Call, flag, int, may, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";

const MASK = "**********";

function shown(values: Readonly<Record<string, ConfigValue>>): Record<string, ConfigValue> {
  return values.cipassword === undefined ? { ...values } : { ...values, cipassword: MASK };
}

/** A VM's configuration: with what is pending, or as it is now with `current=1`. */
function read(call: Call): Record<string, unknown> {
  const name = text(call, "snapshot");
  if (name !== undefined && flag(call, "current")) {
    const both = "cannot use 'snapshot' parameter with 'current'";
    throw parameterRefusal({ snapshot: both, current: both });
  }
  const guest = theGuest(call, "qemu");
  complete(guest);
  const digest = call.state.digest(guest);
  if (name !== undefined) {
    return { ...shown(sectionOf(theSnapshot(guest, name))), digest };
  }
  const config = shown(guest.config);
  if (!flag(call, "current")) {
    for (const key of guest.pendingDelete) delete config[key];
    Object.assign(config, shown(guest.pending));
  }
  return { ...config, digest };
}

function pending(call: Call): Record<string, unknown>[] {
  const guest = theGuest(call, "qemu");
  complete(guest);
  const rows = new Map<string, Record<string, unknown>>();
  for (const [key, value] of Object.entries(shown(guest.config))) rows.set(key, { key, value });
  for (const [key, value] of Object.entries(shown(guest.pending)))
    rows.set(key, { ...(rows.get(key) ?? { key }), pending: value });
  for (const key of guest.pendingDelete)
    rows.set(key, { ...(rows.get(key) ?? { key }), delete: guest.pendingForce?.includes(key) ? 2 : 1 });
  return [...rows.values(), { key: "digest", value: call.state.digest(guest) }];
}

function put(call: Call): { data: null } {
  const wanted = planChange(call);
  change(call, theGuest(call, "qemu"), wanted);
  return { data: null };
}

async function post(call: Call): Promise<{ data: unknown }> {
  const wanted = planChange(call);
  const guest = theGuest(call, "qemu");
  checkReady(call, guest, wanted);
  const started = startTask(call, {
    node: guest.node,
    type: "qmconfig",
    id: String(guest.vmid),
    weight: 0.3,
    work: (task) => {
      const given = Object.entries({ ...wanted.set }).map(
        ([key, value]) => `-${key} ${key === "cipassword" ? "<hidden>" : value}`,
      );
      if (wanted.remove.length > 0) given.push(`-delete ${wanted.remove.join(",")}`);
      task.log.push(`update VM ${guest.vmid}: ${given.join(" ")}`);
      // The digest was compared before the worker began.
      change(call, guest, { ...wanted, digest: undefined }, task.log);
      return undefined;
    },
  });
  return waitFor(call, started, guest.vmid);
}

/** With a delay, an answer of its own for a worker that ends in time: nothing, or its failure. */
async function waitFor(call: Call, started: { data: string }, vmid: number): Promise<{ data: unknown }> {
  const delay = int(call, "background_delay");
  if (delay === undefined) return started;
  const task = call.state.tasks.get(started.data);
  const until = Date.now() + delay * 1000;
  while (task && task.endtime === undefined && Date.now() < until) await call.state.timers.sleep(5);
  if (task?.endtime === undefined) return started;
  const status = task.exitstatus ?? "";
  if (status === "OK" || status.startsWith("WARNINGS")) return { data: null };
  throw die(`failed to update VM ${vmid}: ${status}`);
}

function unlink(call: Call): { data: null } {
  const { idlist: _, ...params } = call.params;
  const inner = { ...call, params };
  const wanted = planChange(inner, text(call, "idlist"));
  change(inner, theGuest(call, "qemu"), wanted);
  return { data: null };
}

/** Makes the cloud-init drive anew, so that it holds what the configuration says. */
function regenerate(call: Call): { data: null } {
  const guest = theGuest(call, "qemu");
  if (guest.config.lock !== undefined) throw die(`VM is locked (${guest.config.lock})`);
  if (drivesOf(guest.config).some(([, drive]) => isCloudinit(drive))) {
    delete guest.cloudinit;
    for (const key of Object.keys(guest.pending))
      if (CLOUDINIT.test(key)) {
        guest.config[key] = guest.pending[key]!;
        delete guest.pending[key];
      }
    call.state.touch(guest);
  }
  return { data: null };
}

/** Someone who may change any part of a VM gets in; each option is checked by itself. */
function checkSome(call: Call): void {
  const path = `/vms/${text(call, "vmid")}`;
  const any = CONFIGURE.map((name) => `VM.Config.${name}`);
  if (!any.some((privilege) => may(call, path, privilege))) throw forbidden(path, any);
}

const CONFIGURE = ["Disk", "CDROM", "CPU", "Memory", "Network", "HWType", "Options", "Cloudinit"];
const audit = { path: "/vms/{vmid}", any: ["VM.Audit"] };
const guest = "/nodes/{node}/qemu/{vmid}";

/** Configurations of VMs. */
export const qemuConfigRoutes: readonly Route[] = [
  { id: `GET ${guest}/config`, permission: audit, run: (call) => ({ data: read(call) }) },
  { id: `GET ${guest}/pending`, permission: audit, run: (call) => ({ data: pending(call) }) },
  {
    id: `PUT ${guest}/config`,
    writes: true,
    run: (call) => {
      checkSome(call);
      return put(call);
    },
  },
  {
    id: `POST ${guest}/config`,
    writes: true,
    run: (call) => {
      checkSome(call);
      return post(call);
    },
  },
  {
    id: `PUT ${guest}/unlink`,
    permission: { path: "/vms/{vmid}", any: ["VM.Config.Disk"] },
    writes: true,
    run: unlink,
  },
  {
    id: `GET ${guest}/cloudinit`,
    permission: audit,
    run: (call) => ({ data: cloudinitRows(theGuest(call, "qemu")) }),
  },
  {
    id: `PUT ${guest}/cloudinit`,
    permission: { path: "/vms/{vmid}", any: ["VM.Config.Cloudinit"] },
    writes: true,
    run: regenerate,
  },
  {
    id: `GET ${guest}/cloudinit/dump`,
    permission: audit,
    run: (call) => ({ data: dumpCloudinit(call.state, theGuest(call, "qemu"), text(call, "type") ?? "user") }),
  },
];
