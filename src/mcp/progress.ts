import type { ServerContext } from "@modelcontextprotocol/server";
import { cleanText, redactText } from "../access/index.ts";

/** How one call tells its client how far it is. */
export interface Progress {
  /** `percent`, where the work itself tells it. */
  report(message: string, percent?: number): void;
  /** The call is answered: from here on nothing is sent. */
  end(): void;
}

/** By how much the count grows where nothing tells how far the work is. */
const CREEP = 0.001;

/**
 * Notifications that only ever count up, as the protocol demands. A percentage goes out as it is, of 100. Without one,
 * and where a percentage starts anew (the next disk, the next guest), the count only creeps, so that a later
 * percentage is never below it. A client that gave no token hears nothing.
 */
export function progressOf(context: ServerContext): Progress {
  const progressToken = context.mcpReq._meta?.progressToken;
  let ended = progressToken === undefined;
  let last = 0;
  return {
    report(message, percent) {
      if (ended || context.mcpReq.signal.aborted) return;
      const known = percent !== undefined && percent > last && percent <= 100;
      last = known ? percent : Math.round((last + CREEP) * 1000) / 1000;
      void context.mcpReq
        .notify({
          method: "notifications/progress",
          params: {
            progressToken: progressToken!,
            progress: last,
            ...(known ? { total: 100 } : {}),
            message: redactText(cleanText(message)),
          },
        })
        .catch(() => {});
    },
    end() {
      ended = true;
    },
  };
}
