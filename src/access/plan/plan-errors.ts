import { ProxmoxMcpError } from "../../errors/index.ts";
import { redactText } from "../redact.ts";

/** A confirmation that does not hold; nothing was sent. */
export class PlanRefusedError extends ProxmoxMcpError {
  constructor(
    reason: string,
    next = "Call again without planId to get a new plan, and show it to the person who decides.",
  ) {
    super({
      code: "plan-refused",
      message: `The plan is refused: ${reason}. Nothing was sent.`,
      next,
      data: { reason },
    });
  }
}

/** What replicas share of plans cannot be reached, so that nobody knows whether a plan was used; nothing was sent. */
export class PlanStoreError extends ProxmoxMcpError {
  /** `unproven`: the use may have been recorded, and its answer lost. */
  constructor(url: string, cause: unknown, { unproven = false } = {}) {
    const { host } = new URL(url);
    const why = redactText(
      cause instanceof Error ? ((cause as { code?: string }).code ?? cause.message) : String(cause),
    );
    super({
      code: "plan-store-unavailable",
      message: `Redis at ${host}, where replicas keep which plans were used, ${unproven ? "did not prove that this use was recorded" : "cannot be asked"} (${why}). Nothing was sent.`,
      next: `Read on, and tell the operator that PROXMOX_MCP_REDIS_URL does not answer. Then ${unproven ? "call again without planId for a new plan, as this one may count as used" : "confirm the same plan again, or a new one"}.`,
      data: { host, ...(unproven ? { unproven } : {}) },
    });
  }
}
