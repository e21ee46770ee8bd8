import { ProxmoxMcpError } from "../../errors/index.ts";
import type { CallContext } from "../services.ts";
import type { ClusterPoll, Watch } from "./poll.ts";

/** Addresses that are watched at a time, for all clients of this process. */
const MOST = 100;

/** Too many addresses are subscribed to. */
export class SubscriptionLimitError extends ProxmoxMcpError {
  constructor() {
    super({
      code: "subscription-limit",
      message: `This server watches ${MOST} resources, and no more.`,
      next: "Unsubscribe from others first.",
    });
  }
}

/** Watches resources on behalf of subscribers. */
export interface Subscriptions {
  /**
   * Calls `changed` whenever the resource may read differently, until the function that it gives is called. Undefined
   * when the address is none that can be watched, or leads to nothing of this principal's. Throws `SubscriptionLimitError`.
   */
  watch(principal: string, uri: string, changed: () => void): Promise<(() => void) | undefined>;
  close(): void;
}

/** Nothing is loaded, and no timer runs, before the first subscription. */
export function createSubscriptions(contextOf: (principal: string, signal: AbortSignal) => CallContext): Subscriptions {
  const polls = new Map<string, ClusterPoll>();
  const ends = new Set<() => void>();
  let open = 0;
  let closed = false;
  const find = async (principal: string, uri: string) => {
    const [{ targetOf }, { ClusterPoll }] = await Promise.all([import("./target.ts"), import("./poll.ts")]);
    const target = await targetOf(contextOf(principal, new AbortController().signal), uri);
    if (!target || closed) return undefined;
    const { cluster } = target;
    const poll = polls.get(cluster) ?? new ClusterPoll(cluster, (signal) => contextOf(principal, signal));
    polls.set(cluster, poll);
    return { target, poll };
  };
  return {
    async watch(principal, uri, changed) {
      if (open >= MOST) throw new SubscriptionLimitError();
      open++;
      const found = await find(principal, uri).finally(() => open--);
      if (!found) return undefined;
      open++;
      const watch: Watch = { target: found.target, changed };
      found.poll.add(watch);
      const end = (): void => {
        if (!ends.delete(end)) return;
        open--;
        found.poll.remove(watch);
      };
      ends.add(end);
      return end;
    },
    close() {
      closed = true;
      for (const end of ends) end();
    },
  };
}
