import type { Hit } from "../faults.ts";
import type { Definitions } from "./definition.ts";

const RELOAD_MS = 1000;

/** What goes wrong with networks. */
export const networkFaults = {
  "network-apply-drops": {
    does: "ends every connection when a node's network is applied, and takes no other for `ms` (1000)",
    options: ["ms"],
    build: ({ ms = RELOAD_MS }, { state, conditions, dropConnections }) => ({
      faults: [
        {
          match: { method: "PUT", path: /^\/nodes\/[^/]+\/network$/ },
          cutBeforeAnswer: true,
          after: () => {
            conditions.refuse = true;
            dropConnections();
            state.timers.after(ms, () => {
              conditions.refuse = false;
            });
          },
        },
      ],
      start: () => () => {
        conditions.refuse = false;
      },
    }),
  },
  "sdn-locked": {
    does: "refuses to change SDN: another one holds its lock",
    options: [],
    build: () => ({
      faults: [
        {
          match: { path: /^\/cluster\/sdn(?:\/|$)/, when: ({ method }: Hit) => method !== "GET" },
          status: 500,
          reason: "could not acquire lock for SDN config: invalid lock token provided!",
        },
      ],
    }),
  },
} as const satisfies Definitions;
