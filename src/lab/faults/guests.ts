import type { Hit } from "../faults.ts";
import type { ClusterState } from "../state/cluster.ts";
import type { LabGuest } from "../state/types.ts";
import { guestOf } from "./cluster.ts";
import type { Definitions, Effect } from "./definition.ts";

/** How long the server waits for a guest's lock file (pve-facts 56). */
const FLOCK_MS = 10_000;
const SLOW_MS = 3000;

function guestPath(vmid: number | undefined, rest: string): RegExp {
  return new RegExp(`^/nodes/[^/]+/(?:qemu|lxc)/${vmid ?? "\\d+"}${rest}`);
}

/** Changes a guest for as long as the fault is on. */
function altered(state: ClusterState, vmid: number, change: (guest: LabGuest) => () => void): Effect {
  return {
    start: () => {
      const guest = state.guests.get(vmid)!;
      const undo = change(guest);
      state.touch(guest);
      return () => {
        undo();
        state.touch(guest);
      };
    },
  };
}

function agentState(vmid: number, state: ClusterState, agent: LabGuest["agent"]): Effect {
  return altered(state, vmid, (guest) => {
    const before = guest.agent;
    guest.agent = agent;
    return () => {
      guest.agent = before;
    };
  });
}

/** What goes wrong with guests, their configurations and their agents. */
export const guestFaults = {
  "guest-locked": {
    does: "locks `vmid` (`lock`: backup) without any task that holds the lock",
    options: ["vmid!", "lock"],
    build: ({ vmid = 0, lock = "backup" }, { state }) =>
      altered(state, vmid, (guest) => {
        const before = guest.config.lock;
        guest.config.lock = lock;
        return () => {
          if (before === undefined) delete guest.config.lock;
          else guest.config.lock = before;
        };
      }),
  },
  "lock-timeout": {
    does: "refuses writes to guests (`vmid`) after `ms` (10000): the lock file cannot be had",
    options: ["vmid", "ms"],
    build: ({ vmid, ms = FLOCK_MS }, { state }) => ({
      faults: ["qemu", "lxc"].map((type) => ({
        match: {
          path: guestPath(vmid, ""),
          when: ({ method, path }: Hit) => method !== "GET" && path.includes(`/${type}/`),
        },
        delayMs: ms,
        status: 500,
        reason: `can't lock file '${type === "qemu" ? "/var/lock/qemu-server/lock-" : "/run/lock/lxc/pve-config-"}${vmid ?? firstOf(state, type)}.${type === "qemu" ? "conf" : "lock"}' - got timeout`,
      })),
    }),
  },
  "agent-absent": {
    does: "takes the agent out of the configuration of `vmid`",
    options: ["vmid!"],
    build: ({ vmid = 0 }, { state }) =>
      altered(state, vmid, (guest) => {
        const { agent } = guest.config;
        const order = Object.keys(guest.config);
        delete guest.config.agent;
        return () => {
          if (agent === undefined) return;
          guest.config.agent = agent;
          // Where it stood before, as the digest tells orders apart.
          const place = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
          guest.config = Object.fromEntries(Object.entries(guest.config).sort(([a], [b]) => place(a) - place(b)));
        };
      }),
  },
  "agent-stopped": {
    does: "stops the agent inside of `vmid`",
    options: ["vmid!"],
    build: ({ vmid = 0 }, { state }) => agentState(vmid, state, "stopped"),
  },
  "agent-flapping": {
    does: "lets every second call of the agent of `vmid` fail",
    options: ["vmid"],
    build: ({ vmid }) => {
      let calls = 0;
      const everySecond = (): boolean => {
        calls += 1;
        return calls % 2 === 1;
      };
      return {
        faults: [
          {
            match: { path: guestPath(vmid, "/agent/"), when: everySecond },
            status: 500,
            reason: "QEMU guest agent is not running",
          },
        ],
      };
    },
  },
  "agent-slow": {
    does: "lets the agent take `ms` (3000), which keeps a worker busy",
    options: ["vmid", "ms"],
    build: ({ vmid, ms = SLOW_MS }) => ({ faults: [{ match: { path: guestPath(vmid, "/agent/") }, workMs: ms }] }),
  },
  "agent-error": {
    does: "answers 200 with `result.error`, its text `text`",
    options: ["vmid", "text"],
    build: ({ vmid, text = "Command guest-exec has been disabled" }) => ({
      faults: [
        {
          match: { path: guestPath(vmid, "/agent/") },
          data: { result: { error: { class: "CommandNotFound", desc: text } } },
        },
      ],
    }),
  },
  "agent-exec-lost": {
    does: "loses the answer that tells how a command ended: the agent has forgotten the process by the next one",
    options: ["vmid"],
    build: ({ vmid }) => ({
      faults: [{ match: { path: guestPath(vmid, "/agent/exec-status$") }, cutBeforeAnswer: true }],
    }),
  },
  "digest-changed": {
    does: "lets somebody else change the configuration right before a write of it",
    options: ["vmid"],
    build: ({ vmid }, { state }) => ({
      faults: [
        {
          match: { path: guestPath(vmid, "/config$"), when: ({ method }: Hit) => method !== "GET" },
          before: ({ path }) => {
            const guest = guestOf(state, path);
            if (!guest) return;
            guest.config.description = `${guest.config.description ?? ""}changed meanwhile\n`;
            state.touch(guest);
          },
        },
      ],
    }),
  },
  "hotplug-refused": {
    does: "answers 400 with a hotplug problem of `key` (net0) although the change is stored",
    options: ["vmid", "key"],
    build: ({ vmid, key = "net0" }) => ({
      faults: [
        {
          match: { path: guestPath(vmid, "/config$"), when: ({ method }: Hit) => method !== "GET" },
          status: 400,
          errors: { [key]: `hotplug problem - VM ${vmid ?? ""} qmp command 'device_add' failed - Bus not found` },
          afterWork: true,
        },
      ],
    }),
  },
} as const satisfies Definitions;

function firstOf(state: ClusterState, type: string): number {
  for (const guest of state.guests.values()) if (guest.type === type) return guest.vmid;
  return 100;
}
