import { refuseLocked, theContainer } from "../containers/container.ts";
import { mountsOf, mountType } from "../containers/mounts.ts";
import { callerName } from "../permissions/caller.ts";
import { die, parameterRefusal } from "../refusal.ts";
import { checkLock } from "../state/power.ts";
import { activeStorage } from "../state/storage.ts";
import { type Call, flag, int, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";

function preconditions(call: Call): Record<string, unknown> {
  const guest = theContainer(call);
  const others = [...call.state.nodes.values()].filter(({ name, online }) => name !== guest.node && online);
  return {
    running: guest.running ? 1 : 0,
    "allowed-nodes": others.map(({ name }) => name),
    "not-allowed-nodes": {},
  };
}

/** Moves a container and, from local storages, its volumes. */
function migrate(call: Call): { data: string } {
  const { state } = call;
  const target = text(call, "target") ?? "";
  if (target === text(call, "node")) throw parameterRefusal({ target: "target is local node." });
  const node = state.nodes.get(target);
  if (!node) throw die(`no such cluster node '${target}'`);
  const guest = theContainer(call);
  if (guest.running && !flag(call, "online") && !flag(call, "restart"))
    throw die("can't migrate running container without --online or --restart");
  const resource = state.haOf(guest);
  if (resource)
    return startTask(call, {
      node: guest.node,
      type: "hamigrate",
      id: String(guest.vmid),
      weight: 0.1,
      work: (task) => {
        task.log.push(`Requesting HA migration for CT ${guest.vmid} to node ${target}`);
        state.timers.after(state.pace.haMs, () => {
          guest.node = target;
        });
        return undefined;
      },
    });
  return startTask(call, {
    node: guest.node,
    type: "vzmigrate",
    id: String(guest.vmid),
    weight: 3,
    work: (task) => {
      checkLock(guest);
      if (!node.online) throw new Error(`target node '${target}' is not reachable`);
      if (guest.running && !flag(call, "restart")) throw new Error("lxc live migration is currently not implemented");
      for (const [key, mount] of mountsOf(guest.config)) {
        const type = mountType(mount);
        if (type !== "volume" && mount.get("shared") !== "1")
          throw new Error(`cannot migrate local ${type} mount point '${key}'`);
        if (type !== "volume") continue;
        const volid = mount.get("volume") ?? "";
        const storage = activeStorage(state, volid.split(":")[0] ?? "", target);
        const volume = state.volumes.get(volid);
        if (storage.shared || !volume) continue;
        task.log.push(`found local volume '${volid}' (in current VM config)`);
        volume.node = target;
      }
      task.log.push(`starting migration of CT ${guest.vmid} to node '${target}' (${node.ip})`);
      const { running } = guest;
      if (running) state.powerOff(guest);
      guest.node = target;
      if (running) state.powerOn(guest);
      task.log.push("migration finished successfully (duration 00:00:03)");
      return undefined;
    },
  });
}

function remote(call: Call): never {
  const guest = theContainer(call);
  refuseLocked(guest);
  if (guest.running && !flag(call, "online") && !flag(call, "restart"))
    throw die("can't migrate running container without --online or --restart");
  const endpoint = new Map(
    (text(call, "target-endpoint") ?? "").split(",").map((part) => part.split("=") as [string, string]),
  );
  const where = `${endpoint.get("host") ?? ""}:${endpoint.get("port") ?? "8006"}`;
  throw die(`Can't connect to ${where} (Connection refused)`);
}

/** The near end of a tunnel through which another cluster sends a container; nobody does. */
function tunnel(call: Call): Record<string, unknown> {
  const vmid = int(call, "vmid") ?? 0;
  const there = call.state.guests.get(vmid);
  if (there)
    throw parameterRefusal({
      vmid: `unable to create empty CT config - ${there.type === "qemu" ? "VM" : "CT"} ${vmid} already exists on node '${there.node}'\n`,
    });
  const work = (): never => {
    throw new Error("mtunnel exited unexpectedly");
  };
  const upid = startTask(call, {
    node: text(call, "node") ?? "",
    type: "vzmtunnel",
    id: String(vmid),
    weight: 5,
    work,
  });
  const ticket = call.state.access.tickets.issueConsole(callerName(call.token), `/vms/${vmid}/tunnel`);
  return {
    ticket: ticket.replace("PVEVNC", "PVETUNNEL"),
    socket: `/run/pve/ct-${vmid}.mtunnel`,
    upid: upid.data,
  };
}

const guest = "/nodes/{node}/lxc/{vmid}";
const move = { path: "/vms/{vmid}", any: ["VM.Migrate"] };

/** Containers on their way to another node. */
export const lxcMigrateRoutes: readonly Route[] = [
  { id: `GET ${guest}/migrate`, permission: move, run: (call) => ({ data: preconditions(call) }) },
  { id: `POST ${guest}/migrate`, permission: move, writes: true, run: migrate },
  { id: `POST ${guest}/remote_migrate`, permission: move, writes: true, run: remote },
  {
    id: `POST ${guest}/mtunnel`,
    permission: { path: "/vms/{vmid}", any: ["VM.Allocate"] },
    writes: true,
    run: (call) => ({ data: tunnel(call) }),
  },
];
