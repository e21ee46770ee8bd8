import type { Definitions } from "./definition.ts";

/** How slow a thing is that is slow, unless told. */
const SLOW_MS = 5000;

/** What goes wrong between the client and the API. */
export const transportFaults = {
  "reset-on-reuse": {
    does: "cuts a connection at its next request once it has been used and idle for `ms` (0)",
    options: ["ms"],
    build: ({ ms = 0 }) => ({
      faults: [{ match: { when: ({ served, idleMs }) => served > 1 && idleMs >= ms }, cutBeforeWork: true }],
    }),
  },
  "late-401": {
    does: "refuses with an empty 401 after `ms` (3000), whatever token was sent",
    options: ["ms"],
    build: ({ ms = 3000 }) => ({ faults: [{ delayMs: ms, status: 401 }] }),
  },
  "oversized-head": {
    does: "lets more than 8 KiB of headers hang for `ms` (5000) before the connection ends without an answer",
    options: ["ms"],
    build: ({ ms = SLOW_MS }, { conditions }) => ({
      start: () => {
        conditions.oversizedHeadMs = ms;
        return () => {
          conditions.oversizedHeadMs = 0;
        };
      },
    }),
  },
  "slow-worker": {
    does: "keeps one of the node's three workers busy for `ms` (5000), so that other calls wait in line",
    options: ["ms"],
    build: ({ ms = SLOW_MS }) => ({ faults: [{ match: { path: /^\/nodes\// }, workMs: ms }] }),
  },
  "gateway-595": {
    does: "answers 595 after `ms` (0): the other node cannot be reached",
    options: ["ms", "node"],
    build: ({ ms = 0, node }) => ({
      faults: [{ match: nodePath(node), delayMs: ms, status: 595, reason: "No route to host" }],
    }),
  },
  "gateway-596": {
    does: "carries the request out, and answers 596 after `ms` (0)",
    options: ["ms", "node"],
    build: ({ ms = 0, node }) => ({
      faults: [{ match: nodePath(node), delayMs: ms, status: 596, reason: "Connection timed out", afterWork: true }],
    }),
  },
  "gateway-599": {
    does: "answers 599 `Too many redirections` and does nothing",
    options: [],
    build: () => ({ faults: [{ status: 599 }] }),
  },
  "certificate-rotation": {
    does: "serves a new certificate after `ms` (0) and ends every connection",
    options: ["ms"],
    build: ({ ms = 0 }, { state, renewCertificate }) => ({
      start: () => state.timers.after(ms, () => void renewCertificate()),
    }),
  },
  "allow-from": {
    does: "closes every connection right after it was accepted, without a TLS alert",
    options: [],
    build: (_, { conditions, dropConnections }) => ({
      start: () => {
        conditions.refuse = true;
        dropConnections();
        return () => {
          conditions.refuse = false;
        };
      },
    }),
  },
  "cut-before-work": {
    does: "ends the connection and does nothing",
    options: [],
    build: () => ({ faults: [{ cutBeforeWork: true }] }),
  },
  "cut-before-answer": {
    does: "carries the request out and ends the connection",
    options: [],
    build: () => ({ faults: [{ cutBeforeAnswer: true }] }),
  },
  hang: { does: "never answers", options: [], build: () => ({ faults: [{ hang: true }] }) },
  delay: {
    does: "answers `ms` (5000) later",
    options: ["ms"],
    build: ({ ms = SLOW_MS }) => ({ faults: [{ delayMs: ms }] }),
  },
} as const satisfies Definitions;

function nodePath(node: string | undefined): { path: RegExp } {
  return { path: node === undefined ? /^\/nodes\/[^/]+./ : new RegExp(`^/nodes/${node}(?:/|$)`) };
}
