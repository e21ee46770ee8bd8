import * as z from "zod";
import { getClusterFirewallOptions } from "../../../generated/clients/cluster-firewall.ts";
import type { Send } from "../../schema/operation.ts";
import type { Incomplete } from "../arguments.ts";
import { isOn } from "../flag.ts";
import { reasonOf } from "../gather.ts";
import type { FirewallPlace, FirewallScope } from "./firewall-place.ts";

type Row = Readonly<Record<string, unknown>>;

/** Whether rules do anything at all, and why not. */
export const firewallEffect = z.object({
  active: z.boolean().optional().describe("Absent when a part of it could not be read"),
  why: z.array(z.string()),
  policyIn: z.string().optional().describe("What becomes of traffic that no rule names"),
  policyOut: z.string().optional(),
  policyForward: z.string().optional(),
});

export type FirewallEffect = z.output<typeof firewallEffect>;

/**
 * Whether anything is filtered here: that takes the cluster's firewall, the one of the place, and for a guest
 * `firewall=1` on the network card (pve-facts 103). `own` are the place's options when they were read already.
 */
export async function effectOf(
  send: Send,
  scope: FirewallScope,
  place: FirewallPlace,
  missing: NonNullable<Incomplete>,
  own?: Row,
): Promise<FirewallEffect> {
  const part = async (name: string, read: () => Promise<{ data: unknown }>): Promise<Row | undefined> => {
    try {
      return ((await read()).data ?? {}) as Row;
    } catch (error) {
      missing.push({ part: name, reason: reasonOf(error) });
      return undefined;
    }
  };
  const ownOptions = own ?? part("options", place.options);
  const [cluster, options, config] = await Promise.all([
    scope === "cluster" ? ownOptions : part("options of the cluster", () => getClusterFirewallOptions(send)),
    ownOptions,
    place.config ? part("network cards", place.config) : undefined,
  ]);
  const why: string[] = [];
  const states: (boolean | undefined)[] = [cluster && isEnabled(cluster.enable, false)];
  if (states[0] === false) why.push("The cluster's firewall is off, so no rule of any scope has an effect.");
  if (scope === "node") {
    states.push(options && isEnabled(options.enable, true));
    if (states.at(-1) === false) why.push("The node's firewall is off.");
  }
  if (place.config) {
    states.push(options && isEnabled(options.enable, false));
    if (states.at(-1) === false) why.push("The guest's firewall is off.");
    states.push(config && cardsInto(config, why));
  }
  const active = states.includes(false) ? false : states.includes(undefined) ? undefined : true;
  return { ...(active === undefined ? {} : { active }), why, ...policiesOf(scope, options) };
}

/** The cluster's switch is a number, and any but 0 is on. */
function isEnabled(value: unknown, whenAbsent: boolean): boolean {
  if (value === undefined || value === null) return whenAbsent;
  return isOn(value) || Number(value) > 0;
}

/** Whether any card is filtered; those that are not are named. */
function cardsInto(config: Row, why: string[]): boolean {
  const cards = Object.keys(config)
    .filter((key) => /^net\d+$/.test(key))
    .sort();
  const open = cards.filter((key) => !/(?:^|,)firewall=(?:1|on|yes|true)(?:,|$)/i.test(String(config[key])));
  if (cards.length === 0) why.push("The guest has no network card.");
  else if (open.length > 0) {
    why.push(`Traffic of ${open.join(", ")} is not filtered: firewall=1 is not set there.`);
  }
  return open.length < cards.length;
}

/** Nodes have no policies of their own: the cluster's hold for them. */
function policiesOf(scope: FirewallScope, options: Row | undefined): Partial<FirewallEffect> {
  if (options === undefined || scope === "node") return {};
  return {
    policyIn: String(options.policy_in ?? "DROP"),
    policyOut: String(options.policy_out ?? "ACCEPT"),
    ...(scope === "cluster" ? { policyForward: String(options.policy_forward ?? "ACCEPT") } : {}),
  };
}
