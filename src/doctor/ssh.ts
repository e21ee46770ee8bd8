import type { Caller } from "../pve/gate.ts";
import type { Hosts } from "../ssh/hosts.ts";
import type { Findings } from "./check.ts";
import { nextOf, reason } from "./nodes.ts";

/** Logs in to each node, and does nothing there. */
export async function checkSsh(hosts: Hosts, caller: Caller, findings: Findings): Promise<void> {
  try {
    const found = await hosts.survey(caller);
    for (const { node, problem } of found) {
      if (problem !== undefined) findings.add("warn", "ssh", reason(problem), { ...nextOf(problem), data: { node } });
    }
    const reached = found.filter(({ problem }) => problem === undefined).map(({ node }) => node);
    if (reached.length > 0) {
      const nodes = reached.length === 1 ? `Node ${reached[0]} takes` : `${reached.length} nodes take`;
      findings.add("ok", "ssh", `${nodes} the SSH identity, with the expected host key.`, { data: { nodes: reached } });
    }
  } catch (error) {
    findings.add("warn", "ssh", reason(error), nextOf(error));
  } finally {
    await hosts.close();
  }
}
