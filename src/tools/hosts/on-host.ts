import { ConfirmationRequiredError, type PlannedRequest } from "../../access/index.ts";
import type { GuestHost, HostCall, Hosts } from "../../ssh/index.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import type { Plan } from "../plan.ts";
import { findAddress } from "./guest-address.ts";
import { guestNameOf, NeedsSshError, type SshGuest } from "./target.ts";

/** What became of what was to be done on hosts: the plan of a dry run, or what each call gave. */
export interface HostChange<T> {
  plan?: Plan;
  results: T[];
}

/** Milliseconds between two words to the client about something that goes on. */
const BETWEEN_WORDS = 5000;

/** The way into a cluster's hosts; refuses where there is none for the caller. */
export function requireHosts(one: ToolCluster, kind: "container" | "node", target: number | string): Hosts {
  if (!one.hosts) throw new NeedsSshError(kind, target, one);
  return one.hosts;
}

/** The way into a guest with SSH of its own. */
export function guestHost(context: ToolContext, target: SshGuest): GuestHost {
  const { cluster: one, entry, guest } = target;
  // An entry was found, so there is a table.
  const host = one.guests!.at({ entry, locate: () => findAddress(context, guest, entry.place) });
  const node = guestNameOf(target);
  return {
    exec: (caller, run) => host.exec(caller, { ...run, node }),
    readFile: (caller, read) => host.readFile(caller, { ...read, node }),
    writeFile: (caller, write) => host.writeFile(caller, { ...write, node }),
  };
}

/**
 * Does one or several things on hosts, like `change` does requests: a dry run is answered with their plan; several are
 * refused, or put to a person, as a whole before the first is done; the first that fails ends it.
 */
export async function changeOnHosts<T, C extends PlannedRequest>(
  context: ToolContext,
  one: ToolCluster,
  calls: readonly C[],
  input: { dryRun?: boolean },
  act: (call: HostCall, wanted: C) => Promise<T>,
  warnings: readonly string[] = [],
): Promise<HostChange<T>> {
  if (input.dryRun) {
    const plan = await one.plan(calls.map(({ operation, params }) => ({ operation, params })));
    return { plan: { ...plan, ...(warnings.length > 0 ? { warnings: [...warnings] } : {}) }, results: [] };
  }
  const results: T[] = [];
  const began = Date.now();
  const words = setInterval(
    () => context.progress(`runs for ${Math.round((Date.now() - began) / 1000)} s`),
    BETWEEN_WORDS,
  );
  try {
    if (calls.length > 1) await one.intend(calls.map(({ operation, params }) => ({ operation, params })));
    for (const wanted of calls) {
      const { operation, params } = wanted;
      results.push(await act({ node: String(params.node), operation, params, signal: context.signal }, wanted));
    }
  } catch (error) {
    if (error instanceof ConfirmationRequiredError && warnings.length > 0) {
      Object.assign(error.notes, { warnings: [...warnings] });
    }
    throw error;
  } finally {
    clearInterval(words);
  }
  return { results };
}
