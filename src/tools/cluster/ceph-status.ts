import * as z from "zod";
import { getClusterCephStatus } from "../../../generated/clients/cluster-ceph.ts";
import { getNodesCephStatus } from "../../../generated/clients/nodes-ceph.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import { cluster, type Incomplete, incomplete } from "../arguments.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { defineTool } from "../contract.ts";
import { reasonOf } from "../gather.ts";
import { cephHealth, projectCeph } from "./ceph-health.ts";

/** Nodes that are asked at a time. */
const AT_A_TIME = 4;

export default defineTool({
  name: "proxmox_ceph_status",
  title: "Ceph status",
  description:
    "Show Ceph's health: checks with details, monitors, OSDs, placement groups, usage in bytes, recovery; or that it is not installed.",
  toolset: "cluster",
  class: "read",
  idempotent: true,
  input: z.strictObject({ cluster }),
  output: z.object({
    cluster: z.string(),
    installed: z.boolean(),
    initialized: z.boolean().optional().describe("Installed, but without a configured Ceph cluster when false"),
    reason: z.string().optional(),
    node: z.string().optional().describe("Node that answered, where the first one asked has no Ceph"),
    ceph: cephHealth.optional(),
    incomplete,
  }),
  async run(context, input) {
    const one = context.cluster(input.cluster);
    try {
      const { data } = await getClusterCephStatus(one.send);
      return { data: { cluster: one.name, installed: true, initialized: true, ceph: projectCeph(data ?? {}) } };
    } catch (error) {
      const absence = absenceOf(error);
      if (absence === undefined) throw error;
      return { data: { cluster: one.name, ...(await askOthers(context, one, absence)) } };
    }
  },
});

interface Absence {
  installed: boolean;
  reason: string;
}

/** The words of a node that has no Ceph, or none that is set up (pve-facts 104). */
function absenceOf(error: unknown): Absence | undefined {
  if (!(error instanceof ProxmoxMcpError)) return undefined;
  if (/binary not installed/i.test(error.message)) return { installed: false, reason: error.message };
  if (/not (?:initialized|fully configured)|rados_conf_read_file failed/i.test(error.message)) {
    return { installed: true, reason: error.message };
  }
  return undefined;
}

/** The node itself answered, and not for want of a privilege. */
function isRefusal(error: unknown): boolean {
  return error instanceof ProxmoxMcpError && error.code === "proxmox-error";
}

/** Ceph may run on some nodes only, and the one that answers need not be one of them: the others know better. */
async function askOthers(context: ToolContext, one: ToolCluster, first: Absence) {
  const missing: NonNullable<Incomplete> = [];
  const gaps = () => (missing.length > 0 ? { incomplete: missing } : {});
  let known = first;
  const { nodes } = await one.cluster.resources.get(one.caller, { signal: context.signal });
  const asked = [...nodes.keys()].filter((node) => nodes.get(node)!.status !== "offline");
  for (const node of nodes.keys()) if (!asked.includes(node)) missing.push({ node, reason: "offline" });
  if (nodes.size > 1) {
    for (let index = 0; index < asked.length; index += AT_A_TIME) {
      const part = asked.slice(index, index + AT_A_TIME);
      const settled = await Promise.allSettled(part.map((node) => getNodesCephStatus(one.send, { node })));
      for (const [at, answer] of settled.entries()) {
        const node = part[at]!;
        if (answer.status === "fulfilled") {
          return { installed: true, initialized: true, node, ceph: projectCeph(answer.value.data ?? {}) };
        }
        const absence = absenceOf(answer.reason);
        // A node that has Ceph and cannot reach its monitors says so: that is the answer, and a failure.
        if (absence === undefined && isRefusal(answer.reason)) throw answer.reason;
        if (absence === undefined) missing.push({ node, reason: reasonOf(answer.reason) });
        else if (absence.installed && !known.installed) known = absence;
      }
    }
  }
  return {
    installed: known.installed,
    ...(known.installed ? { initialized: false } : {}),
    reason: known.reason.replace(/\.?$/, "."),
    ...gaps(),
  };
}
