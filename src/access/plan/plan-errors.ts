import { ProxmoxMcpError } from "../../errors/index.ts";

/** A confirmation that does not hold; nothing was sent. */
export class PlanRefusedError extends ProxmoxMcpError {
  constructor(reason: string) {
    super({
      code: "plan-refused",
      message: `The plan is refused: ${reason}. Nothing was sent.`,
      next: "Call again without planId to get a new plan, and show it to the person who decides.",
      data: { reason },
    });
  }
}
