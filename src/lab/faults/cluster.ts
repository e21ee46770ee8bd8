import type { Hit } from "../faults.ts";
import type { ClusterState } from "../state/cluster.ts";
import type { LabGuest } from "../state/types.ts";
import { isLabVersion, VERSIONS } from "../versions.ts";
import type { Definitions } from "./definition.ts";

/** More than the five minutes that tickets forgive (pve-facts 39). */
const SKEW_MS = 400_000;
const HA_REQUEST = /^\/nodes\/[^/]+\/(?:qemu|lxc)\/\d+\/status\/(?:start|stop|shutdown)$/;

/** The guest that a path names, if it names one. */
export function guestOf(state: ClusterState, path: string): LabGuest | undefined {
  const vmid = /^\/nodes\/[^/]+\/(?:qemu|lxc)\/(\d+)(?:\/|$)/.exec(path)?.[1];
  return vmid === undefined ? undefined : state.guests.get(Number(vmid));
}

/** Puts a guest and its local volumes on another node: the named one, or the next that is online. */
function moveGuest(state: ClusterState, guest: LabGuest, to: string | undefined): void {
  const names = [...state.nodes.values()].filter((node) => node.online).map((node) => node.name);
  const target = to ?? names[(names.indexOf(guest.node) + 1) % names.length];
  if (target === undefined || target === guest.node) return;
  for (const volume of state.volumes.values())
    if (volume.vmid === guest.vmid && volume.node === guest.node) volume.node = target;
  guest.node = target;
}

/** The last node that is not the answering one. */
function otherNode(state: ClusterState): string {
  const name = [...state.nodes.keys()].at(-1)!;
  if (name === state.entry.name) throw new Error("the cluster has no second node");
  return name;
}

/** What goes wrong with nodes and between them. */
export const clusterFaults = {
  "node-down": {
    does: "takes `node` (the last) down: 595 at once, its guests count as running for `ms` (five minutes of lab time), then as unknown",
    options: ["node", "ms"],
    build: ({ node, ms }, { state }) => {
      const name = node ?? otherNode(state);
      return {
        start: () => {
          state.setNodeOnline(name, false, { stale: true });
          const cancel = state.timers.after(ms ?? state.pace.staleMs, () => {
            state.nodes.get(name)!.stale = false;
          });
          return () => {
            cancel();
            state.setNodeOnline(name, true);
          };
        },
      };
    },
  },
  "node-memory-short": {
    does: "uses up the memory and swap of `node` (the answering one): VMs cannot be started there",
    options: ["node"],
    build: ({ node }, { state }) => ({
      start: () => {
        const host = state.nodes.get(node ?? state.entry.name)!;
        host.otherMemory = host.maxmem;
        return () => {
          delete host.otherMemory;
        };
      },
    }),
  },
  "no-virtualization": {
    does: "takes hardware virtualization away from `node` (the answering one), as when it is off in the firmware",
    options: ["node"],
    build: ({ node }, { state }) => ({
      start: () => {
        const { cpu } = state.hosts.of(node ?? state.entry.name).profile;
        const before = cpu.hvm ?? "";
        cpu.hvm = "";
        return () => {
          cpu.hvm = before;
        };
      },
    }),
  },
  "quorum-lost": {
    does: "takes the quorum away: writes are refused, reads go on",
    options: [],
    build: (_, { state }) => ({
      start: () => {
        state.quorumLost = true;
        return () => {
          state.quorumLost = false;
        };
      },
    }),
  },
  "ha-delay": {
    does: "lets HA requests take effect after `ms` (20000)",
    options: ["ms"],
    build: ({ ms = 20_000 }, { state }) => ({
      start: () => {
        const { haMs } = state.pace;
        state.pace.haMs = ms;
        return () => {
          state.pace.haMs = haMs;
        };
      },
    }),
  },
  "ha-relocation": {
    does: "lets HA carry a request out on another node (`to`)",
    options: ["to"],
    build: ({ to }, { state }) => ({
      faults: [
        {
          match: { method: "POST", path: HA_REQUEST },
          after: ({ path }: Hit) => {
            const guest = guestOf(state, path);
            if (guest && state.haOf(guest)) state.timers.after(state.pace.haMs / 2, () => moveGuest(state, guest, to));
          },
        },
      ],
    }),
  },
  "guest-moves": {
    does: "moves `vmid` to another node (`to`) right before a request that names it is carried out",
    options: ["vmid!", "to"],
    build: ({ vmid = 0, to }, { state }) => ({
      faults: [
        {
          match: { path: new RegExp(`^/nodes/[^/]+/(?:qemu|lxc)/${vmid}(?:/|$)`) },
          times: 1,
          before: () => moveGuest(state, state.guests.get(vmid)!, to),
        },
      ],
    }),
  },
  "node-version": {
    does: "lets `node` (the last) run `version` (8.4): it refuses what came later, although the answering node takes it",
    options: ["node", "version"],
    build: ({ node, version = "8.4" }, { state }) => {
      if (!isLabVersion(version)) throw new Error(`there is no version '${version}'`);
      const member = state.nodes.get(node ?? otherNode(state))!;
      return {
        start: () => {
          const before = member.version;
          member.version = VERSIONS[version];
          return () => {
            member.version = before;
          };
        },
      };
    },
  },
  "time-skew": {
    does: "puts the clock of `node` (the answering one) `ms` (400000) ahead: dates of answers and tasks, the node's time",
    options: ["node", "ms"],
    build: ({ node, ms = SKEW_MS }, { state }) => {
      const name = node ?? state.entry.name;
      const shift = Math.round(ms / 1000);
      return {
        faults: [
          {
            match: { method: "GET", path: new RegExp(`^/nodes/(?:${name})/time$`) },
            answer: (answer) => {
              const data = answer.data as { time: number; localtime: number };
              return { ...answer, data: { ...data, time: data.time + shift, localtime: data.localtime + shift } };
            },
          },
        ],
        start: () => {
          state.tasks.skewMs.set(name, ms);
          return () => state.tasks.skewMs.delete(name);
        },
      };
    },
  },
} as const satisfies Definitions;
