import { setTimeout as sleep } from "node:timers/promises";
import type { Send } from "../../schema/operation.ts";
import type { ToolContext } from "../context.ts";
import { atGuest, type FoundGuest } from "./resolve.ts";

/** Reads a guest's current status word. */
export type GuestStatusReader = (send: Send, at: { node: string; vmid: number }) => Promise<string>;

const STEP_MS = 1000;

/** Polls until the guest has the wanted status or the time is over; answers with the status seen last. */
export async function awaitGuestStatus(
  context: ToolContext,
  found: FoundGuest,
  wanted: string,
  leftMs: number,
  read: GuestStatusReader,
): Promise<string> {
  const end = Date.now() + leftMs;
  for (;;) {
    const status = await atGuest(context, found, (at) => read(found.cluster.send, at));
    const now = Date.now();
    if (status === wanted || now >= end) return status;
    context.progress(`waiting for HA: ${found.guest.vmid} is ${status}, wanted ${wanted}`);
    await sleep(Math.min(STEP_MS, end - now), undefined, { signal: context.signal });
  }
}
