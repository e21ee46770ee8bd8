import { randomBytes } from "node:crypto";
import { ProxmoxMcpError } from "../errors/index.ts";
import type { PlanMarks } from "../access/index.ts";
import type { Findings } from "./check.ts";

/** Whether the Redis of the replicas takes a mark once, and only once. */
export async function checkPlanMarks(marks: PlanMarks, url: string, findings: Findings): Promise<void> {
  const { host } = new URL(url);
  const nonce = `doctor-${randomBytes(9).toString("base64url")}`;
  try {
    const [first, second] = [await marks.claim(nonce, 0), await marks.claim(nonce, 0)];
    if (first && !second) {
      findings.add("ok", "plan-marks", `Redis at ${host} takes each use of a plan once.`, { data: { host } });
      return;
    }
    findings.add("fail", "plan-marks", `Redis at ${host} does not keep what it is given.`, {
      next: "Let PROXMOX_MCP_REDIS_URL name a primary that evicts nothing (maxmemory-policy noeviction).",
      data: { host },
    });
  } catch (error) {
    findings.add(
      "fail",
      "plan-marks",
      error instanceof Error ? error.message.replace(" Nothing was sent.", "") : String(error),
      {
        next: "Set PROXMOX_MCP_REDIS_URL right, or start that Redis: until then nothing is done that needs a plan.",
        data: { host, ...(error instanceof ProxmoxMcpError ? { code: error.code } : {}) },
      },
    );
  } finally {
    await marks.close();
  }
}
