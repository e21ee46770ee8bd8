import type { ApiToken } from "../state/access.ts";
import type { Definitions, Effect, FaultControls } from "./definition.ts";

/** Changes the lab's own token for as long as the fault is on. */
function altered({ state, token }: FaultControls, change: (own: ApiToken) => void): Effect {
  return {
    start: () => {
      const own = state.access.users.get(`${token.user}@${token.realm}`)?.tokens.get(token.id);
      if (!own) return undefined;
      const before = { ...own };
      change(own);
      return () => {
        for (const key of Object.keys(own)) if (!(key in before)) delete own[key as "expire"];
        Object.assign(own, before);
      };
    },
  };
}

/** What goes wrong with logins and rights. */
export const accessFaults = {
  "token-expired": {
    does: "lets the lab's token expire",
    options: [],
    build: (_, controls) =>
      altered(controls, (own) => {
        own.expire = 1;
      }),
  },
  "token-without-rights": {
    does: "separates the privileges of the lab's token: it has none, lists are empty",
    options: [],
    build: (_, controls) =>
      altered(controls, (own) => {
        own.privsep = true;
      }),
  },
  "csrf-refused": {
    does: "refuses every write for want of a CSRF token",
    options: [],
    build: () => ({
      faults: [
        {
          match: { when: ({ method }) => method !== "GET" },
          status: 401,
          reason: "Permission denied - invalid csrf token",
        },
      ],
    }),
  },
  forbidden: {
    does: "refuses with 403, in the words of `text`",
    options: ["text"],
    build: ({ text = "Permission check failed" }) => ({ faults: [{ status: 403, reason: text }] }),
  },
} as const satisfies Definitions;
