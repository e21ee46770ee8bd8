import * as z from "zod";
import { cell, cluster, guest, type Incomplete, incomplete, node } from "../arguments.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { defineTool, type ToolAnswer } from "../contract.ts";
import { ArgumentError, WrongGuestKindError } from "../errors.ts";
import { atGuest, findGuest } from "../guests/resolve.ts";
import { resolveNode } from "../inventory/resolve-node.ts";
import { effectOf, firewallEffect } from "./firewall-effect.ts";
import { firewallLog, readFirewallLog } from "./firewall-log.ts";
import {
  clusterFirewall,
  FIREWALL_SCOPES,
  FIREWALL_SECTIONS,
  type FirewallPlace,
  type FirewallScope,
  lxcFirewall,
  nodeFirewall,
  SECTIONS_OF,
  vmFirewall,
} from "./firewall-place.ts";
import { entriesOfSets, type FirewallRow, firewallRows, rulesOfGroups } from "./firewall-rows.ts";

const input = z.strictObject({
  cluster,
  scope: z.enum(FIREWALL_SCOPES),
  section: z.enum(FIREWALL_SECTIONS).default("rules"),
  node: node.optional(),
  vmid: guest.optional(),
  name: z.string().optional().describe("One set or group"),
  start: z.int().optional().describe("Log line"),
  limit: z.int().min(1).max(1000).optional(),
  cursor: z.string().optional(),
});

type Input = z.output<typeof input>;

const output = z.object({
  cluster: z.string(),
  scope: z.string(),
  section: z.string(),
  node: z.string().optional(),
  vmid: z.int().optional(),
  name: z.string().optional(),
  effect: firewallEffect.optional(),
  options: z.record(z.string(), z.unknown()).optional().describe("As set; what is absent has its default"),
  digest: z.string().optional(),
  columns: z.array(z.string()).optional(),
  rows: z.array(z.array(cell)).optional(),
  total: z.int().optional(),
  nextCursor: z.string().optional(),
  log: firewallLog.optional(),
  incomplete,
});

type Data = z.input<typeof output>;

export default defineTool({
  name: "proxmox_firewall_get",
  title: "Show the firewall",
  description:
    "Show the firewall of the cluster, a node, a VM or a container: rules, options, aliases, IP sets, security groups, log; and whether it is in effect.",
  toolset: "network",
  class: "read",
  idempotent: true,
  input,
  output,
  async run(context, input): Promise<ToolAnswer<Data>> {
    checkArguments(input);
    const head = { scope: input.scope, section: input.section };
    if (input.scope === "cluster") {
      const one = context.cluster(input.cluster);
      return { data: { cluster: one.name, ...head, ...(await read(one, clusterFirewall(one.send), input)) } };
    }
    if (input.scope === "node") {
      const { cluster: one, node: at } = await resolveNode(context, input);
      const place = nodeFirewall(one.send, { node: at });
      return { data: { cluster: one.name, ...head, node: at, ...(await read(one, place, input)) } };
    }
    const found = await guestOf(context, input, input.scope);
    const { send } = found.cluster;
    return atGuest(context, found, async (at) => {
      const place = input.scope === "vm" ? vmFirewall(send, at) : lxcFirewall(send, at);
      const name = found.guest.name === undefined ? {} : { name: found.guest.name };
      return {
        data: { cluster: found.cluster.name, ...head, ...at, ...name, ...(await read(found.cluster, place, input)) },
      };
    });
  },
});

/** Refuses what does not exist or would be passed over, before anything is asked. */
function checkArguments(input: Input): void {
  const { scope, section } = input;
  const sections = SECTIONS_OF[scope];
  if (!sections.includes(section)) {
    const scopes = FIREWALL_SCOPES.filter((one) => SECTIONS_OF[one].includes(section));
    throw new ArgumentError(
      "section",
      `is ${section}, which the firewall of scope ${scope} does not have`,
      `Scope ${scope} has ${sections.join(", ")}; ${section} exists for ${scopes.join(", ")}.`,
    );
  }
  const isGuest = scope === "vm" || scope === "lxc";
  if (isGuest && input.vmid === undefined) {
    throw new ArgumentError("vmid", `is missing, and scope is ${scope}`, "Give the guest's VMID or name.");
  }
  if (!isGuest && input.vmid !== undefined) {
    throw new ArgumentError("vmid", `does nothing for scope ${scope}`, "Leave it out, or set scope to vm or lxc.");
  }
  if (scope !== "node" && input.node !== undefined) {
    throw new ArgumentError("node", `does nothing for scope ${scope}`, "Leave it out, or set scope to node.");
  }
  if (input.name !== undefined && section !== "ipsets" && section !== "groups") {
    throw new ArgumentError("name", `does nothing for section ${section}`, "It is for ipsets and groups.");
  }
  if (input.start !== undefined && section !== "log") {
    throw new ArgumentError("start", `does nothing for section ${section}`, "It is for log; page others by cursor.");
  }
}

async function guestOf(context: ToolContext, input: Input, scope: "vm" | "lxc") {
  const wanted = { vmid: input.vmid!, ...(input.cluster === undefined ? {} : { cluster: input.cluster }) };
  try {
    return await findGuest(context, wanted, scope === "vm" ? "qemu" : "lxc", "proxmox_firewall_get");
  } catch (error) {
    if (!(error instanceof WrongGuestKindError)) throw error;
    throw new ArgumentError(
      "scope",
      `is ${scope}: ${error.message.replace(/\.$/, "")}`,
      `Set scope to ${scope === "vm" ? "lxc" : "vm"}.`,
    );
  }
}

/** One section of a place. */
async function read(one: ToolCluster, place: FirewallPlace, input: Input): Promise<Partial<Data>> {
  const missing: NonNullable<Incomplete> = [];
  const gaps = () => (missing.length > 0 ? { incomplete: missing } : {});
  const scope: FirewallScope = input.scope;
  switch (input.section) {
    case "options": {
      const { digest, ...options } = ((await place.options()).data ?? {}) as Record<string, unknown>;
      const effect = await effectOf(one.send, scope, place, missing, options);
      return { effect, options, ...(typeof digest === "string" ? { digest } : {}), ...gaps() };
    }
    case "rules": {
      const [{ data }, effect] = await Promise.all([place.rules(), effectOf(one.send, scope, place, missing)]);
      return { effect, ...rulesAndDigest((data ?? []) as FirewallRow[], input, missing) };
    }
    case "ipsets":
      return firewallRows(await entriesOfSets(place, input.name, missing), input, missing);
    case "groups":
      return firewallRows(await rulesOfGroups(place, input.name, missing), input, missing);
    case "aliases":
      return firewallRows(((await place.aliases!()).data ?? []) as FirewallRow[], input, missing);
    case "refs":
      return firewallRows(((await place.refs!()).data ?? []) as FirewallRow[], input, missing);
    case "log":
      return { log: await readFirewallLog(place.log!, input) };
  }
}

/** All rules of a list carry the digest of the whole. */
function rulesAndDigest(rows: readonly FirewallRow[], input: Input, missing: NonNullable<Incomplete>): Partial<Data> {
  const digest = rows[0]?.digest;
  return { ...(typeof digest === "string" ? { digest } : {}), ...firewallRows(rows, input, missing) };
}
