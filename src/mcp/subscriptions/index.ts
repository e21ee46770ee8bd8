import { ProxmoxMcpError } from "../../errors/index.ts";
import type { Requester } from "../requester.ts";
import type { CallContext } from "../services.ts";
import type { ClusterPoll, Watch } from "./poll.ts";

/** Addresses that are watched at a time for one principal. */
const MOST = 100;

/** Too many addresses are subscribed to. */
class SubscriptionLimitError extends ProxmoxMcpError {
  constructor() {
    super({
      code: "subscription-limit",
      message: `This server watches ${MOST} resources for one caller, and no more.`,
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
  watch(requester: Requester, uri: string, changed: () => void): Promise<(() => void) | undefined>;
  close(): void;
}

/** Nothing is loaded, and no timer runs, before the first subscription. */
export function createSubscriptions(
  contextOf: (requester: Requester, signal: AbortSignal) => CallContext,
): Subscriptions {
  const polls = new Map<string, ClusterPoll>();
  const ends = new Set<() => void>();
  const open = new Map<string, number>();
  const count = (principal: string, by: 1 | -1): void => {
    const left = (open.get(principal) ?? 0) + by;
    if (left > 0) open.set(principal, left);
    else open.delete(principal);
  };
  let closed = false;
  const find = async (requester: Requester, uri: string) => {
    const [{ targetOf }, { ClusterPoll }] = await Promise.all([import("./target.ts"), import("./poll.ts")]);
    const target = await targetOf(contextOf(requester, new AbortController().signal), uri);
    if (!target || closed) return undefined;
    const { cluster } = target;
    // Each principal sees what is its own to see, so each has its own looks.
    const key = JSON.stringify([cluster, requester]);
    const poll = polls.get(key) ?? new ClusterPoll(cluster, (signal) => contextOf(requester, signal));
    polls.set(key, poll);
    return { target, poll, forget: () => poll.isIdle && polls.delete(key) };
  };
  return {
    async watch(requester, uri, changed) {
      const { principal } = requester;
      if ((open.get(principal) ?? 0) >= MOST) throw new SubscriptionLimitError();
      count(principal, 1);
      const found = await find(requester, uri).finally(() => count(principal, -1));
      if (!found) return undefined;
      count(principal, 1);
      const watch: Watch = { target: found.target, changed };
      found.poll.add(watch);
      const end = (): void => {
        if (!ends.delete(end)) return;
        count(principal, -1);
        found.poll.remove(watch);
        found.forget();
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
