import { drivesOf, isCdrom } from "../guests/drives.ts";
import { reachingNodes } from "../guests/lifecycle.ts";
import {
  beginSnapshot,
  canSnapshot,
  complete,
  finishSnapshot,
  removeSnapshot,
  rollback,
  sectionOf,
  theSnapshot,
} from "../guests/snapshots.ts";
import { hasFeature, parseVolumeId } from "../guests/volumes.ts";
import { die } from "../refusal.ts";
import { checkLock, startVm } from "../state/power.ts";
import { absence, theGuest, theVm } from "./guests.ts";
import { type Call, flag, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";

function list(call: Call): Record<string, unknown>[] {
  const guest = theGuest(call, "qemu");
  complete(guest);
  return [
    ...guest.snapshots.map(({ config: _, vmstateVolume: __, ...snapshot }) => ({ ...snapshot })),
    {
      name: "current",
      description: "You are here!",
      digest: call.state.digest(guest),
      running: guest.running ? 1 : 0,
      ...(guest.config.parent === undefined ? {} : { parent: guest.config.parent }),
    },
  ];
}

function create(call: Call): { data: unknown } {
  const name = text(call, "snapname") ?? "";
  for (const reserved of ["current", "pending"])
    if (name === reserved || (reserved === "pending" && name.toLowerCase() === reserved))
      throw die(`unable to use snapshot name '${reserved}' (reserved name)`);
  const guest = theGuest(call, "qemu");
  let began = false;
  let problem: unknown;
  return startTask(call, {
    node: guest.node,
    type: "qmsnapshot",
    id: String(guest.vmid),
    weight: flag(call, "vmstate") && guest.running ? 3 : 1,
    begin: () => {
      try {
        beginSnapshot(call.state, guest, name);
        began = true;
      } catch (error) {
        problem = error;
      }
    },
    work: (task) => {
      if (!began) throw problem;
      for (const [key, drive] of drivesOf(guest.config))
        if (!isCdrom(drive)) task.log.push(`snapshotting '${key}' (${drive.get("file")})`);
      finishSnapshot(call.state, guest, name, {
        description: (text(call, "description") ?? "").replace(/\s+$/, ""),
        vmstate: flag(call, "vmstate"),
      });
      return undefined;
    },
  });
}

function back(call: Call): { data: unknown } {
  return startTask(call, {
    node: text(call, "node") ?? "",
    type: "qmrollback",
    id: text(call, "vmid") ?? "",
    weight: 1,
    work: (task) => {
      const guest = theGuest(call, "qemu");
      const { resumes } = rollback(call.state, guest, text(call, "snapname") ?? "");
      if (resumes || flag(call, "start")) return startVm(call.state, guest, task);
      return undefined;
    },
  });
}

function remove(call: Call): { data: unknown } {
  const name = text(call, "snapname") ?? "";
  return startTask(call, {
    node: text(call, "node") ?? "",
    type: "qmdelsnapshot",
    id: text(call, "vmid") ?? "",
    weight: 1,
    begin: () => {
      if (absence(call, "qemu")) return;
      const guest = theGuest(call, "qemu");
      complete(guest);
      if (guest.config.lock === undefined && guest.snapshots.some((one) => one.name === name)) {
        guest.config.lock = "snapshot-delete";
        call.state.touch(guest);
      }
    },
    work: () => {
      const guest = theGuest(call, "qemu");
      if (guest.config.lock !== "snapshot-delete") checkLock(guest);
      removeSnapshot(call.state, guest, name);
      return undefined;
    },
  });
}

function describe(call: Call): { data: null } {
  const description = text(call, "description");
  if (description === undefined) return { data: null };
  const guest = theGuest(call, "qemu");
  checkLock(guest);
  const snapshot = theSnapshot(guest, text(call, "snapname") ?? "");
  snapshot.description = description.replace(/\s+$/, "");
  call.state.touch(guest);
  return { data: null };
}

function feature(call: Call): Record<string, unknown> {
  const guest = theVm(call);
  const { state } = call;
  const name = text(call, "snapname");
  const config = name === undefined ? guest.config : (theSnapshot(guest, name).config ?? {});
  const wanted = text(call, "feature") as "snapshot" | "clone" | "copy";
  const disks = drivesOf(config).filter(
    ([, drive]) => !isCdrom(drive) && parseVolumeId(drive.get("file") ?? "") !== undefined,
  );
  const has =
    wanted === "snapshot"
      ? canSnapshot(state, config, name)
      : disks.every(([, drive]) => hasFeature(state, wanted, drive.get("file")!, name));
  return { hasFeature: has ? 1 : 0, nodes: reachingNodes(state, guest.node, config) };
}

const audit = { path: "/vms/{vmid}", any: ["VM.Audit"] };
const guest = "/nodes/{node}/qemu/{vmid}";
const one = `${guest}/snapshot/{snapname}`;
const may = (...any: string[]) => ({ path: "/vms/{vmid}", any });

/** Snapshots of VMs. */
export const qemuSnapshotRoutes: readonly Route[] = [
  { id: `GET ${guest}/snapshot`, permission: audit, run: (call) => ({ data: list(call) }) },
  { id: `POST ${guest}/snapshot`, permission: may("VM.Snapshot"), writes: true, run: create },
  { id: `GET ${one}`, run: () => ({ data: [{ cmd: "rollback" }, { cmd: "config" }] }) },
  {
    id: `GET ${one}/config`,
    permission: may("VM.Snapshot", "VM.Snapshot.Rollback", "VM.Audit"),
    run: (call) => ({ data: sectionOf(theSnapshot(theGuest(call, "qemu"), text(call, "snapname") ?? "")) }),
  },
  { id: `PUT ${one}/config`, permission: may("VM.Snapshot"), writes: true, run: describe },
  { id: `POST ${one}/rollback`, permission: may("VM.Snapshot", "VM.Snapshot.Rollback"), writes: true, run: back },
  { id: `DELETE ${one}`, permission: may("VM.Snapshot"), writes: true, run: remove },
  { id: `GET ${guest}/feature`, permission: audit, run: (call) => ({ data: feature(call) }) },
];
