import { getClusterStatus } from "../../generated/clients/cluster-status.ts";
import { getNodes } from "../../generated/clients/nodes.ts";
import { getNodesVersion } from "../../generated/clients/nodes-version.ts";
import { schemaVersions } from "../../generated/manifest.ts";
import { ProxmoxMcpError } from "../errors/index.ts";
import { PermissionError } from "../pve/errors.ts";
import type { Send } from "../schema/operation.ts";
import { compareVersions } from "../schema/version-range.ts";
import type { Findings } from "./check.ts";

interface Node {
  name: string;
  online: boolean;
}

/** Looks at quorum, at who is online, and at the version of each node. */
export async function checkNodes(send: Send, findings: Findings): Promise<void> {
  const nodes = await readNodes(send, findings);
  const online = nodes.filter((node) => node.online).map(({ name }) => name);
  const offline = nodes.filter((node) => !node.online).map(({ name }) => name);
  if (offline.length > 0) {
    findings.add(
      "warn",
      "nodes",
      `${offline.length} of ${nodes.length} nodes ${offline.length === 1 ? "is" : "are"} offline: ${list(offline)}.`,
      {
        next: "Calls to guests and storages there fail (595), lists are partial. Bring it back: power, network, then systemctl status pve-cluster corosync on it.",
        data: { online, offline },
      },
    );
  } else if (nodes.length > 0) {
    findings.add(
      "ok",
      "nodes",
      nodes.length === 1 ? `${online[0]} is online.` : `All ${nodes.length} nodes are online.`,
      {
        data: { online, offline },
      },
    );
  }
  await checkVersions(send, online, findings);
}

/** Who belongs to the cluster; quorum where the token may see it. */
async function readNodes(send: Send, findings: Findings): Promise<Node[]> {
  try {
    const { data } = await getClusterStatus(send);
    const head = data.find((row) => row.type === "cluster");
    const members = data.filter((row) => row.type === "node");
    if (head === undefined) findings.add("ok", "quorum", "A standalone node, which needs no quorum.");
    else if (head.quorate === true) findings.add("ok", "quorum", `Cluster ${head.name} has its quorum.`);
    else {
      findings.add("fail", "quorum", `Cluster ${head.name} has no quorum: reads work, every change is refused.`, {
        next: "Bring enough nodes back online; pvecm status on a node shows the votes. Do not lower the expected votes without knowing why nodes are away.",
      });
    }
    return members.map((row) => ({ name: String(row.name), online: head === undefined || row.online === true }));
  } catch (error) {
    if (error instanceof PermissionError) {
      findings.add("warn", "quorum", "Quorum is not shown to this token, which lacks Sys.Audit on /.", {
        next: "See the token's privileges below.",
      });
    } else findings.add("fail", "quorum", `Quorum cannot be read: ${reason(error)}`, nextOf(error));
  }
  try {
    const { data } = await getNodes(send);
    return data.map((row) => ({ name: row.node, online: row.status === "online" }));
  } catch (error) {
    findings.add("fail", "nodes", `The nodes cannot be listed: ${reason(error)}`, nextOf(error));
    return [];
  }
}

async function checkVersions(send: Send, names: readonly string[], findings: Findings): Promise<void> {
  const byVersion = new Map<string, string[]>();
  await Promise.all(
    names.map(async (node) => {
      try {
        const { data } = await getNodesVersion(send, { node });
        byVersion.set(data.version, [...(byVersion.get(data.version) ?? []), node]);
      } catch (error) {
        findings.add("warn", "version", `The version of ${node} cannot be read: ${reason(error)}`, nextOf(error));
      }
    }),
  );
  const versions = [...byVersion.keys()].sort(compareVersions);
  if (versions.length === 0) return;
  const whole = versions.length === 1 && byVersion.get(versions[0]!)!.length === names.length;
  const told = whole
    ? `${versions[0]}${names.length > 1 ? " on each of them" : ""}`
    : versions.map((one) => `${one} on ${list(byVersion.get(one)!.sort())}`).join("; ");
  const data = { versions: Object.fromEntries(versions.map((one) => [one, byVersion.get(one)])) };
  const { status, next } = judgeVersions(versions);
  findings.add(status, "version", `Proxmox VE ${told}.`, { ...(next === undefined ? {} : { next }), data });
}

/** Whether the schema of this server knows versions, oldest first. */
export function judgeVersions(versions: readonly string[]): { status: "ok" | "warn"; next?: string } {
  const [oldest, newest] = [schemaVersions[0]!, schemaVersions.at(-1)!];
  const last = versions.at(-1)!;
  if (compareVersions(last, newest) > 0) {
    return {
      status: "warn",
      next: `This server's schema ends with ${newest}: newer calls and parameters of ${last} are refused. Update this server; proxmox-mcp doctor --schema shows the difference.`,
    };
  }
  if (compareVersions(versions[0]!, oldest) < 0) {
    return {
      status: "warn",
      next: `This server's schema begins with ${oldest}: ${versions[0]} is judged as if it were that. Upgrade the node.`,
    };
  }
  if (compareVersions(versions[0]!, last) !== 0) {
    return {
      status: "warn",
      next: "Finish the upgrade: a call that the newer nodes take may be refused by the older ones (each node's version is asked for).",
    };
  }
  return { status: "ok" };
}

export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function nextOf(error: unknown): { next?: string } {
  return error instanceof ProxmoxMcpError && error.next !== undefined ? { next: error.next } : {};
}

function list(names: readonly string[]): string {
  return names.length <= 8 ? names.join(", ") : `${names.slice(0, 7).join(", ")} and ${names.length - 7} more`;
}
